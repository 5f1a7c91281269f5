import type { PageSubject } from '../../../protocol/page/page';
import type { RepositoryLists } from '../../repositoryState';
import type { Subject } from '../../views/nodes/viewNode';

/** What a row of the list stands for; undefined when it is gone. */
export type ListSubject = Extract<Subject, { readonly kind: 'package' | 'import' }>;

/** What rows stand for, by the lists as they are now. Rows that are gone meanwhile are left out. */
export function subjectsOf(keys: readonly string[], lists: Pick<RepositoryLists, 'packages' | 'imports'>): readonly ListSubject[] {
  const wanted = new Set(keys);
  const found = new Map<string, ListSubject>();
  for (const item of lists.packages) {
    const key = `package:${item.tenantId}:${item.id}`;
    if (wanted.has(key)) found.set(key, { kind: 'package', package: item });
  }
  for (const record of lists.imports) {
    const key = `import:${record.id}`;
    if (wanted.has(key)) found.set(key, { kind: 'import', record });
  }
  // In the order in which they were named.
  return keys.flatMap((key) => found.get(key) ?? []);
}

/** The subject of the details of a row. */
export function detailsSubject(subject: ListSubject): PageSubject {
  return subject.kind === 'package' ? { id: subject.package.id, tenantId: subject.package.tenantId } : { id: subject.record.id };
}
