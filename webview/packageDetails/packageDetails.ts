import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { PackageFile } from '../../src/core/packages/model';
import { contentText } from '../../src/core/text/contentText';
import { detailsText } from '../../src/core/text/detailsText';
import { formatBytes, formatFullTime, formatTime } from '../../src/core/text/measures';
import { viewText } from '../../src/core/text/viewText';
import { wizardText } from '../../src/core/text/wizardText';
import type { DescriptionDraft, PackageDetailsContract, PackageDetailsView, ShownPackage } from '../../src/protocol/page/packageDetails';
import { button, iconButton } from '../components/button';
import { DetailsPage } from '../components/detailsPage';
import { fileList } from '../components/fileList';
import { icon } from '../components/icon';
import { joined } from '../components/joined';
import { notice } from '../components/notice';
import { optionTable } from '../components/optionTable';
import { packageIcons } from '../components/packageIcons';
import { stateLabel } from '../components/stateLabel';
import { valueRow } from '../components/valueRow';
import './descriptionField';
import { groupField } from './groupField';
import { importState } from './importState';
import { deployedRows, deploymentRows, templateRows } from './packageRows';
import { solutionRows, solutionSections } from './solutionParts';

type PackageView = Extract<PackageDetailsView, { kind: 'package' }>;

/** The details of a package (ux.md 6), or of an import that did not become one yet. */
@customElement('gp-package-details')
export class PackageDetailsPage extends DetailsPage<PackageDetailsContract> {
  @state() private view: PackageDetailsView | undefined;
  @state() private files: readonly PackageFile[] | 'reading' | undefined;
  @state() private filter = '';
  @state() private optionFilter = '';
  /** What is typed in the group's field and not accepted. */
  @state() private typedGroup: string | undefined;
  private draft: DescriptionDraft | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.connection.onEvent('view', (view) => {
      // What comes before the answer to the first request is older than that.
      if (this.view !== undefined) this.view = view;
    });
    this.connection.request('page/open', {}).then(async ({ view, draft }) => {
      this.draft = draft;
      this.view = view;
      await this.updateComplete;
      // Beside the list the keys stay there.
      if (this.outer === undefined) this.querySelector<HTMLElement>('.related vscode-button:not([disabled])')?.focus();
    }, (error: unknown) => this.showProblem(error));
  }

  protected override render(): TemplateResult {
    const { view } = this;
    const words = this.text(detailsText);
    if (view === undefined) return this.frame(html`${this.above()}<p role="status">${this.text(wizardText)('loading')}</p>`);
    switch (view.kind) {
      case 'offline':
        return this.empty(words('thisPackage'), words('offlineEmpty'));
      case 'gone':
        return this.empty(view.name ?? words('thisPackage'), words('gone', { name: view.name ?? words('thisPackage') }));
      case 'import':
        return this.frame(html`${this.above({ offline: view.offline })}${importState(view, this.locale, {
          retry: () => this.act(this.connection.request('import/retry', {})),
          replace: () => this.act(this.connection.request('import/replace', {})),
          stop: () => this.act(this.connection.request('import/stop', {})),
          copy: () => this.act(this.connection.request('import/copyDetails', {})),
        }, this.lockWords(view.lock), (words) => this.heading(words))}`);
      case 'package':
        return this.frame(html`${this.header(view.package)}${this.above({ offline: view.offline })}${this.actions(view)}${view.package.notes.map((note) => notice('warning', note))}${this.fields(view)}${this.sections(view)}`);
    }
  }

  private header(shown: ShownPackage): TemplateResult {
    const kind = shown.solution === undefined ? '' : this.text(contentText)('solutionDefinition');
    return html`<header class="details-header">${icon(packageIcons[shown.kind])}<div>
      ${this.heading(shown.name)}${joined(kind, shown.version, shown.localeId, shown.system)}
    </div></header>`;
  }

  private actions({ lock, forbidden, package: { solution } }: PackageView): TemplateResult {
    const words = this.text(detailsText);
    const locked = lock !== undefined;
    const reasons = locked ? [] : [...new Set(Object.values(forbidden))];
    return html`<section class="related" aria-labelledby="related">
      <h2 id="related">${words('related')}</h2>
      <div class="actions">
        ${button(solution === undefined ? words('install') : this.text(contentText)('deploy'), () => this.act(this.connection.request('package/install', {})), { kind: 'primary', icon: 'rocket', id: 'install', disabled: locked || forbidden.install !== undefined })}
        ${button(words('copyToTenants'), () => this.act(this.connection.request('package/copyToTenants', {})), { id: 'copy-to-tenants', disabled: locked || forbidden.copyToTenants !== undefined })}
        ${iconButton(words('download'), 'desktop-download', () => this.act(this.connection.request('package/download', {})), { id: 'download' })}
        ${iconButton(words('delete'), 'trash', () => this.act(this.connection.request('package/delete', {})), { id: 'delete', disabled: locked || forbidden.delete !== undefined })}
        ${iconButton(words('moreActions'), 'ellipsis', () => this.act(this.connection.request('package/moreActions', {})), { id: 'more-actions' })}
        ${this.lockWords(lock)}
      </div>
      ${reasons.map((reason) => html`<p class="lock-words">${icon('lock')}<span>${reason}</span></p>`)}
    </section>`;
  }

  private fields(view: PackageView): TemplateResult {
    const { package: shown, lock, groups, forbidden } = view;
    const locked = lock !== undefined || forbidden.edit !== undefined;
    const words = this.text(detailsText);
    return html`<dl class="values">
        ${valueRow(words('fieldName'), shown.name)}
        ${valueRow(words('fieldNickname'), shown.nickname)}
        ${valueRow(words('fieldVersion'), shown.version)}
        ${valueRow(words('fieldLocaleId'), shown.language)}
        ${valueRow(words('fieldSystem'), shown.system)}
        ${valueRow(words('fieldStatus'), this.status(shown))}
        ${shown.solution === undefined ? nothing : solutionRows(shown.solution, this.locale, this.openFile)}
        ${valueRow(this.text(contentText)('fieldInstallation'), shown.installation.join(', '))}
        ${valueRow(words('fieldUpdateTime'), formatTime(this.locale, shown.updatedAt), formatFullTime(this.locale, shown.updatedAt))}
        ${valueRow(words('fieldTenants'), shown.tenants.length === 0 ? undefined : html`<span class="badges">${shown.tenants.map((tenant) => html`<span class="badge">${tenant}</span>`)}</span>`)}
        ${valueRow(words('fieldSize'), shown.size === shown.unpackedSize ? formatBytes(this.locale, shown.size) : words('unpackedSize', { packed: formatBytes(this.locale, shown.size), unpacked: formatBytes(this.locale, shown.unpackedSize) }))}
        ${valueRow(words('fieldHash'), html`<span class="hash"><span class="mono">${shown.sha256}</span>${iconButton(words('copyHash'), 'copy', this.copyHash, { id: 'copy-hash' })}</span>`)}
      </dl>
      <div class="values">
        ${groupField({
          locale: this.locale, group: shown.group, groups, typed: this.typedGroup, locked,
          onInput: (value) => {
            this.typedGroup = value;
          },
          onLeave: () => {
            this.typedGroup = undefined;
          },
          onMove: this.move,
        })}
        <gp-description-field .options=${{
          description: shown.description, updatedAt: shown.updatedAt, draft: this.draft, locked,
          save: (draft: DescriptionDraft) => this.connection.request('package/describe', draft),
          keep: (draft: DescriptionDraft | null) => this.connection.request('draft/keep', { draft }).catch((error: unknown) => this.showProblem(error)),
          announce: (said: string) => this.announcer.say(said),
        }}></gp-description-field>
      </div>`;
  }

  private status(shown: ShownPackage): TemplateResult {
    const words = this.text(viewText);
    return html`<span class="states">${stateLabel('done', shown.status)}
      ${shown.deploying !== undefined ? html`<span aria-hidden="true">·</span>${stateLabel('running', words('deploying', { percent: shown.deploying }))}`
        : shown.lastDeployment === 'failed' ? html`<span aria-hidden="true">·</span>${stateLabel('failed', words('lastDeploymentFailed'))}`
          : shown.lastDeployment === 'unknown' ? html`<span aria-hidden="true">·</span>${stateLabel('unknown', words('lastDeploymentUnknown'))}` : nothing}
    </span>`;
  }

  private sections(view: PackageView): TemplateResult {
    const { package: shown } = view;
    if (shown.solution !== undefined) {
      const { solution } = shown;
      return html`${solutionSections(solution, this.locale).map((part) => this.foldable(part.id, true, part))}${shown.fileCount > 1 ? this.filesSection(shown) : nothing}`;
    }
    const words = this.text(detailsText);
    const { defaultOptions } = shown;
    return html`
      ${this.foldable('templates', true, { title: words('sectionTemplates'), summary: String(shown.templates.length), content: () => templateRows(shown.templates, this.locale, this.openFile) })}
      ${defaultOptions.length === 0 ? nothing : this.foldable('defaultOptions', true, {
        title: this.text(contentText)('sectionOptions'), summary: String(defaultOptions.length),
        content: () => optionTable(defaultOptions, this.optionFilter, this.locale, (value) => {
          this.optionFilter = value;
        }),
      })}
      ${this.filesSection(shown)}
      ${this.deploymentSections(view)}`;
  }

  private filesSection(shown: ShownPackage): TemplateResult {
    const words = this.text(detailsText);
    return this.foldable('files', false, {
      title: words('sectionFiles'), summary: words('filesCount', { n: shown.fileCount, size: formatBytes(this.locale, shown.unpackedSize) }),
      onOpen: () => this.readFiles(),
      content: () => fileList({
        onOpen: this.openFile,
        locale: this.locale, files: this.files, filter: this.filter,
        onFilter: (value) => {
          this.filter = value;
        },
      }),
    });
  }

  private deploymentSections({ deployedOn, deployments }: PackageView): TemplateResult {
    const words = this.text(detailsText);
    return html`
      ${this.foldable('deployedOn', true, {
        title: words('sectionDeployedOn'), summary: words('hostsCount', { n: new Set(deployedOn.map(({ hostName }) => hostName)).size }),
        content: () => deployedRows(deployedOn, this.locale, (applicationId) => this.act(this.connection.request('deployed/open', { applicationId }))),
      })}
      ${this.foldable('deployments', false, {
        title: words('sectionDeployments'), summary: String(deployments.length),
        content: () => deploymentRows(deployments, this.locale, (deploymentId, hostId) =>
          this.act(this.connection.request('deployment/log', hostId === undefined ? { deploymentId } : { deploymentId, hostId }))),
      })}`;
  }

  /** Once, when the section is first open; a package's files never change. */
  private readFiles(): void {
    if (this.files !== undefined) return;
    this.files = 'reading';
    this.connection.request('package/files', {}).then((files) => {
      this.files = files;
    }, (error: unknown) => {
      this.files = [];
      this.showProblem(error);
    });
  }

  private readonly openFile = (path: string): void => this.act(this.connection.request('package/openFile', { path }));

  private readonly copyHash = (): void => {
    this.act(this.connection.request('package/copyHash', {}).then(() => this.announcer.sayNow(this.text(detailsText)('copied'))));
  };

  private readonly move = (typed: string): void => {
    const group = typed.trim() === this.text(detailsText)('ungrouped') ? '' : typed.trim();
    const { view } = this;
    if (view?.kind !== 'package' || group === view.package.group) {
      this.typedGroup = undefined;
      return;
    }
    this.act(this.connection.request('package/move', { group }).then(() => {
      // What the editor sends of the move may come later: the field must not fall back to the group of before.
      if (this.view?.kind === 'package' && this.view.package.id === view.package.id) this.view = { ...this.view, package: { ...this.view.package, group } };
      this.typedGroup = undefined;
      this.announcer.sayNow(this.text(detailsText)('saved'));
    }));
  };
}
