import './scanTable';
import { html, nothing, type TemplateResult } from 'lit';
import { ref, type Ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { describeError } from '../../src/core/errors';
import { mayBeTicked } from '../../src/core/packages/scanChoice';
import type { ScanColumn, ScanSort } from '../../src/core/packages/scanOrder';
import { importScanText } from '../../src/core/text/importScanText';
import { describeImportProblem } from '../../src/core/text/importWizardText';
import { createText, type Locale } from '../../src/core/text/messages';
import type { ScanView } from '../../src/protocol/page/importWizard';
import { iconButton, linkButton } from '../components/button';
import { icon } from '../components/icon';
import { section } from '../components/section';
import type { ArrangedScan } from './scanModel';
import type { ScanTable } from './scanTable';
import { targetFields, type TargetFields } from './targetFields';

export interface PackagesStep extends TargetFields {
  readonly scan: ScanView;
  readonly found: ArrangedScan;
  readonly filter: string;
  readonly sort: ScanSort;
  readonly isUnreadableOpen: boolean;
  /** Nothing can be asked of the host for now. */
  readonly disabled: boolean;
  readonly table: Ref<ScanTable>;
  readonly setFilter: (filter: string) => void;
  readonly setSort: (column: ScanColumn) => void;
  readonly tick: (keys: ReadonlySet<string>, ticked: boolean) => void;
  readonly toggleUnreadable: (open: boolean) => void;
  readonly stopSearching: () => void;
  readonly searchAgain: () => void;
}

/** How the search stands, in one sentence. */
export function describeScan(locale: Locale, scan: ScanView, found: ArrangedScan): string {
  const text = createText(locale, importScanText);
  const [first = ''] = scan.places;
  const args = { place: scan.places.length > 1 ? text('places', { n: scan.places.length }) : first };
  const packages = found.all.length;
  switch (scan.state) {
    case 'searching':
      return text('searching', { ...args, n: scan.foldersRead, m: packages });
    case 'failed':
      return text('failed', { ...args, n: packages });
    case 'stopped':
      return text('stopped', { ...args, n: packages, m: found.sum.open });
    case 'complete':
      return packages === 0 ? text('none', { ...args, n: scan.foldersRead }) : text('found', { ...args, n: packages, t: scan.seconds ?? 1, m: found.sum.open });
  }
}

/** The packages found, what cannot be imported, and for whom they are to be. */
export function packagesStep(step: PackagesStep): TemplateResult {
  const { locale, scan, found, filter, table } = step;
  const text = createText(locale, importScanText);
  const nothingChosen = step.problems.find(({ field }) => field === 'packages');
  return html`
    <p class="scan-words quiet">${scan.state === 'searching' ? icon('sync codicon-modifier-spin', 'busy') : nothing}<span id="scan-words">${describeScan(locale, scan, found)}</span></p>
    ${toolbar(step)}
    ${found.all.length === 0 ? nothing : found.shown.length === 0 ? html`<p class="quiet">${text('noMatch', { text: filter.trim() })}</p>` : html`<gp-scan-table ${ref(table)} .options=${{
      rows: found.shown, ticked: found.ticked, sort: step.sort, onTick: step.tick, onSort: step.setSort, onFilter: () => document.getElementById('scan-filter')?.focus(),
    }}></gp-scan-table>`}
    ${nothingChosen === undefined ? nothing : html`<p class="field-error" id="packages-error">${icon('error', 'error')}<span>${describeImportProblem(locale, nothingChosen)}</span></p>`}
    ${unreadable(step)}
    ${targetFields(step, { tenant: text('tenantHelp'), group: text('groupHelp') })}`;
}

function toolbar(step: PackagesStep): TemplateResult {
  const { locale, scan, found, filter, setFilter, table } = step;
  const text = createText(locale, importScanText);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      table.value?.enter();
    } else if (event.key === 'Escape' && filter !== '') {
      event.preventDefault();
      setFilter('');
    }
  };
  return html`<div class="toolbar scan-tools">
    <div class="filter">
      ${icon('search')}
      <input type="text" class="input" id="scan-filter" aria-label=${text('quickFilter')} aria-describedby="scan-chosen" placeholder=${text('quickFilter')} autocomplete="off" spellcheck="false"
        .value=${filter} @input=${(event: InputEvent) => setFilter((event.currentTarget as HTMLInputElement).value)} @keydown=${onKey}>
      <span class="filter-count quiet">${filter.trim() === '' ? nothing : text('matchCount', { m: found.shown.length, n: found.all.length })}</span>
      ${filter === '' ? nothing : iconButton(text('clearFilter'), 'close', () => setFilter(''), { id: 'clear-filter' })}
    </div>
    ${scan.state === 'searching' ? linkButton(text('stop'), step.stopSearching, { icon: 'stop-circle', id: 'stop-searching', disabled: step.disabled })
      : linkButton(text('again'), step.searchAgain, { icon: 'refresh', id: 'search-again', disabled: step.disabled })}
    <span class="quiet scan-chosen" id="scan-chosen">${text('chosen', { m: found.sum.count, n: found.all.filter(mayBeTicked).length })}</span>
  </div>`;
}

/** What was found and cannot be imported, each with the reason. */
function unreadable({ locale, found, isUnreadableOpen, toggleUnreadable }: PackagesStep): TemplateResult | typeof nothing {
  if (found.unreadable.length === 0) return nothing;
  const text = createText(locale, importScanText);
  return section({
    id: 'unreadable', title: text('cannot'), summary: new Intl.NumberFormat(locale).format(found.unreadable.length), open: isUnreadableOpen, onToggle: toggleUnreadable,
    content: () => html`<ul class="box unreadable">${repeat(found.unreadable, ({ path }) => path, ({ path, error }) => html`<li>
      <span class="unreadable-name">${icon('error', 'error')}<span class="mono">${path}</span></span><span>${describeError(locale, error)}</span></li>`)}</ul>`,
  });
}
