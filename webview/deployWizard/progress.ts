import { html, nothing } from 'lit';
import type { Locale } from '../../src/core/text/messages';
import type { DeployWizardContract } from '../../src/protocol/page/deployWizard';
import type { PageConnection } from '../messaging';
import type { StepView } from './stepView';

export interface ProgressStepOptions {
  readonly connection: PageConnection<DeployWizardContract>;
  readonly locale: Locale;
  readonly deploymentId: string;
}

/** The last step: how the deployment goes on each host. */
export function progressStep({ deploymentId }: ProgressStepOptions): StepView {
  return { heading: '', content: html`<p class="mono">${deploymentId}</p>`, footer: nothing };
}
