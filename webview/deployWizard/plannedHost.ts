import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApplicationValue } from '../../src/core/configuration/mergeApplication';
import type { DeployPackage } from '../../src/core/deployment/draft';
import { gaxLibrary } from '../../src/core/deployment/plugIn';
import { maskSecrets } from '../../src/core/formats/silentIni/secrets';
import { deploySummaryText, type DeploySummaryTextKey } from '../../src/core/text/deploySummaryText';
import { detailsText, type DetailsTextKey } from '../../src/core/text/detailsText';
import { formatBytes } from '../../src/core/text/measures';
import type { PackageFile } from '../../src/core/packages/model';
import type { Text } from '../../src/core/text/messages';
import { plugInText } from '../../src/core/text/plugInText';
import type { PlannedHost } from '../../src/protocol/page/deployWizard';
import { linkButton } from '../components/button';
import { fileList } from '../components/fileList';
import { hostTags } from '../components/hostTags';
import { icon } from '../components/icon';
import { notice } from '../components/notice';
import { PageElement } from '../components/page';
import { previewBody, previewChanges, previewLines } from './silentIniPreview';

const tabs = ['application', 'silentIni', 'files', 'commands'] as const;
type Tab = (typeof tabs)[number];

const reasons: Readonly<Record<ApplicationValue['why'], readonly [icon: string, color: string, words: DeploySummaryTextKey]>> = {
  newVersion: ['arrow-up', '', 'whyNewVersion'],
  entered: ['edit', '', 'whyEntered'],
  existingKept: ['lock', '', 'whyExistingKept'],
  added: ['diff-added', 'good', 'whyAdded'],
  equal: ['dash', 'quiet', 'whyEqual'],
};

/** Fields of an application object by the names that its own page gives them; every other value is an option. */
const fieldNames: Readonly<Partial<Record<string, DetailsTextKey>>> = {
  version: 'fieldVersion', workingDirectory: 'fieldWorkingDirectory', commandLine: 'fieldCommandLine', commandLineArguments: 'fieldArguments',
  tenantObject: 'fieldTenant', port: 'fieldPort', primaryServer: 'fieldPrimaryServer', backupServer: 'fieldBackupServer',
};

/** What will happen on one host. */
@customElement('gp-planned-host')
export class PlannedHostView extends PageElement {
  @property({ attribute: false }) host!: PlannedHost;
  /** Tags that protect the host. */
  @property({ attribute: false }) protectedBy: readonly string[] = [];
  @property({ attribute: false }) package!: DeployPackage;
  @property({ attribute: false }) isOpen = false;
  /** The same on every host. */
  @property({ attribute: false }) files: readonly PackageFile[] | 'reading' | undefined;
  /** The list of files is to be shown. */
  @property({ attribute: false }) onFiles: () => void = () => undefined;
  @state() private tab: Tab = 'application';
  @state() private showsEqual = false;
  @state() private fileFilter = '';

  protected override render(): TemplateResult {
    const { host } = this;
    const text = this.text(deploySummaryText);
    const wrong = host.error !== undefined || host.problems.length > 0;
    return html`<details class="planned" ?open=${this.isOpen}>
      <summary>${icon('vm')}<strong>${host.hostName}</strong>${hostTags(this.protectedBy, this.protectedBy)}<span class="joined-words quiet">${this.headline(text).map((words) => html`<span>${words}</span>`)}</span>${
        wrong && host.skip === undefined ? icon('error', 'error') : host.warnings.length > 0 ? icon('warning', 'warning') : nothing}</summary>
      <div class="planned-body">
        ${[...(host.error === undefined ? [] : [host.error]), ...host.problems].map((problem) => notice('error', problem.message, { live: false }))}
        ${host.warnings.map((warning) => notice('warning', warning.message, { live: false }))}
        ${host.skip === undefined ? html`${this.effects(text)}${this.details(text)}` : nothing}
      </div>
    </details>`;
  }

  private headline(text: Text<DeploySummaryTextKey>): readonly string[] {
    const { host } = this;
    if (host.skip !== undefined) return [text('hostSkipped', { name: host.applicationName })];
    // Its own box says why.
    if (host.error !== undefined) return [];
    const first = host.installedVersion === undefined ? text('newInstallation') : text('versionInstalled', { version: host.installedVersion });
    return [first, text(host.application.change === 'create' ? 'objectCreated' : 'objectChanged', { name: host.applicationName })];
  }

  private effects(text: Text<DeploySummaryTextKey>): TemplateResult {
    const { host, locale } = this;
    const { values, change } = host.application;
    const changed = values.filter(({ existing, result }) => existing !== result).length;
    const kept = values.filter(({ why }) => why === 'existingKept').length;
    const row = (name: string, color: string, word: string, what: TemplateResult | string, words: string): TemplateResult =>
      html`<tr><th scope="row"><span class="state">${icon(name, color)}<span>${word}</span></span></th><td>${what}</td><td class="quiet">${words}</td></tr>`;
    return html`<table class="effects" aria-label=${text('effects', { host: host.hostName })}><tbody>
      ${row('diff-added', 'good', text('add'), host.installPath === undefined ? text('installerChooses') : html`<span class="mono">${host.installPath}</span>`, text('filesAndSize', { n: host.files, size: formatBytes(locale, host.bytes) }))}
      ${host.plugIn !== undefined ? this.plugInEffects(host.plugIn, row) : change === 'create'
        ? row('diff-added', 'good', text('add'), text('objectEffect', { name: host.applicationName }), text('valuesCreated', { n: values.length }))
        : row('diff-modified', 'warning', text('changeEffect'), text('objectEffect', { name: host.applicationName }), text('valuesChange', { changed, kept: values.length - changed }))}
      ${this.iniChanges().length === 0
        ? row('lock', '', text('keep'), html`<code>genesys_silent.ini</code>`, text('silentIniEffect', { n: 0 }))
        : row('diff-modified', 'warning', text('changeEffect'), html`<code>genesys_silent.ini</code>`, text('silentIniEffect', { n: this.iniChanges().length }))}
      ${host.backup === undefined ? nothing : row('archive', '', text('backUp'), html`<span class="mono">${host.backup}</span>`, text('backUpText'))}
      ${kept === 0 || host.plugIn !== undefined ? nothing : row('lock', '', text('keep'), text('keepValues', { n: kept, name: host.applicationName }), text('existingWin'))}
      ${host.space.map((need) => row('dashboard', '', text('disk'), text('diskNeeds', { size: formatBytes(locale, need.needed), folder: need.folders.join(', ') }), text('diskFree', { size: formatBytes(locale, need.free) })))}
    </tbody></table>`;
  }

  /** A plug-in changes GAX: its options, and its folder of programs. */
  private plugInEffects({ added, stay, gax }: NonNullable<PlannedHost['plugIn']>, row: (name: string, color: string, word: string, what: TemplateResult | string, words: string) => TemplateResult): TemplateResult {
    const [text, words] = [this.text(plugInText), this.text(deploySummaryText)];
    const isWrong = gax?.hasLibrary === false;
    return html`${row('diff-modified', 'warning', words('changeEffect'), text('gaxEffect', { name: this.host.applicationName }), text('optionsAdded', { n: added, m: stay }))}
      ${gax === undefined ? nothing : row(isWrong ? 'warning' : 'diff-added', isWrong ? 'warning' : 'good', words('add'), html`<span class="mono">${`${gax.directory}/${gaxLibrary}`}</span>`, text(isWrong ? 'filesNotEffect' : 'filesEffect'))}`;
  }

  private iniLines(): ReturnType<typeof previewLines> {
    return previewLines(this.host.silentIni, maskSecrets(this.package.silentIni));
  }

  private iniChanges(): ReturnType<typeof previewChanges> {
    return previewChanges(this.iniLines());
  }

  private details(text: Text<DeploySummaryTextKey>): TemplateResult {
    const { hostId } = this.host;
    const changing = this.host.application.values.filter(({ why }) => why !== 'equal').length;
    const labels: Readonly<Record<Tab, string>> = {
      application: text('tabApplication', { n: changing }), silentIni: text('tabSilentIni', { n: this.iniChanges().length }), files: text('tabFiles'), commands: text('tabCommands'),
    };
    return html`<div class="tabs" role="tablist" aria-label=${text('tabs', { host: this.host.hostName })} @keydown=${this.onTabKey}>
        ${tabs.map((tab) => html`<button type="button" role="tab" class="tab" id="tab-${tab}-${hostId}" aria-controls="panel-${hostId}" aria-selected=${tab === this.tab ? 'true' : 'false'} tabindex=${tab === this.tab ? 0 : -1} @click=${() => this.choose(tab)}>${labels[tab]}</button>`)}
      </div>
      <div class="tab-panel" role="tabpanel" id="panel-${hostId}" aria-labelledby="tab-${this.tab}-${hostId}" tabindex="0">${this.panel(text)}</div>`;
  }

  private panel(text: Text<DeploySummaryTextKey>): TemplateResult {
    switch (this.tab) {
      case 'application':
        return this.applicationPanel(text);
      case 'silentIni':
        return previewBody({ locale: this.locale, lines: this.iniLines(), active: undefined, change: undefined, perHost: new Set(), onPick: () => undefined, id: `ini-${this.host.hostId}` });
      case 'files':
        return fileList({
          locale: this.locale, id: `files-${this.host.hostId}`, files: this.files, filter: this.fileFilter,
          onFilter: (value) => {
            this.fileFilter = value;
          },
        });
      case 'commands':
        return html`<p class="quiet">${text('commandsText')}</p><ol class="commands">${this.host.commands.map((command) => html`<li class="mono">${command}</li>`)}</ol>`;
    }
  }

  private applicationPanel(text: Text<DeploySummaryTextKey>): TemplateResult {
    const { values } = this.host.application;
    const equal = values.filter(({ why }) => why === 'equal').length;
    const shown = this.showsEqual ? values : values.filter(({ why }) => why !== 'equal');
    const cell = (column: DeploySummaryTextKey, value: string | undefined): TemplateResult => html`<td class="mono" data-column=${text(column)}>${value === undefined || value === '' ? '–' : value}</td>`;
    return html`${shown.length === 0 ? html`<p class="quiet">${text('noDifference')}</p>` : html`<table class="plain-table values-table">
        <thead><tr>${(['columnValue', 'columnExisting', 'columnNew', 'columnResult', 'columnWhy'] as const).map((name) => html`<th scope="col">${text(name)}</th>`)}</tr></thead>
        <tbody>${shown.map((value) => {
          const [name, color, words] = reasons[value.why];
          const field = fieldNames[value.name];
          return html`<tr>${field === undefined ? html`<th scope="row" class="mono">${value.name}</th>` : html`<th scope="row">${this.text(detailsText)(field)}</th>`}${cell('columnExisting', value.existing)}${cell('columnNew', value.fresh)}<td class="mono" data-column=${text('columnResult')}><strong>${value.result === '' ? '–' : value.result}</strong></td><td><span class="state">${icon(name, color)}<span>${text(words)}</span></span></td></tr>`;
        })}</tbody>
      </table>`}
      ${equal === 0 ? nothing : linkButton(this.showsEqual ? text('hideEqual') : text('showEqual', { n: equal }), () => {
        this.showsEqual = !this.showsEqual;
      })}`;
  }

  private choose(tab: Tab): void {
    this.tab = tab;
    if (tab === 'files') this.onFiles();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#${CSS.escape(`tab-${tab}-${this.host.hostId}`)}`)?.focus());
  }

  private readonly onTabKey = (event: KeyboardEvent): void => {
    const at = tabs.indexOf(this.tab);
    const target = { ArrowRight: (at + 1) % tabs.length, ArrowLeft: (at + tabs.length - 1) % tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    const tab = target === undefined ? undefined : tabs[target];
    if (tab === undefined) return;
    event.preventDefault();
    this.choose(tab);
  };
}
