import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { detailsText } from '../../src/core/text/detailsText';
import { formatFullTime, formatTime } from '../../src/core/text/measures';
import { verificationText } from '../../src/core/text/verificationText';
import { viewText } from '../../src/core/text/viewText';
import { wizardText } from '../../src/core/text/wizardText';
import type { DeployedPackageContract, DeployedPackageView, ShownParameters } from '../../src/protocol/page/deployedPackage';
import { button } from '../components/button';
import { deploymentRows } from '../components/deploymentRows';
import { DetailsPage } from '../components/detailsPage';
import { filesToCopyNotice } from '../components/filesToCopyNotice';
import { icon } from '../components/icon';
import { joined } from '../components/joined';
import { notice } from '../components/notice';
import { stateLabel, type ShownState } from '../components/stateLabel';
import { optionTable } from '../components/optionTable';
import { valueRow } from '../components/valueRow';
import { applicationFields, parameterTable } from './applicationParts';
import { profileButtons, profileReasons } from './profileButtons';
import { historyPart } from './historyPart';
import { verificationPart } from './verificationPart';

type DeployedView = Extract<DeployedPackageView, { kind: 'deployed' }>;

const states: Readonly<Record<DeployedView['deployed']['status'], readonly [state: ShownState, words: 'complete' | 'deployedFailed' | 'deployedUnknown']>> = {
  complete: ['done', 'complete'], failed: ['failed', 'deployedFailed'], unknown: ['unknown', 'deployedUnknown'],
};

/** The details of what is installed for one application object on one host (ux.md 6). */
@customElement('gp-deployed-package')
export class DeployedPackagePage extends DetailsPage<DeployedPackageContract> {
  @state() private view: DeployedPackageView | undefined;
  @state() private filter = '';
  /** Parameters of earlier deployments that are shown. */
  @state() private opened: ReadonlyMap<string, ShownParameters> = new Map();

  override connectedCallback(): void {
    super.connectedCallback();
    this.connection.onEvent('view', (view) => {
      // What comes before the answer to the first request is older than that.
      if (this.view !== undefined) this.view = view;
    });
    this.connection.request('page/open', {}).then(async ({ view }) => {
      this.view = view;
      await this.updateComplete;
      this.querySelector<HTMLElement>('.related vscode-button:not([disabled])')?.focus();
    }, (error: unknown) => this.showProblem(error));
  }

  protected override render(): TemplateResult {
    const { view } = this;
    const words = this.text(detailsText);
    if (view === undefined) return html`<main class="details">${this.above()}<p role="status">${this.text(wizardText)('loading')}</p></main>`;
    switch (view.kind) {
      case 'offline':
        return this.empty(words('thisDeployment'), words('offlineEmpty'));
      case 'gone':
        return this.empty(view.name ?? words('thisDeployment'), words('goneDeployed', { name: view.name ?? words('thisDeployment') }));
      case 'deployed':
        return html`<main class="details">${this.header(view)}${this.above({ offline: view.offline })}${this.actions(view)}${this.duty(view)}${this.fields(view)}${this.sections(view)}</main>`;
    }
  }

  private header({ deployed }: DeployedView): TemplateResult {
    const words = this.text(detailsText);
    return html`<header class="details-header">${icon('server-process')}<div>
      <h1>${deployed.package.name}</h1>${joined(deployed.package.version, words('openDeployed', { application: deployed.applicationName, host: deployed.hostName }))}
    </div></header>`;
  }

  private actions(view: DeployedView): TemplateResult {
    const words = this.text(detailsText);
    const { lock, packageStored } = view;
    return html`<section class="related" aria-labelledby="related">
      <h2 id="related">${words('related')}</h2>
      <div class="actions">
        ${profileButtons(view, this.locale, {
          upgrade: (packageId) => this.act(this.connection.request('deployed/upgrade', packageId === undefined ? {} : { packageId })),
          rollBack: () => this.act(this.connection.request('deployed/rollBack', {})),
        })}
        ${button(words('installAgain'), () => this.act(this.connection.request('deployed/installAgain', {})), { icon: 'rocket', id: 'install-again', disabled: lock !== undefined || !packageStored })}
        ${button(this.text(verificationText)('verify'), () => this.act(this.connection.request('deployed/verify', {})), { icon: 'verified', id: 'verify', disabled: lock !== undefined || !packageStored || view.verifying !== undefined })}
        ${button(words('actionLog'), () => this.act(this.connection.request('deployed/log', {})), { icon: 'output', id: 'log' })}
        ${packageStored ? button(words('showPackage'), () => this.act(this.connection.request('package/show', {})), { icon: 'package', id: 'show-package' }) : nothing}
        ${packageStored ? this.lockWords(lock) : html`<p class="lock-words">${icon('lock')}<span>${words('packageGone')}</span></p>`}
        ${profileReasons(view, this.locale)}
      </div>
    </section>`;
  }

  private duty({ duty, lock }: DeployedView): TemplateResult | typeof nothing {
    if (duty === undefined) return nothing;
    return filesToCopyNotice(this.locale, duty.words, 'copy-commands', {
      onCopy: () => this.act(this.connection.request('deployed/copyCommands', {})),
      done: { onDone: () => this.act(this.connection.request('deployed/markFilesCopied', {})), disabled: lock !== undefined },
    });
  }

  private fields({ deployed, duty, system, deployedBy, deploying, verification }: DeployedView): TemplateResult {
    const words = this.text(detailsText);
    const view = this.text(viewText);
    const [state, key] = states[deployed.status];
    const differing = verification === undefined ? 0 : verification.changed.length + verification.missing.length;
    return html`<dl class="values">
      ${valueRow(words('fieldHost'), deployed.hostName)}
      ${valueRow(words('fieldApplication'), deployed.applicationName)}
      ${valueRow(words('fieldName'), deployed.package.name)}
      ${valueRow(words('fieldVersion'), deployed.package.version)}
      ${valueRow(words('fieldSystem'), system)}
      ${valueRow(words('fieldStatus'), html`<span class="states">${duty === undefined ? stateLabel(state, view(key)) : stateLabel('duty', duty.state)}${differing === 0 ? nothing
        : html`<span aria-hidden="true">·</span>${stateLabel('drifted', view('filesDiffer', { n: differing }))}`}${deploying === undefined ? nothing
        : html`<span aria-hidden="true">·</span>${stateLabel('running', view('deploying', { percent: deploying }))}`}</span>`)}
      ${valueRow(words('fieldUpdateTime'), formatTime(this.locale, deployed.at), formatFullTime(this.locale, deployed.at))}
      ${valueRow(words('fieldDeployedBy'), deployedBy)}
      ${valueRow(words('fieldInstallPath'), deployed.installPath === '' ? undefined : html`<span class="mono">${deployed.installPath}</span>`)}
    </dl>`;
  }

  private toggleParameters(deploymentId: string): void {
    if (this.opened.has(deploymentId)) this.opened = new Map([...this.opened].filter(([id]) => id !== deploymentId));
    else this.act(this.connection.request('deployment/parameters', { deploymentId }).then((parameters) => {
      this.opened = new Map([...this.opened, [deploymentId, parameters]]);
    }));
  }

  private sections(view: DeployedView): TemplateResult {
    const words = this.text(detailsText);
    const { application, parameters, parametersProblem, history } = view;
    return html`
      ${this.foldable('verification', true, {
        title: this.text(verificationText)('section'),
        content: () => verificationPart({
          locale: this.locale, host: view.deployed.hostName, verification: view.verification, verifying: view.verifying, mayCompare: view.lock === undefined,
          onStop: () => this.act(this.connection.request('deployed/stopVerifying', {})),
          onCompare: (path) => this.act(this.connection.request('deployed/showDifference', { path })),
        }),
      })}
      ${this.foldable('application', true, {
        title: words('sectionApplication'), ...(application && { summary: application.name }),
        content: () => (application === undefined ? html`<p class="quiet">${words('noApplication')}</p>` : applicationFields(application, this.locale)),
      })}
      ${this.foldable('parameters', true, {
        title: words('sectionParameters'), ...(parameters && { summary: String(parameters.values.length) }),
        content: () => parametersProblem !== undefined ? notice('warning', words('parametersUnread', { reason: parametersProblem }))
          : parameters === undefined ? html`` : parameterTable(parameters, this.locale),
      })}
      ${this.foldable('options', false, {
        title: words('sectionOptions'), summary: String(application?.options.length ?? 0),
        content: () => optionTable(application?.options ?? [], this.filter, this.locale, (value) => {
          this.filter = value;
        }),
      })}
      ${this.foldable('history', true, {
        title: words('sectionDeployments'), summary: String(history.length),
        content: () => deploymentRows(history, this.locale, (deploymentId) => this.act(this.connection.request('deployment/log', { deploymentId })), (line) => historyPart({
          locale: this.locale, opened: this.opened, mayRun: view.lock === undefined,
          onToggle: (deploymentId) => this.toggleParameters(deploymentId),
          onRunAgain: (deploymentId) => this.act(this.connection.request('deployment/runAgain', { deploymentId })),
        }, line)),
      })}`;
  }
}
