/** The rights to do a kind of thing, in the order in which lists show them. Their words: `core/text/accessText.ts`. */
export const privileges = ['import', 'replace', 'delete', 'copy', 'deploy', 'manageHosts', 'administer'] as const;
export type Privilege = (typeof privileges)[number];

/**
 * A privilege that a package brought: a `task` of its metadata XML (docs/formats/metadata.md), by its name. It says what a
 * person may do in the installed product, so it is kept and given to roles, and decides nothing here.
 */
export type TaskPrivilege = `task:${string}`;

/** A task that some package has brought. */
export interface KnownTask {
  /** e.g. `Product.Outbound.canUse`. */
  readonly name: string;
  readonly displayName: string;
  readonly group: string;
}

export function isPrivilege(value: string): value is Privilege {
  return (privileges as readonly string[]).includes(value);
}

/** What somebody does to an object. */
export type Action = 'see' | 'edit' | Privilege;

/**
 * The privilege that an action needs; `see` needs none but a role in the tenant. Who puts packages on the shelves also
 * labels and arranges them: there is no privilege of its own for that.
 */
export const neededPrivilege: { readonly [A in Exclude<Action, 'see'>]: Privilege } = {
  edit: 'import', import: 'import', replace: 'replace', delete: 'delete', copy: 'copy', deploy: 'deploy', manageHosts: 'manageHosts', administer: 'administer',
};
