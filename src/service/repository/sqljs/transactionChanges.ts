import type { PackagePlace } from '../../../core/packages/copy';
import type { ChangedArea } from '../../../protocol/service';

/** Places that one change names; where there are more, nobody asks for each. */
const mostNamed = 2000;

/** What a transaction changes, for those who show it. */
export interface TransactionChanges {
  readonly areas: ReadonlySet<ChangedArea>;
  /** Where packages differ; undefined: any may, in any tenant. */
  readonly places: readonly PackagePlace[] | undefined;
}

/** How the body of a transaction says what it changes. */
export interface ChangeCalls {
  /** With `packages`: nobody knows which. */
  changed(...areas: ChangedArea[]): void;
  /** A package as one tenant holds it, and thereby the list of packages. */
  packageChanged(place: PackagePlace): void;
}

/** Collects what the body of a transaction says that it changes. */
export function createChanges(): TransactionChanges & { readonly calls: ChangeCalls } {
  const areas = new Set<ChangedArea>();
  const named: PackagePlace[] = [];
  let any = false;
  return {
    areas,
    get places() { return any ? undefined : named; },
    calls: {
      changed: (...more) => {
        for (const area of more) areas.add(area);
        any ||= more.includes('packages');
      },
      packageChanged: ({ id, tenantId }) => {
        areas.add('packages');
        any ||= named.length === mostNamed;
        if (!any) named.push({ id, tenantId });
      },
    },
  };
}
