import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { DeploymentOrder } from '../../src/core/deployment/model';
import { deployWizardText, type DeployWizardTextKey } from '../../src/core/text/deployWizardText';
import { createText, type Text } from '../../src/core/text/messages';
import { batchSizeOf, mostAtOnce } from '../../src/core/deployment/draftOrder';
import type { DeployModel } from './deployModel';

/** In which order hosts begin, and after how many failures no other does; with one host there is nothing to choose. */
export function orderChoice(model: DeployModel): TemplateResult | typeof nothing {
  if (model.draft.hostIds.length < 2) return nothing;
  const text = createText(model.locale, deployWizardText);
  const { order = { kind: 'all' }, stopAfterFailures = 0 } = model.draft;
  const choose = (chosen: DeploymentOrder): void => model.edit({ ...model.draft, order: chosen });
  const size = batchSizeOf(order);
  const radio = (kind: DeploymentOrder['kind'], label: DeployWizardTextKey, chosen: DeploymentOrder, after: TemplateResult | typeof nothing = nothing): TemplateResult =>
    html`<span class="choice"><input type="radio" id="order-${kind}" name="order" .checked=${live(order.kind === kind)} @change=${() => choose(chosen)}><label for="order-${kind}">${text(label)}</label>${after}</span>`;
  return html`<section class="order-choice" aria-labelledby="order-title">
    <h3 class="section-title" id="order-title">${text('order')}</h3>
    <div class="choices" role="radiogroup" aria-labelledby="order-title">
      ${radio('all', 'orderAll', { kind: 'all' })}${radio('canary', 'orderCanary', { kind: 'canary' })}
      ${radio('batches', 'orderBatches', { kind: 'batches', size }, numberField('batch-size', text('batchSize'), size, (n) => choose({ kind: 'batches', size: n })))}
    </div>
    ${stopChoice(model, text, stopAfterFailures)}
  </section>`;
}

function stopChoice(model: DeployModel, text: Text<DeployWizardTextKey>, stopAfterFailures: number): TemplateResult {
  const stop = (n: number): void => model.edit({ ...model.draft, stopAfterFailures: n });
  const n = Math.max(1, stopAfterFailures);
  return html`<div class="choices"><span class="choice">
    <input type="checkbox" id="stop-after" .checked=${live(stopAfterFailures > 0)} @change=${(event: Event) => stop((event.currentTarget as HTMLInputElement).checked ? n : 0)}>
    <label for="stop-after">${text('stopAfter')}</label>
    ${numberField('stop-after-number', text('stopAfterNumber'), n, stop)}<span>${text('failedHosts', { n })}</span>
  </span></div>`;
}

/** A whole number from 1 on. What is none is not taken, and gives way to the last one when the field is left. */
function numberField(id: string, label: string, value: number, onChange: (value: number) => void): TemplateResult {
  const read = ({ value: typed }: HTMLInputElement): number | undefined => {
    const n = Number(typed);
    return /^\d{1,4}$/.test(typed.trim()) && n >= 1 && n <= mostAtOnce ? n : undefined;
  };
  return html`<input type="number" class="input number" id=${id} aria-label=${label} min="1" max=${mostAtOnce} .value=${String(value)}
    @input=${(event: Event) => {
      const n = read(event.currentTarget as HTMLInputElement);
      if (n !== undefined && n !== value) onChange(n);
    }}
    @blur=${(event: Event) => {
      const field = event.currentTarget as HTMLInputElement;
      if (read(field) === undefined) field.value = String(value);
    }}>`;
}
