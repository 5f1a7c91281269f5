import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { detailsText } from '../../src/core/text/detailsText';
import { wizardText } from '../../src/core/text/wizardText';
import type { PageLock } from '../../src/protocol/page/packageDetails';
import { createAnnouncer, type Announcer } from './announcer';
import { errorBox } from './errorBox';
import { icon } from './icon';
import { notice } from './notice';
import { PageRoot } from './page';
import { section, type SectionOptions } from './section';
import { readRemembered, type RememberedDetails } from './sectionStates';

/** What the pages of details share: what they remember with their tab, sections, and the lines above everything. */
export class DetailsPage<C> extends PageRoot<C> {
  @state() protected kept: RememberedDetails = readRemembered(undefined);
  /** The last request that was refused, until the next one. */
  @state() protected problem: string | undefined;
  /** The host does not answer for now. */
  @state() private waiting = false;
  private scrolled: number | undefined;
  private ownAnnouncer: Announcer | undefined;

  protected get announcer(): Announcer {
    return this.outer?.announcer ?? (this.ownAnnouncer ??= createAnnouncer());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.kept = readRemembered(this.remembered);
    // Inside of another page it scrolls with that.
    if (this.outer === undefined) window.addEventListener('scroll', this.onScroll, { passive: true });
    this.connection.onWaiting(() => {
      this.waiting = this.connection.waiting;
    });
  }

  protected override updated(_changed: PropertyValues): void {
    if (this.outer !== undefined || this.scrolled !== undefined || document.documentElement.scrollHeight <= window.innerHeight) return;
    // Once the content is there, the page stands where it was left.
    this.scrolled = this.kept.scroll;
    window.scrollTo(0, this.kept.scroll);
  }

  /** Sends a request; a refusal is shown on the page. */
  protected act(request: Promise<unknown>): void {
    this.problem = undefined;
    request.catch((error: unknown) => {
      this.showProblem(error);
    });
  }

  protected showProblem(error: unknown): void {
    if (typeof error === 'object' && error !== null && 'cancelled' in error && error.cancelled === true) return;
    this.problem = error instanceof Error ? error.message : String(error);
  }

  /** A section that remembers whether it is open. */
  protected foldable(id: string, openAtFirst: boolean, options: Omit<SectionOptions, 'id' | 'open' | 'onToggle'> & { readonly onOpen?: () => void }): TemplateResult {
    const open = this.kept.sections[id] ?? openAtFirst;
    if (open) options.onOpen?.();
    return section({
      ...options, id, open,
      onToggle: (next) => {
        this.keep({ ...this.kept, sections: { ...this.kept.sections, [id]: next } });
      },
    });
  }

  /** What stands above the content: no answer, out of reach, and what was refused. */
  protected above({ offline = false }: { readonly offline?: boolean } = {}): TemplateResult {
    const words = this.text(detailsText);
    return html`
      ${this.waiting ? html`<div class="reconnecting" role="status">${icon('sync codicon-modifier-spin')}<span>${this.text(wizardText)('reconnecting')}</span></div>` : nothing}
      ${offline ? notice('warning', words('offline')) : nothing}
      ${this.problem === undefined ? nothing : errorBox({ message: this.problem })}`;
  }

  /** A page that has nothing to show, and says why. */
  protected empty(title: string, words: string): TemplateResult {
    return this.frame(html`${this.heading(title)}${this.above()}${notice('warning', words)}`);
  }

  /** The whole of the page; inside of another one it is a part of that. */
  protected frame(content: TemplateResult): TemplateResult {
    return this.outer === undefined ? html`<main class="details">${content}</main>` : html`<section class="details" aria-label=${this.text(detailsText)('details')}>${content}</section>`;
  }

  protected heading(words: string): TemplateResult {
    return this.outer === undefined ? html`<h1>${words}</h1>` : html`<h2 class="title">${words}</h2>`;
  }

  /** Why what is locked is locked. */
  protected lockWords(lock: PageLock | undefined): TemplateResult | typeof nothing {
    if (lock === undefined) return nothing;
    return html`<p class="lock-words">${icon('lock')}<span>${lock.kind === 'needsTrust' ? this.text(detailsText)('needsTrust') : lock.message}</span></p>`;
  }

  private keep(next: RememberedDetails): void {
    this.kept = next;
    this.remember(next);
  }

  private readonly onScroll = (): void => {
    if (this.scrolled === undefined) return;
    const { scrollY } = window;
    // The tab's state is written to disk: not for every pixel.
    if (Math.abs(scrollY - this.scrolled) < 20) return;
    this.scrolled = scrollY;
    this.keep({ ...this.kept, scroll: scrollY });
  };
}
