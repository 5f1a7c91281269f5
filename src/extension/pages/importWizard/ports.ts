import type { Locale } from '../../../core/text/messages';
import type { Locating, MountMap } from '../../../core/packages/uncPath';
import type { DroppedSource } from '../../../core/packages/droppedSources';
import type { ChoosableKind } from '../../../protocol/page/importWizard';
import type { PackageService } from '../../packageService';
import type { RepositoryState } from '../../repositoryState';
import type { DraftMemento } from '../drafts';

/** What the import wizard needs of the editor and of the rest of the extension. */
export interface ImportWizardPorts {
  readonly locale: Locale;
  readonly service: PackageService;
  readonly state: RepositoryState;
  /** The editor's state of this workspace: drafts and the groups used last. */
  readonly memento: DraftMemento;
  readonly platform: Locating['platform'];
  /** Where network shares are on this machine. */
  readonly mounts: () => MountMap;
  /** Tells when that is another. */
  readonly onMounts: (listener: () => void) => () => void;
  /** The window is on another machine than the files. */
  readonly isRemote: boolean;
  /** The group of the settings for a tenant that none was used for yet. */
  readonly defaultGroup: () => string;
  readonly isTrusted: () => boolean;
  /** Tells when this window becomes trusted. */
  readonly onTrusted: (listener: () => void) => () => void;
  manageTrust(): Promise<void>;
  /** The system's dialog, which begins where `near` lies. Empty when the person turned back. */
  choose(what: ChoosableKind, near: string | undefined): Promise<readonly string[]>;
  /** The path of an address on this machine, and what a folder holds; undefined when there is no such file. */
  look(uri: string): Promise<DroppedSource | undefined>;
  /** Shows two templates side by side. @throws ProductError when one cannot be read */
  compareTemplates(xml: string, apd: string): Promise<void>;
  /** Resolves when the person agrees. @throws ProductError `general/cancelled` */
  confirm(message: string, detail: string, button: string): Promise<void>;
  copy(text: string): Promise<void>;
  /** Tells how imports have ended, unless `isShown` says that it is seen already. */
  tellEnds(ids: readonly string[], isShown: () => boolean): void;
  report(method: string, error: unknown): void;
}
