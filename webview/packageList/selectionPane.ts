import { html, nothing, type TemplateResult } from 'lit';
import { createText, type Locale } from '../../src/core/text/messages';
import { packageListText, type PackageListTextKey } from '../../src/core/text/packageListText';
import type { ListAction, ListRow, ListState, PrivilegedAction } from '../../src/protocol/page/packageList';
import { button } from '../components/button';
import { icon } from '../components/icon';

export interface SelectionPane {
  readonly locale: Locale;
  readonly rows: readonly ListRow[];
  readonly state: ListState;
  readonly needsTrust: string;
  readonly onAct: (action: ListAction) => void;
}

const actions: readonly { readonly action: PrivilegedAction | 'download'; readonly label: PackageListTextKey; readonly icon: string }[] = [
  { action: 'copyToTenants', label: 'copyToTenants', icon: 'organization' }, { action: 'moveToGroup', label: 'moveToGroup', icon: 'folder' },
  { action: 'download', label: 'download', icon: 'desktop-download' }, { action: 'delete', label: 'delete', icon: 'trash' },
];

/** In place of details while several rows are selected: how many, and what can be done with all of them (ux.md 5). */
export function selectionPane({ locale, rows, state, needsTrust, onAct }: SelectionPane): TemplateResult {
  const text = createText(locale, packageListText);
  const packages = rows.filter(({ kind }) => kind !== 'import');
  const imports = rows.length - packages.length;
  const lock = state.lock === undefined ? undefined : state.lock.kind === 'needsTrust' ? needsTrust : state.lock.message;
  const reasons = new Set(lock === undefined ? [] : [lock]);
  const buttons = actions.map(({ action, label, icon: name }) => {
    const forbidden = action === 'download' ? undefined : forbiddenIn(action, packages, state);
    if (lock === undefined && forbidden !== undefined) reasons.add(forbidden);
    const isLocked = action !== 'download' && (lock !== undefined || forbidden !== undefined);
    return button(text(label), () => onAct(action), { icon: name, id: `selected-${action}`, disabled: isLocked || packages.length === 0 });
  });
  return html`<section class="details" aria-label=${text('details')}>
    <header class="details-header">${icon('package')}<div><h2 class="title">${text('selected', { n: packages.length })}</h2>${imports === 0 ? nothing : html`<p>${text('selectedImports', { n: imports })}</p>`}</div></header>
    <div class="selection-actions">${buttons}</div>
    ${[...reasons].map((reason) => html`<p class="lock-words">${icon('lock')}<span>${reason}</span></p>`)}
  </section>`;
}

/** Why an action is not allowed with these rows; undefined when it is. */
function forbiddenIn(action: PrivilegedAction, rows: readonly ListRow[], { tenants }: ListState): string | undefined {
  const concerned = new Set(rows.map(({ tenantId }) => tenantId));
  return tenants.find(({ id, forbidden }) => concerned.has(id) && forbidden[action] !== undefined)?.forbidden[action];
}
