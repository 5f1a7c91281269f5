import { ProductError } from '../../../core/errors';
import { findFinding, isReadablePath, partsSource, readableSources } from '../../../core/packages/importCheck';
import { cleanPath } from '../../../core/packages/importDraft';
import type { Locating } from '../../../core/packages/uncPath';
import type { importWizardContract, ImportDraftInput } from '../../../protocol/page/importWizard';
import type { PageHandlers } from '../servePage';
import type { ImportRun } from './importRun';
import type { ImportWizardPorts } from './ports';
import type { SourceReader } from './sourceReader';

type FileHandlers = Pick<PageHandlers<typeof importWizardContract>, 'files/choose' | 'files/drop' | 'files/read' | 'files/stopReading' | 'templates/compare'>;

export interface WizardFiles {
  /** Reads the files of a draft, and no others. @param again the path of those to be read once more */
  read(draft: ImportDraftInput, again?: string): void;
  readonly handlers: FileHandlers;
}

export interface WizardFilesOptions {
  readonly ports: ImportWizardPorts;
  readonly reader: SourceReader;
  readonly runs: Pick<ImportRun, 'find'>;
  readonly ready: () => Promise<unknown>;
  readonly draft: () => ImportDraftInput;
  readonly change: (draft: ImportDraftInput) => void;
  readonly requireTrust: (method: string) => void;
}

/** The import wizard's dealings with files: choosing, dropping and reading them, and comparing templates. */
export function createWizardFiles({ ports, reader, runs, ready, draft, change, requireTrust }: WizardFilesOptions): WizardFiles {
  const locating = (): Locating => ({ platform: ports.platform, mounts: ports.mounts() });
  const read = (of: ImportDraftInput, again?: string): void => {
    if (ports.isTrusted()) reader.want(readableSources(of, locating()), again);
  };
  /** The templates of an import that was given them, else those of the draft. */
  const templatesOf = (id: string | undefined): { readonly xml: string; readonly apd: string } => {
    const source = id === undefined ? partsSource(draft()) : runs.find(id).source;
    if (source.method !== 'parts') throw new ProductError('general/bad-request', { method: 'templates/compare', reason: 'the package has no templates beside it' });
    return source;
  };
  return {
    read,
    handlers: {
      'files/choose': async ({ what, near }) => ({ paths: await ports.choose(what, near.map(cleanPath).find((path) => isReadablePath(path, locating()))) }),
      'files/drop': async ({ uris }) => ({ dropped: (await Promise.all(uris.map((uri) => ports.look(uri)))).filter((one) => one !== undefined) }),
      'files/read': async ({ draft: next, again }) => {
        requireTrust('files/read');
        await ready();
        change(next);
        read(next, again === undefined ? undefined : cleanPath(again));
        return null;
      },
      'files/stopReading': ({ path }) => {
        reader.stopReading(cleanPath(path));
        return null;
      },
      'templates/compare': async ({ id }) => {
        const { xml, apd } = templatesOf(id);
        await ports.compareTemplates(xml, apd);
        return null;
      },
    },
  };
}

/** Resolves when everything that is wrong with the paths of a draft is known. */
export async function opened(draft: ImportDraftInput, reader: SourceReader, locating: Locating): Promise<void> {
  await Promise.all(readableSources(draft, locating).filter((source) => findFinding(reader.findings, source) !== undefined).map((source) => reader.opened(source)));
}
