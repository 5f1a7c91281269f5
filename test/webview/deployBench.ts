import { createHash } from 'node:crypto';
import { nothingSaid, type ApplicationObject, type DeployedPackage, type Deployment, type StepProgress } from '../../src/core/deployment/model';
import type { HostPlanView } from '../../src/core/deployment/planView';
import { prefillInputs, type PrefillSource } from '../../src/core/deployment/prefill';
import type { PackageQuestions } from '../../src/core/deployment/questions';
import { ProductError } from '../../src/core/errors';
import type { Host } from '../../src/core/hosts/model';
import type { PackageDetails } from '../../src/core/packages/model';
import { openDeployWizard } from '../../src/extension/pages/deployWizard/deployWizardPage';
import type { DeployWizardIntent, DeployWizardPorts, WizardRequest } from '../../src/extension/pages/deployWizard/ports';
import { createDraftStore } from '../../src/extension/pages/drafts';
import { printKey } from '../../src/extension/tasks/definition';
import { deployDraft } from '../../src/protocol/page/deployWizard';
import type { PageReply, PageSubject } from '../../src/protocol/page/page';
import type { RememberedInputs, ServiceParams } from '../../src/protocol/service';
import type { OpenedPage, OpenPageOptions, PageBrowser } from '../support/page/openPage';
import { sampleDeployed, sampleDeployment, sampleHost, samplePackage, sampleRun } from '../unit/extension/sampleLists';
import { createScriptedRepository, createScriptedTab, createWorkspaceState, type ScriptedRepository } from './support';

const linux = { osGroup: 'linux', architecture: 'x86_64', bits: 64, release: 'Red Hat Enterprise Linux 8.10' } as const;
const reachable = { state: 'reachable', at: '2026-11-22T08:58:00.000Z' } as const;

export const subject: PageSubject = { id: 'package-1', tenantId: 'environment' };

export const silentIni = `[IPCommon]
InstallPath=/opt/genesys/mcp_9.0.046
DataModel=64

[ConfigServer]
Host=<Configuration Server host>
Port=2020
User=installer
Password=
ApplicationName=<Application name>

[vpMediaControl]
AudioFormat=Ulaw
HttpProxyHost=
VoiceXML=yes
`;

/** Hosts in every state of the column *Check*. */
export const hosts: readonly Host[] = [
  ...['eu-mcp-01', 'eu-mcp-02', 'eu-mcp-03', 'eu-mcp-04', 'eu-sip-01'].map((name, i) => sampleHost({ id: name, name, address: `10.20.4.3${i}`, system: linux, contact: reachable })),
  sampleHost({ id: 'eu-sip-02', address: '10.20.4.12', system: linux, contact: { state: 'unreachable', at: '2026-11-22T08:58:00.000Z' } }),
  sampleHost({ id: 'eu-test-07', address: '10.20.9.7' }),
  sampleHost({ id: 'eu-win-03', address: '10.20.4.53', system: { osGroup: 'windows', architecture: 'AMD64', bits: 64, release: 'Windows Server 2019' }, contact: reachable }),
  sampleHost({ id: 'eu-old-01', address: '10.20.4.60', system: { ...linux, bits: 32, architecture: 'i686' }, contact: reachable }),
  sampleHost({ id: 'eu-key-01', address: '10.20.4.61', system: linux, contact: { state: 'key-changed', at: '2026-11-22T08:58:00.000Z' } }),
];

export function packageDetails(change: Partial<PackageDetails> = {}): PackageDetails {
  const item = samplePackage({ id: 'package-1', name: 'Media Control Platform', nickname: 'vpMediaControl', version: '9.0.046.06', size: 96_400_000, computerTypes: ['Intel EM64T'] });
  return {
    ...item, buildNumber: '1', buildDate: '', releaseType: 'Hot Fix', productDescription: '', archiveName: 'IP_MCP.tar.gz', archiveFormat: 'tar.gz', importMethod: 'archive', fileCount: 1284, unpackedSize: 214_000_000,
    installerFolder: 'ip', tenants: ['Environment'], licenseNeeded: false, silentIni, supportedSystems: [{ name: 'Red Hat Enterprise Linux', version: '8' }],
    templates: [{ name: 'VP_MediaControl_90', path: 'templates/VP_MediaControl_90.apd', format: 'apd', applicationType: 145 }, { name: 'VP_MediaControl_90', path: 'templates/VP_MediaControl_90.xml', format: 'xml' }],
    ...change,
  };
}

export const application = { id: 'a1', tenantId: 'environment', hostId: 'eu-mcp-01', type: 145, version: '9.0.040.07', workingDirectory: '/opt/genesys/mcp_9.0.040', commandLine: '', commandLineArguments: '', ...nothingSaid, state: 'enabled', tenantObject: 'Environment', port: '5070', primaryServer: 'confserv_primary', backupServer: '' } as const;

export function planOf(inputs: ServiceParams<'deployments/plan'>, change: Partial<HostPlanView> = {}): HostPlanView {
  const [hostId = ''] = inputs.hostIds;
  const existing = hostId === 'eu-mcp-01';
  return {
    hostId, hostName: hostId, applicationName: inputs.hostApplications?.[0]?.name ?? '', problems: [], warnings: [], installPath: '/opt/genesys/mcp_9.0.046', files: 1284, bytes: 214_000_000, sent: 90_000_000, backups: [],
    ...(existing && { installedVersion: '9.0.040.07', backup: '/opt/genesys/mcp_9.0.046' }),
    space: [{ mount: '/opt', folders: ['/opt/genesys/mcp_9.0.046'], needed: 642_000_000, free: 18_200_000_000 }],
    application: { change: existing ? 'merge' : 'create', values: [
      { part: 'field', section: '', key: 'version', name: 'version', ...(existing && { existing: '9.0.040.07' }), fresh: '9.0.046.06', result: '9.0.046.06', why: existing ? 'newVersion' : 'added' },
      { part: 'field', section: '', key: 'workingDirectory', name: 'workingDirectory', ...(existing && { existing: '/opt/genesys/mcp_9.0.040' }), fresh: '/opt/genesys/mcp_9.0.046', result: '/opt/genesys/mcp_9.0.046', why: 'entered' },
      ...(existing ? [{ part: 'options' as const, section: 'sip', key: 'threads', name: 'sip/threads', existing: '4', fresh: '0', result: '4', why: 'existingKept' as const }] : []),
      { part: 'options' as const, section: 'mpc', key: 'srtp.mode', name: 'mpc/srtp.mode', fresh: 'none', result: 'none', why: 'added' },
      ...(existing ? [{ part: 'options' as const, section: 'log', key: 'verbose', name: 'log/verbose', existing: 'standard', fresh: 'standard', result: 'standard', why: 'equal' as const }] : []),
    ] },
    silentIni: silentIni.replace('<Configuration Server host>', 'eu-fw-01').replace('<Application name>', `vpMediaControl_${hostId}`),
    commands: ['cd /var/tmp/gax-packages/d1/package && tar -xzpof -', 'cd /var/tmp/gax-packages/d1/package/ip && ./install.sh -s -fr /var/tmp/gax-packages/d1/silent.ini -fl /var/tmp/gax-packages/d1/result.log'],
    ...change,
  };
}

export interface DeployBenchOptions extends Partial<Pick<OpenPageOptions, 'locale' | 'theme' | 'size'>> {
  readonly intent?: DeployWizardIntent | undefined;
  readonly details?: Partial<PackageDetails>;
  readonly questions?: PackageQuestions;
  readonly remembered?: RememberedInputs;
  readonly hosts?: readonly Host[];
  /** In the place of those of the usual hosts. */
  readonly applications?: readonly ApplicationObject[];
  /** Default: the package's wizard. */
  readonly subject?: PageSubject;
  readonly deployments?: readonly Deployment[];
  readonly deployedPackages?: readonly DeployedPackage[];
  /** What was entered for what is deployed on a host, and what a roll back enters again. */
  readonly entered?: (hostId: string) => Partial<Pick<PrefillSource, 'inputs' | 'edits'>>;
  /** Keeps what an earlier bench kept: its drafts and its secrets. */
  readonly kept?: Pick<DeployBench, 'workspace' | 'secrets'>;
}

export interface DeployBench {
  readonly opened: OpenedPage;
  readonly page: OpenedPage['page'];
  readonly repository: ScriptedRepository;
  readonly workspace: ReturnType<typeof createWorkspaceState>;
  readonly secrets: Map<string, string>;
  /** What was asked of the editor, in order. */
  readonly calls: string[];
  readonly started: WizardRequest[];
  readonly planned: ServiceParams<'deployments/plan'>[];
  /** Everything that the host said to the page. */
  readonly replies: PageReply[];
  /** Methods that the page was refused, with the code. */
  readonly refused: string[];
  plan: (inputs: ServiceParams<'deployments/plan'>) => HostPlanView | Promise<HostPlanView>;
  agree: boolean;
  trusted: boolean;
  /** Tells of bytes that go over, as the service does. */
  transfer: (progress: StepProgress) => void;
  restart(): void;
  /** Says something to the host as a page that was taken over would. */
  say(method: string, params: unknown): Promise<PageReply>;
  next(): Promise<void>;
  heading(name: string | RegExp): Promise<void>;
  closed(): boolean;
  close(): Promise<void>;
}

/** The deploy wizard in a real browser, answered by its real host code; the editor and the service are scripted. */
export async function openDeployBench(browser: PageBrowser, options: DeployBenchOptions = {}): Promise<DeployBench> {
  const { locale = 'en', intent, subject: shown = subject } = options;
  const details = packageDetails(options.details);
  const workspace = options.kept?.workspace ?? createWorkspaceState();
  const secrets = options.kept?.secrets ?? new Map<string, string>();
  const repository = createScriptedRepository({
    packages: [details], hosts: options.hosts ?? hosts, applications: options.applications ?? [
      { ...application, name: 'vpMediaControl_eu-mcp-01' },
      { ...application, id: 'a2', name: 'SIP_eu-mcp-01', type: 110, port: '5060' },
      { ...application, id: 'a3', name: 'confserv_primary', hostId: 'eu-sip-01', type: 21, port: '2020', primaryServer: '' },
      { ...application, id: 'a4', name: 'confserv_backup', hostId: 'eu-sip-02', type: 21, port: '2020', primaryServer: '' },
    ],
    tenants: [{ id: 'environment', name: 'Environment' }, { id: 'emea', name: 'EMEA' }],
    deployedPackages: options.deployedPackages ?? [sampleDeployed({ id: 'r1', hostId: 'eu-mcp-01', package: { ...details, version: '9.0.040.07' } })],
    deployments: options.deployments ?? [sampleDeployment({ id: 'd7', hosts: [{ hostId: 'eu-mcp-04', hostName: 'eu-mcp-04', applicationName: 'x', state: 'running', percent: 3, left: [] }] })],
  });
  const { service } = repository;
  const replies: PageReply[] = [];
  const waiting = new Map<number, (reply: PageReply) => void>();
  let listener: ((message: unknown) => void) | undefined;
  let lastId = 900_000;
  const bench: Partial<DeployBench> & Pick<DeployBench, 'plan' | 'agree' | 'trusted' | 'transfer' | 'calls' | 'started' | 'planned' | 'refused'> = {
    calls: [], started: [], planned: [], refused: [], agree: true, trusted: true, plan: (inputs) => planOf(inputs), transfer: () => undefined,
  };
  service.answer('packages/get', ({ id }) => {
    if (id !== details.id) throw new ProductError('general/not-found', { kind: 'package', name: id });
    return details;
  });
  service.answer('packages/files', () => [{ path: 'ip', type: 'directory', size: 0 }, { path: 'ip/install.sh', type: 'file', size: 10_700 }, { path: 'ip/lib/mcp.so', type: 'file', size: 4_200_000 }]);
  service.answer('deployments/questions', () => options.questions ?? { questions: [], notUnderstood: [] });
  service.answer('deployments/remembered', () => options.remembered ?? null);
  service.answer('packages/shared', () => []);
  const deployedOf = (id: string): DeployedPackage => {
    const found = repository.lists.deployedPackages.find((deployed) => deployed.id === id);
    if (!found) throw new ProductError('general/not-found', { kind: 'deployment', name: id });
    return found;
  };
  service.answer('deployments/prefill', ({ profile, packageId, deployedIds }) =>
    prefillInputs(profile, { packageId, tenantId: 'environment' }, deployedIds.map((id) => ({ deployed: deployedOf(id), installation: deployedOf(id), edits: [], ...options.entered?.(deployedOf(id).hostId) }))));
  service.answer('deployedPackages/profiles', ({ id }) => {
    const { status: _, ...installation } = deployedOf(id);
    const before = { ...installation, replaced: [], deploymentId: 'd0', at: '2026-09-30T15:41:00.000Z' };
    return { upgrades: [], rollBack: { possible: true, packageId: details.id, package: details, installation: before } };
  });
  service.answer('deployments/check', () => []);
  service.answer('deployments/plan', async (inputs) => {
    bench.planned.push(inputs);
    const host = await bench.plan(inputs);
    return { hash: createHash('sha256').update(JSON.stringify(host)).digest('hex').slice(0, 16), at: new Date().toISOString(), hosts: [host] };
  });
  const find = (id: string): Deployment => {
    const found = repository.lists.deployments.find((deployment) => deployment.id === id);
    if (!found) throw new ProductError('general/not-found', { kind: 'deployment', name: id });
    return found;
  };
  service.answer('deployments/get', ({ id }) => find(id));
  service.answer('deployments/inputs', ({ id }) => ({
    packageId: details.id, tenantId: 'environment', profile: 'install', hostIds: find(id).hosts.map(({ hostId }) => hostId), values: [], secretKeys: [], applicationName: '',
  }));
  const note = (name: string, ...args: readonly string[]): void => void bench.calls.push([name, ...args].join(' '));
  const ports: DeployWizardPorts = {
    locale, machine: 'ops-ws-12', service, state: repository.state, drafts: createDraftStore(workspace, 'deployWizard', deployDraft),
    secrets: {
      find: (item, key) => Promise.resolve(secrets.get(`${item.name} ${printKey(key)}`)),
      save: (item, key, value) => Promise.resolve(void secrets.set(`${item.name} ${printKey(key)}`, value)),
      forget: (item, key) => Promise.resolve(void secrets.delete(`${item.name} ${printKey(key)}`)),
    },
    beginDeployment: () => {
      note('beginDeployment');
      return () => note('endDeployment');
    },
    ownProtectedTags: () => [], isTrusted: () => bench.trusted,
    addHost: () => {
      note('addHost');
      repository.change({ hosts: [...repository.lists.hosts, sampleHost({ id: 'eu-new-01', system: linux, contact: reachable })] });
      return Promise.resolve('eu-new-01');
    },
    testHost: (id) => {
      note('testHost', id);
      repository.change({ hosts: repository.lists.hosts.map((host) => (host.id === id ? { ...host, system: linux, contact: reachable } : host)) });
      return Promise.resolve();
    },
    openHost: (id) => note('openHost', id),
    confirmDiscard: () => {
      note('confirmDiscard');
      return bench.agree ? Promise.resolve() : Promise.reject(new ProductError('general/cancelled'));
    },
    pickValue: (title, values) => {
      note('pickValue', title, values.join('|'));
      return Promise.resolve(values[0] ?? '');
    },
    stopAfterFailures: () => 1,
    showText: (title, text) => Promise.resolve(note('showText', title, text)),
    saveTask: ({ inputs }) => {
      note('saveTask', JSON.stringify(inputs));
      return Promise.resolve('Install Media Control Platform 9.0.046.06');
    },
    start: (request): Promise<Deployment> => {
      bench.started.push(request);
      const deployment = sampleDeployment({ id: 'deployment-1', packageId: 'package-1', hosts: request.inputs.hostIds.map((hostId) => sampleRun({ hostId })) });
      repository.change({ deployments: [...repository.lists.deployments, deployment] });
      return Promise.resolve(deployment);
    },
    progress: {
      followTransfers: (_, onProgress) => {
        bench.transfer = onProgress;
        return () => undefined;
      },
      retryHost: (deployment, run) => Promise.resolve(note('retryHost', deployment.id, run.hostName)),
      retryFailed: (deployment) => Promise.resolve(note('retryFailed', deployment.id)),
      stop: (deployment) => {
        note('stop', deployment.id);
        return bench.agree ? Promise.resolve() : Promise.reject(new ProductError('general/cancelled'));
      },
      pause: (deployment) => Promise.resolve(note('pause', deployment.id)),
      goOn: (deployment, hostId = 'all') => Promise.resolve(note('goOn', deployment.id, hostId)),
      resume: (deployment) => Promise.resolve(note('resume', deployment.id)),
      cleanUp: (deployment) => Promise.resolve(note('cleanUp', deployment.id)),
      showLog: (deployment, hostId = 'all') => Promise.resolve(note('showLog', deployment.id, hostId)),
      copyText: (text) => Promise.resolve(note('copyText', text)),
      openTerminal: (hostId) => Promise.resolve(note('openTerminal', hostId)),
    },
    report: (method, error) => void bench.refused.push(`${method} ${error instanceof ProductError ? error.code : String(error)}`),
  };
  const tab = createScriptedTab(shown, (given) => openDeployWizard({
    ...given,
    channel: {
      post: (message) => {
        replies.push(message);
        if ('id' in message && message.type !== 'taken') waiting.get(message.id)?.(message);
        given.channel.post(message);
      },
      onMessage: (listen) => {
        listener = listen;
        return given.channel.onMessage(listen);
      },
    },
  }, intent, ports));
  const opened = await browser.open({ kind: 'deployWizard', subject: shown, locale, ...(options.theme && { theme: options.theme }), ...(options.size && { size: options.size }), serve: (channel) => tab.serve(channel) });
  const { page } = opened;
  return Object.assign(bench, {
    opened, page, repository, workspace, secrets, replies,
    restart: () => tab.restart(),
    closed: () => tab.closed,
    say: (method: string, params: unknown) => new Promise<PageReply>((resolve) => {
      const id = ++lastId;
      waiting.set(id, resolve);
      listener?.({ type: 'request', id, method, params });
    }),
    next: () => page.getByRole('button', { name: locale === 'fr' ? 'Suivant' : 'Next' }).click(),
    heading: (name: string | RegExp) => page.getByRole('heading', { level: 2, name }).waitFor(),
    close: () => opened.close(),
  });
}
