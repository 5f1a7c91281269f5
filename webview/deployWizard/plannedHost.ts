import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DeployPackage } from '../../src/core/deployment/draft';
import { gaxLibrary } from '../../src/core/deployment/plugIn';
import type { ApplicationEdit } from '../../src/core/deployment/model';
import { maskSecrets } from '../../src/core/formats/silentIni/secrets';
import { deploySummaryText, type DeploySummaryTextKey } from '../../src/core/text/deploySummaryText';
import { formatBytes, formatTime } from '../../src/core/text/measures';
import type { PackageFile } from '../../src/core/packages/model';
import type { Text } from '../../src/core/text/messages';
import { plugInText } from '../../src/core/text/plugInText';
import type { PlannedHost } from '../../src/protocol/page/deployWizard';
import { fileList } from '../components/fileList';
import { hostTags } from '../components/hostTags';
import { icon } from '../components/icon';
import { notice } from '../components/notice';
import { PageElement } from '../components/page';
import './applicationValues';
import type { EditValue } from './applicationValues';
import { previewBody, previewChanges, previewLines } from './silentIniPreview';

const tabs = ['application', 'silentIni', 'files', 'commands'] as const;
type Tab = (typeof tabs)[number];

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
  /** Values of application objects that were entered in the plan. */
  @property({ attribute: false }) edits: readonly ApplicationEdit[] = [];
  @property({ attribute: false }) hostCount = 1;
  /** The others wait for it. */
  @property({ attribute: false }) goesFirst = false;
  /** The host before it on which the same is changed. */
  @property({ attribute: false }) sameAs: string | undefined;
  /** Nothing can be changed now. */
  @property({ attribute: false }) isLocked = false;
  @property({ attribute: false }) onEdit: EditValue = () => undefined;
  /** The list of files is to be shown. */
  @property({ attribute: false }) onFiles: () => void = () => undefined;
  @state() private tab: Tab = 'application';
  @state() private fileFilter = '';

  protected override render(): TemplateResult {
    const { host } = this;
    const text = this.text(deploySummaryText);
    const wrong = host.error !== undefined || host.problems.length > 0;
    return html`<details class="planned" ?open=${this.isOpen}>
      <summary>${icon('vm')}<strong>${host.hostName}</strong>${hostTags(this.protectedBy, this.protectedBy)}<span class="joined-words quiet">${this.headline(text).map((words) => html`<span>${words}</span>`)}</span>${
        wrong && host.skip === undefined ? icon('error', 'error') : this.occupation(text) ?? (host.warnings.length > 0 ? icon('warning', 'warning') : nothing)}</summary>
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
    return [...(this.goesFirst ? [text('goesFirst')] : []), first, this.sameAs === undefined
      ? text(host.application.change === 'create' ? 'objectCreated' : 'objectChanged', { name: host.applicationName })
      : text('sameChanges', { host: this.sameAs })];
  }

  /** Who has the host now. It stands not against the plan: it may be over when the deployment begins. */
  private occupation(text: Text<DeploySummaryTextKey>): TemplateResult | undefined {
    const { lock, warnings } = this.host;
    if (lock !== undefined) return stateOf('lock', text('lockedBy', { user: lock.user, machine: lock.machine, since: formatTime(this.locale, lock.since) }));
    return warnings.some(({ code }) => code === 'repository/host-busy') ? stateOf('sync codicon-modifier-spin', text('busyNow')) : undefined;
  }

  private effects(text: Text<DeploySummaryTextKey>): TemplateResult {
    const { host, locale } = this;
    const { values, change } = host.application;
    const changed = values.filter(({ existing, result }) => existing !== result).length;
    const valueOf = (name: string) => values.find(({ part, key }) => part === 'field' && key === name);
    // What a plug-in changes is GAX, which stays where it is.
    const present = host.installedVersion ?? (host.plugIn === undefined ? valueOf('version')?.existing : undefined) ?? '';
    const folder = host.plugIn === undefined ? valueOf('workingDirectory') : undefined;
    // What another folder holds is left alone: a way back, or to be removed by hand.
    const stays = folder?.existing !== undefined && folder.existing !== '' && folder.existing !== folder.result ? folder.existing : undefined;
    const kept = values.filter(({ why }) => why === 'existingKept').length;
    const row = (name: string, color: string, word: string, what: TemplateResult | string, words: string): TemplateResult =>
      html`<tr><th scope="row"><span class="state">${icon(name, color)}<span>${word}</span></span></th><td>${what}</td><td class="quiet">${words}</td></tr>`;
    return html`<table class="effects" aria-label=${text('effects', { host: host.hostName })}><tbody>
      ${row('diff-added', 'good', text('add'), host.installPath === undefined ? text('installerChooses') : html`<span class="mono">${host.installPath}</span>`, text('filesAndSize', { n: host.files, size: formatBytes(locale, host.bytes) }))}
      ${host.plugIn !== undefined ? this.plugInEffects(host.plugIn, row) : change === 'create'
        ? row('diff-added', 'good', text('add'), text('objectEffect', { name: host.applicationName }), text('valuesCreated', { n: values.length }))
        : row('diff-modified', 'warning', text('changeEffect'), text('objectEffect', { name: host.applicationName }), text('valuesChange', { changed, kept: values.length - changed }))}
      ${this.iniChanges().length === 0
        ? row('lock', '', text('keep'), html`<code>genesys_silent.ini</code>`, this.iniEffect(text, 0))
        : row('diff-modified', 'warning', text('changeEffect'), html`<code>genesys_silent.ini</code>`, this.iniEffect(text, this.iniChanges().length))}
      ${host.backup === undefined ? nothing : row('archive', '', text('backUp'), html`<span class="mono">${host.backup}</span>`, present === '' ? text('backUpText') : text('backUpVersion', { version: present }))}
      ${stays === undefined ? nothing : row('archive', '', text('keep'), html`<span class="mono">${stays}</span>`, text('staysOnDisk', { version: present }))}
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

  /** Against the file that was written for this application object last; where there is none, against the package's own. */
  private iniLines(): ReturnType<typeof previewLines> {
    const { silentIni, silentIniChanges } = this.host;
    if (silentIniChanges === undefined) return previewLines(silentIni, maskSecrets(this.package.silentIni));
    return previewLines(silentIni, silentIniChanges.lines.filter(({ kind }) => kind !== 'added').map((line) => line.text).join('\n'));
  }

  private iniEffect(text: Text<DeploySummaryTextKey>, n: number): string {
    const { silentIniChanges } = this.host;
    return silentIniChanges === undefined ? text('silentIniEffect', { n }) : text('silentIniSince', { n, date: formatTime(this.locale, silentIniChanges.at) });
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
        return html`<gp-application-values .host=${this.host} .edits=${this.edits} .hostCount=${this.hostCount} .isLocked=${this.isLocked} .onEdit=${this.onEdit}></gp-application-values>`;
      case 'silentIni':
        return html`<p class="quiet">${this.iniEffect(text, this.iniChanges().length)}</p>${previewBody({ locale: this.locale, lines: this.iniLines(), active: undefined, change: undefined, perHost: new Set(), onPick: () => undefined, id: `ini-${this.host.hostId}` })}`;
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

function stateOf(name: string, words: string): TemplateResult {
  return html`<span class="state">${icon(name, 'warning')}<span>${words}</span></span>`;
}
