import * as v from 'valibot';
import type { Memento } from 'vscode';
import { subjectKey, subjectOfKey, type PageKind, type PageSubject } from '../../protocol/page/page';

/** What a person has entered in a wizard and not yet finished or cancelled. */
export interface KeptDraft<D> {
  readonly draft: D;
  /** When it was last changed. */
  readonly savedAt: Date;
}

/** The drafts of one wizard: one for each subject. They outlive hide, reload and a restart of the extension. Never a secret: the editor writes them to disk. */
export interface DraftStore<D> {
  /** The draft of a subject; undefined when there is none, or when what is kept is not of the shape of a draft (any version may have written it). */
  read(subject: PageSubject): KeptDraft<D> | undefined;
  /** Keeps a draft in place of the subject's earlier one. */
  write(subject: PageSubject, draft: D): Promise<void>;
  forget(subject: PageSubject): Promise<void>;
  /** The subject whose draft fits; undefined when there is none. */
  find(fits: (draft: D) => boolean): PageSubject | undefined;
}

export type DraftMemento = Pick<Memento, 'get' | 'update' | 'keys'>;

/** Drafts of one wizard that are kept; the longest untouched goes first. */
const most = 30;

/**
 * The drafts of one wizard.
 * @param memento the editor's state of this workspace
 * @param schema the shape of a draft, checked on reading
 */
export function createDraftStore<D>(memento: DraftMemento, wizard: PageKind, schema: v.GenericSchema<unknown, D>, now: () => Date = () => new Date()): DraftStore<D> {
  const prefix = `gaxPackages.draft.${wizard}|`;
  const kept = v.object({ savedAt: v.pipe(v.string(), v.isoTimestamp()), draft: schema });
  const keyOf = (subject: PageSubject): string => `${prefix}${subjectKey(subject)}`;
  const savedAt = (key: string): string => {
    const read = v.safeParse(v.object({ savedAt: v.string() }), memento.get(key));
    return read.success ? read.output.savedAt : '';
  };
  const readDraft = (subject: PageSubject): KeptDraft<D> | undefined => {
    const read = v.safeParse(kept, memento.get(keyOf(subject)));
    return read.success ? { draft: read.output.draft, savedAt: new Date(read.output.savedAt) } : undefined;
  };
  return {
    read: readDraft,
    find: (fits) => {
      const subjects = memento.keys().flatMap((key) => (key.startsWith(prefix) ? (subjectOfKey(key.slice(prefix.length)) ?? []) : []));
      return subjects.find((subject) => {
        const found = readDraft(subject);
        return found !== undefined && fits(found.draft);
      });
    },
    write: async (subject, draft) => {
      const key = keyOf(subject);
      const others = memento.keys().filter((other) => other.startsWith(prefix) && other !== key);
      await memento.update(key, { savedAt: now().toISOString(), draft });
      const tooMany = others.length - (most - 1);
      if (tooMany <= 0) return;
      const oldest = others.sort((a, b) => (savedAt(a) < savedAt(b) ? -1 : 1)).slice(0, tooMany);
      for (const old of oldest) await memento.update(old, undefined);
    },
    forget: async (subject) => {
      await memento.update(keyOf(subject), undefined);
    },
  };
}
