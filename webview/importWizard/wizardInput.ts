import type { PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import { withDropped } from '../../src/core/packages/droppedSources';
import type { ImportField } from '../../src/core/packages/importCheck';
import { isScanMethod, mostArchives, mostPlaces, newImportDraft, withPaths, withPlaces, type ImportDraft } from '../../src/core/packages/importDraft';
import { importWizardText } from '../../src/core/text/importWizardText';
import type { ChoosableKind, ImportDraftInput, ImportWizardContract, ImportWizardStep, ImportWizardView } from '../../src/protocol/page/importWizard';
import type { RequestName, RequestParams, RequestResult } from '../../src/protocol/page/page';
import { PageRoot } from '../components/page';
import { RefusedRequest } from '../messaging';

type Request = RequestName<ImportWizardContract>;

/** What a person enters in the import wizard, and its way to the host. */
export abstract class WizardInput extends PageRoot<ImportWizardContract> {
  @state() protected view: ImportWizardView | undefined;
  @state() protected step: ImportWizardStep = 'method';
  @state() protected draft: ImportDraftInput = asInput(newImportDraft([]));
  @state() protected notice = '';
  /** An element to focus once it is there. */
  protected focusOn: string | undefined;

  protected abstract goTo(step: ImportWizardStep): void;

  protected override updated(_changed: PropertyValues): void {
    const target = this.focusOn === undefined ? null : document.getElementById(this.focusOn);
    if (target === null) return;
    this.focusOn = undefined;
    target.focus();
  }

  protected change(draft: ImportDraft, focusOn?: string): void {
    this.draft = asInput(draft);
    this.notice = '';
    if (focusOn !== undefined) this.focusOn = focusOn;
    this.keep();
  }

  protected keep(): void {
    this.tell('draft/keep', { draft: this.draft, step: this.step });
  }

  protected readFiles(again?: string): void {
    if (this.view?.isTrusted !== true) return;
    this.tell('files/read', { draft: this.draft, ...(again !== undefined && { again }) });
  }

  protected async choose(what: ChoosableKind, field: ImportField): Promise<void> {
    const { paths, parts, places } = this.draft;
    const near = what === 'folder' ? places : what === 'archives' ? paths : Object.values(parts);
    const chosen = (await this.answer('files/choose', { what, near }))?.paths ?? [];
    const [first] = chosen;
    const index = Number(field.slice(field.indexOf('-') + 1));
    if (first !== undefined) {
      if (what === 'folder') this.change(withPlaces(this.draft, chosen, index));
      else if (what === 'archives') this.change(withPaths(this.draft, chosen, index));
      else this.change({ ...this.draft, parts: { ...parts, [what === 'archive' ? 'path' : what]: first } });
      this.sayLeftOut(chosen.length, what === 'folder' ? places : paths);
      this.readFiles();
    }
    this.focusOn = `choose-${field}`;
    this.requestUpdate();
  }

  /** More was chosen than the wizard takes. */
  private sayLeftOut(added: number, before: readonly string[]): void {
    const text = this.text(importWizardText);
    const filled = before.filter((path) => path !== '').length;
    if (isScanMethod(this.draft.method) && filled + added > mostPlaces && this.draft.places.length === mostPlaces) this.notice = text('tooManyPlaces', { n: mostPlaces });
    if (this.draft.method === 'archive' && filled + added > mostArchives && this.draft.paths.length === mostArchives) this.notice = text('tooManyFiles', { n: mostArchives });
  }

  protected async takeDrop(uris: readonly string[]): Promise<void> {
    const dropped = uris.length === 0 ? [] : ((await this.answer('files/drop', { uris: uris.slice(0, mostArchives) }))?.dropped ?? []);
    if (dropped.length > 0) {
      if (this.step !== 'method') this.goTo('method');
      const before = this.draft;
      this.change(withDropped(before, dropped));
      this.sayLeftOut(dropped.length, isScanMethod(this.draft.method) ? before.places : before.paths);
      this.readFiles();
    } else this.notice = this.text(importWizardText)('dropWithoutPath');
  }

  /** Sends a request whose answer is seen elsewhere; a refusal is said on the page. */
  protected ask<N extends Request>(name: N, params: RequestParams<ImportWizardContract, N>): void {
    void this.answer(name, params);
  }

  /** Undefined: it was refused, or a person turned back. */
  protected async answer<N extends Request>(name: N, params: RequestParams<ImportWizardContract, N>): Promise<RequestResult<ImportWizardContract, N> | undefined> {
    try {
      return await this.connection.request(name, params);
    } catch (error) {
      if (!(error instanceof RefusedRequest) || !error.cancelled) this.notice = error instanceof Error ? error.message : String(error);
      return undefined;
    }
  }

  /** Sends a request that may be lost: what it says is said again with the next change. */
  protected tell<N extends Request>(name: N, params: RequestParams<ImportWizardContract, N>): void {
    void this.connection.request(name, params).catch(ignore);
  }
}

/** The contract's arrays can be written to; nobody does. */
export function asInput(draft: ImportDraft): ImportDraftInput {
  return draft as ImportDraftInput;
}

/** A draft that could not be kept is kept with the next change. */
function ignore(): void {
  // Nothing to say.
}
