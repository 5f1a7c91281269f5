import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { wizardText } from '../../src/core/text/wizardText';
import { PageRoot } from '../components/page';

@customElement('gp-package-details')
export class PackageDetailsPage extends PageRoot<object> {
  protected override render(): TemplateResult {
    return html`<p role="status">${this.text(wizardText)('loading')}</p>`;
  }
}
