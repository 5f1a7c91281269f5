/** Escapes text from packages, hosts and people, so that it stays text in Markdown. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>&~$]/g, '\\$&').replace(/\s*\r?\n\s*/g, ' ');
}

/** A tooltip: a heading, then one line a field; fields without a value are left out, one without a name is a sentence. */
export function tooltipMarkdown(heading: string, fields: readonly (readonly [name: string, value: string | undefined])[], links: readonly string[] = []): string {
  const lines = fields
    .filter((field): field is readonly [string, string] => field[1] !== undefined && field[1] !== '')
    .map(([name, value]) => (name === '' ? escapeMarkdown(value) : `${escapeMarkdown(name)}: ${escapeMarkdown(value)}`));
  return [`**${escapeMarkdown(heading)}**`, lines.join('  \n'), links.join(' · ')].filter((part) => part !== '').join('\n\n');
}

/** A link that runs a command with one text argument. Only commands named in {@link tooltipCommands} work. */
export function commandLink(label: string, command: (typeof tooltipCommands)[number], argument: string): string {
  return `[${escapeMarkdown(label)}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
}

/** The commands that a tooltip's link may run. */
export const tooltipCommands = ['gaxPackages.packages.showDetails', 'gaxPackages.deployments.showLog'] as const;
