/** What stands in place of a secret wherever text is shown or stored. */
export const mask = '••••••••';
