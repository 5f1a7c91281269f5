import { html, nothing, type TemplateResult } from 'lit';
import { findFinding, partsSource, templateNames } from '../../src/core/packages/importCheck';
import { cleanPath, partNames, type PartName } from '../../src/core/packages/importDraft';
import { importWizardText } from '../../src/core/text/importWizardText';
import { createText } from '../../src/core/text/messages';
import type { ChoosableKind } from '../../src/protocol/page/importWizard';
import { linkButton } from '../components/button';
import { icon } from '../components/icon';
import { fileField, findingBox, noteLines } from './archiveField';
import type { MethodStep } from './methodStep';

const labels = { path: 'partPackage', xml: 'partXml', apd: 'partApd' } as const satisfies Readonly<Record<PartName, keyof typeof importWizardText.en>>;
const kinds: Readonly<Record<PartName, ChoosableKind>> = { path: 'archive', xml: 'xml', apd: 'apd' };

/** The three files of a package that comes apart from its templates: what the package is, and whether they fit together. */
export function partsFields(step: MethodStep): TemplateResult {
  const { locale, draft, view } = step;
  const text = createText(locale, importWizardText);
  const archive = findFinding(view.findings, { method: 'archive', path: cleanPath(draft.parts.path) });
  return html`${partNames.map((name) => html`<div class="archive">
    ${fileField(step, {
      id: `part-${name}`, label: text(labels[name]), value: draft.parts[name], what: kinds[name],
      onInput: (path) => step.change({ ...draft, parts: { ...draft.parts, [name]: path } }),
    })}
    ${name !== 'path' ? nothing : html`${templateNames(archive).length > 1 ? html`<p class="finding">${linkButton(text('switchMethod'), step.switchToArchive, { icon: 'arrow-swap', id: 'switch-method' })}</p>` : nothing}
      ${archive === undefined ? nothing : findingBox(step, archive)}`}
  </div>`)}${whole(step)}`;
}

/** Whether the three fit together. */
function whole(step: MethodStep): TemplateResult | typeof nothing {
  const { locale, draft, view } = step;
  const text = createText(locale, importWizardText);
  const finding = findFinding(view.findings, partsSource(draft));
  switch (finding?.state) {
    case 'reading':
      return html`<p class="finding quiet" role="status">${text('checkingParts')}</p>`;
    case 'recognized':
      return html`<p class="finding state">${icon('pass', 'good')}<span>${text('partsFit')}</span></p>${noteLines(finding.package, locale)}`;
    case 'refused':
      return html`<p class="finding actions">${linkButton(text('compareTemplates'), step.compareTemplates, { icon: 'diff', id: 'compare-templates' })}
        ${linkButton(text('readAgain'), () => step.readAgain(finding.source.path), { icon: 'refresh' })}</p>`;
    default:
      return nothing;
  }
}
