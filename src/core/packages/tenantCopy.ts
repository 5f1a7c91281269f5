import type { CopyOutcome } from './copy';

/** A package that is to be copied, as a person knows it. */
export interface CopyPackage {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** The operating system in the reader's words. */
  readonly system: string;
}

/** A tenant that may become a target. */
export interface CopyTenant {
  readonly id: string;
  readonly name: string;
  readonly parentId?: string;
  /** The person may copy packages to it. */
  readonly mayCopy: boolean;
  /** Those of the packages that it holds already. */
  readonly held: readonly string[];
}

/** What a copy is decided by. */
export interface CopyFacts {
  readonly packages: readonly CopyPackage[];
  /** In the order of their tree. */
  readonly tenants: readonly CopyTenant[];
}

/** `complete`: it holds all of the packages. Says so also where one may only read: nothing is left to copy there. */
export type TargetState = 'open' | 'complete' | 'readOnly';

export function targetState({ held, mayCopy }: Pick<CopyTenant, 'held' | 'mayCopy'>, { packages }: Pick<CopyFacts, 'packages'>): TargetState {
  if (packages.every(({ id }) => held.includes(id))) return 'complete';
  return mayCopy ? 'open' : 'readOnly';
}

/** The tenants that were chosen and still are there, in the order of their tree. */
export function chosenTargets<T extends CopyTenant>(tenantIds: readonly string[], { tenants }: { readonly tenants: readonly T[] }): readonly T[] {
  const chosen = new Set(tenantIds);
  return tenants.filter(({ id }) => chosen.has(id));
}

/** Ticks tenants, or takes the ticks away. Only those that may get something are ticked; a tick can always be taken away. */
export function withTargets(tenantIds: readonly string[], changed: readonly string[], ticked: boolean, facts: CopyFacts): readonly string[] {
  const others = tenantIds.filter((id) => !changed.includes(id));
  if (!ticked) return others;
  const wanted = new Set(changed);
  return [...others, ...facts.tenants.filter((tenant) => wanted.has(tenant.id) && targetState(tenant, facts) === 'open').map(({ id }) => id)];
}

/** Why nothing can be copied yet. */
export type CopyProblem =
  | { readonly kind: 'noTenant' }
  /** Every tenant that was chosen got all of the packages in the meantime. */
  | { readonly kind: 'allComplete' }
  /** The right to copy there was taken away after the tenant was chosen. */
  | { readonly kind: 'readOnly'; readonly tenantId: string; readonly tenant: string };

/** Empty: the packages can be copied to the tenants. */
export function checkCopy(tenantIds: readonly string[], facts: CopyFacts): readonly CopyProblem[] {
  const targets = chosenTargets(tenantIds, facts);
  if (targets.length === 0) return [{ kind: 'noTenant' }];
  const states = targets.map((tenant) => ({ tenant, state: targetState(tenant, facts) }));
  if (states.every(({ state }) => state === 'complete')) return [{ kind: 'allComplete' }];
  return states.flatMap(({ tenant, state }) => (state === 'readOnly' ? [{ kind: 'readOnly', tenantId: tenant.id, tenant: tenant.name }] : []));
}

/** One package in one target. */
export interface PlannedCopy {
  readonly package: CopyPackage;
  readonly tenant: CopyTenant;
  readonly outcome: 'copied' | 'present';
}

/** What would be done, target by target. */
export function planCopy(tenantIds: readonly string[], facts: CopyFacts): readonly PlannedCopy[] {
  return chosenTargets(tenantIds, facts).flatMap((tenant) =>
    facts.packages.map((item) => ({ package: item, tenant, outcome: tenant.held.includes(item.id) ? 'present' as const : 'copied' as const })));
}

/** The same package of two tenants is copied once: as the first of them has it. */
export function eachPackageOnce<P extends { readonly id: string }>(packages: readonly P[]): readonly P[] {
  return [...new Map([...packages].reverse().map((item) => [item.id, item])).values()].reverse();
}

/** The shortest of name, version and system that tells each package from the others, by id. */
export function shortNames(packages: readonly CopyPackage[]): ReadonlyMap<string, string> {
  const forms: readonly ((item: CopyPackage) => string)[] = [({ name }) => name, ({ name, version }) => `${name} ${version}`, wholeName];
  const counts = forms.map((form) => {
    const seen = new Map<string, number>();
    for (const item of packages) seen.set(form(item), (seen.get(form(item)) ?? 0) + 1);
    return seen;
  });
  return new Map(packages.map((item) => {
    const form = forms.find((candidate, index) => counts[index]?.get(candidate(item)) === 1) ?? wholeName;
    return [item.id, form(item)];
  }));
}

/** Name, version and system in one line. */
export function wholeName({ name, version, system }: Omit<CopyPackage, 'id'>): string {
  return `${name} ${version}, ${system}`;
}

/** What became of a copy, in numbers. */
export interface CopyCounts {
  /** Packages of which at least one copy was made. */
  readonly packages: number;
  /** Tenants that got at least one. */
  readonly tenants: number;
  /** Pairs that were there already. */
  readonly present: number;
  /** Pairs that were refused. */
  readonly failed: number;
}

export function countCopies(outcomes: readonly Pick<CopyOutcome, 'id' | 'tenantId' | 'outcome'>[]): CopyCounts {
  const copied = outcomes.filter(({ outcome }) => outcome === 'copied');
  return {
    packages: new Set(copied.map(({ id }) => id)).size,
    tenants: new Set(copied.map(({ tenantId }) => tenantId)).size,
    present: outcomes.filter(({ outcome }) => outcome === 'present').length,
    failed: outcomes.filter(({ outcome }) => outcome === 'failed').length,
  };
}
