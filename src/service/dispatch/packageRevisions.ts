import { randomUUID } from 'node:crypto';
import type { PackagePlace } from '../../core/packages/copy';
import type { Repository } from '../repository/repository';

/** Places that are remembered. */
const mostRemembered = 5000;
/** Places that one answer names: from there on reading all of them costs little more. */
const mostNamed = 1000;

/** Which packages have changed since when, and in which tenants, as long as this service lives. A revision means nothing to another one. */
export interface PackageRevisions {
  readonly now: string;
  /** Where packages have changed since a revision; undefined when that is too much, or the revision is not known any more. */
  since(revision: string): readonly PackagePlace[] | undefined;
}

export function createPackageRevisions(repository: Pick<Repository, 'onChanged'>): PackageRevisions {
  const life = randomUUID();
  let newest = 0;
  /** The changes before this one are forgotten. */
  let oldest = 0;
  let remembered = 0;
  let changes: { readonly number: number; readonly places: readonly PackagePlace[] }[] = [];

  const forget = (): void => {
    changes = [];
    remembered = 0;
    oldest = newest;
  };
  repository.onChanged((areas, places) => {
    if (!areas.includes('packages')) return;
    newest += 1;
    if (places === undefined || places.length > mostNamed) {
      forget();
      return;
    }
    changes.push({ number: newest, places });
    remembered += places.length;
    while (remembered > mostRemembered) {
      const first = changes.shift();
      remembered -= first?.places.length ?? 0;
      oldest = first?.number ?? newest;
    }
  });

  return {
    get now() {
      return `${life}/${newest}`;
    },
    since: (revision) => {
      const [of, number] = revision.split('/');
      const from = Number(number);
      if (of !== life || !Number.isInteger(from) || from < oldest || from > newest) return undefined;
      const found = new Map<string, PackagePlace>();
      for (const change of changes.filter((each) => each.number > from)) {
        for (const changed of change.places) found.set(`${changed.tenantId} ${changed.id}`, changed);
        if (found.size > mostNamed) return undefined;
      }
      return [...found.values()];
    },
  };
}
