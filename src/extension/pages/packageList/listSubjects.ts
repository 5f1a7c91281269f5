import type { PageSubject } from '../../../protocol/page/page';
import type { RepositoryLists } from '../../repositoryState';
import type { Subject } from '../../views/nodes/viewNode';

/** What a row of the list stands for; undefined when it is gone. */
export type ListSubject = Extract<Subject, { readonly kind: 'package' | 'import' }>;

/** What rows stand for, by the lists as they are now. Rows that are gone meanwhile are left out. */
export function subjectsOf(keys: readonly string[], lists: Pick<RepositoryLists, 'packages' | 'imports'>): readonly ListSubject[] {
  return keys.flatMap((key): readonly ListSubject[] => {
    const [kind, first = '', second = ''] = key.split(':');
    if (kind === 'package') {
      const item = lists.packages.find(second, first);
      return item === undefined ? [] : [{ kind, package: item }];
    }
    const record = lists.imports.find(({ id }) => id === first);
    return record === undefined ? [] : [{ kind: 'import', record }];
  });
}

/** The subject of the details of a row. */
export function detailsSubject(subject: ListSubject): PageSubject {
  return subject.kind === 'package' ? { id: subject.package.id, tenantId: subject.package.tenantId } : { id: subject.record.id };
}
