import { draftInputs, emptyDraft, isFilled, profileOf, type DeployDraft, type DeployPackage } from '../../../core/deployment/draft';
import { fieldNames, formFields, sameKey } from '../../../core/deployment/draftRules';
import { previewFile } from '../../../core/deployment/filePreview';
import type { DeployedPackage, Deployment, DeploymentInputs, DeploymentProfile, SilentIniKey, SilentIniValue } from '../../../core/deployment/model';
import type { PackageQuestions } from '../../../core/deployment/questions';
import { replacedOn } from '../../../core/deployment/replaceable';
import { isProductError, ProductError } from '../../../core/errors';
import { describeOperatingSystem } from '../../../core/packages/identity';
import { viewText } from '../../../core/text/viewText';
import { deployWizardText } from '../../../core/text/deployWizardText';
import { deployParametersText } from '../../../core/text/deployParametersText';
import { createText } from '../../../core/text/messages';
import { deployWizardContract, type DeployWizardContract, type FinishResult, type HostRow, type Remembered, type WizardPlan, type WizardStart } from '../../../protocol/page/deployWizard';
import type { ChangedArea } from '../../../protocol/service';
import type { OpenPage, PageTab } from '../pageDefinition';
import { servePage, type EmitEvent } from '../servePage';
import { createTrustGuard } from '../trustGuard';
import { checkedInputs, contextOf } from './checkedInputs';
import { checkGax } from './checkGax';
import { installDraft, prefilled, remembered, replacingDraft, startedDraft } from './draftSource';
import { diffRows, hostRows } from './hostRows';
import { makePlan, type KnownPlan } from './makePlan';
import { hostBasis, planBasis } from './planBasis';
import { readConfirmation } from './readConfirmation';
import type { DeployWizardIntent, DeployWizardPorts } from './ports';
import { createProgressPage } from './progressPage';
import { createReplaceableReader, type ReplaceableReader } from './replaceableHosts';

const areas: readonly ChangedArea[] = ['tenants', 'hosts', 'applications', 'deployments', 'deployedPackages'];
/** A plan that is older is made anew before the start. */
const planLifeMs = 30 * 60_000;

/** The package of a page with what the wizard asks about it; read once when the page is first shown. */
interface Loaded {
  readonly package: DeployPackage;
  readonly profile: DeploymentProfile;
  readonly questions: PackageQuestions;
  /** Keys whose value is a secret. */
  readonly secretKeys: readonly SilentIniKey[];
  /** Absent for an installation, which replaces nothing. */
  readonly replaceable?: ReplaceableReader;
}

/** Answers the deploy wizard of one package, or, for a subject without tenant, shows the deployment of that id. */
export function openDeployWizard(tab: PageTab, first: DeployWizardIntent | undefined, ports: DeployWizardPorts): OpenPage {
  const { locale, service, state, drafts } = ports;
  const { subject } = tab;
  let intent = first;
  const text = createText(locale, deployWizardText);
  const shownDeployment = subject.tenantId === undefined ? subject.id : undefined;
  const testing = new Set<string>();
  const stopWatching = state.watch(areas);
  const emit: EmitEvent<DeployWizardContract> = (name, value) => tab.channel.post({ type: 'event', name, value });
  let loaded: Promise<Loaded> | undefined;
  let draft = startingDraft();
  let keptFrom = intent === undefined || draft !== undefined ? drafts.read(subject)?.savedAt : undefined;
  let rows: readonly HostRow[] = [];
  let applications = '';
  let plan: { readonly of: string; readonly plan: WizardPlan } | undefined;
  const hostPlans = new Map<string, KnownPlan>();
  let endDeployment: (() => void) | undefined;
  let isStarting = false;

  function startingDraft(): DeployDraft | undefined {
    const kept = drafts.read(subject)?.draft;
    // A command begins anew beside a deployment that runs; a tab that comes back shows it.
    if (intent === undefined || kept?.step !== 'progress') return kept;
    return undefined;
  }

  const load = async (): Promise<Loaded> => {
    const { packageId: id, tenantId, profile } = shownDeployment === undefined
      ? { packageId: subject.id ?? '', tenantId: subject.tenantId, profile: subject.profile ?? ('install' as const) }
      : await service.request('deployments/get', { id: shownDeployment });
    const found = await service.request('packages/get', { id, tenantId });
    const item: DeployPackage = { ...found, silentIni: found.silentIni ?? '' };
    const questions = await service.request('deployments/questions', { packageId: item.id });
    const bare = { package: item, questions: questions.questions, hosts: new Map<string, HostRow>(), applications: [], tenants: [], savedSecrets: [] };
    const secretKeys = [
      ...questions.questions.filter(({ kind, target }) => kind === 'password' && target === 'silentIni'),
      ...formFields(emptyDraft(), bare, undefined, locale).filter(({ secret }) => secret),
    ].map(({ section, key }) => ({ section, key }));
    tab.setTitle(text('title', { profile, package: item.name, version: item.version }));
    return { package: item, profile, questions, secretKeys, ...(subject.profile && { replaceable: createReplaceableReader(service, item, subject.profile) }) };
  };
  const loadOnce = (): Promise<Loaded> => {
    loaded ??= load();
    loaded.catch(() => {
      loaded = undefined;
    });
    return loaded;
  };

  const savedSecrets = async ({ package: item, secretKeys }: Pick<Loaded, 'package' | 'secretKeys'>): Promise<readonly SilentIniKey[]> => {
    const values = await Promise.all(secretKeys.map((key) => ports.secrets.find(item, key)));
    return secretKeys.filter((_, index) => values[index] !== undefined && values[index] !== '');
  };
  const findDeployed = (fits: (deployed: DeployedPackage) => boolean): readonly DeployedPackage[] => state.snapshot.deployedPackages.filter(fits);
  const newDraft = async (item: DeployPackage): Promise<DeployDraft> => {
    if (subject.profile === undefined) return installDraft(service, item, intent);
    const meant = findDeployed(({ id }) => intent?.deployedIds?.includes(id) === true);
    // A tab that comes back knows only what it was opened for.
    const deployed = meant.length > 0 ? meant : findDeployed(({ applicationId }) => applicationId === subject.applicationId);
    return replacingDraft(service, subject.profile, item, deployed, subject.applicationId ?? '');
  };
  /** What can be filled in for these hosts, or for all that are chosen. */
  const fillable = async (item: DeployPackage, hostIds?: readonly string[]): Promise<Remembered | null> => {
    if (subject.profile === undefined) return remembered(service, item, hostIds);
    if (draft?.step === 'progress') return null;
    const ids = new Set((hostIds ?? draft?.hostIds ?? []).flatMap((hostId) => {
      const present = rows.find((row) => row.id === hostId)?.replaceable ?? [];
      return replacedOn(hostId, draft?.replaces ?? [], present)?.deployedId ?? [];
    }));
    const deployed = findDeployed(({ id }) => ids.has(id));
    return deployed.length === 0 ? null : prefilled(service, subject.profile, item, deployed);
  };
  const currentRows = async ({ package: item, replaceable }: Loaded): Promise<readonly HostRow[]> => hostRows(state.snapshot, item, { testing, locale, ownTags: ports.ownProtectedTags(), replaceable: await replaceable?.read(state.snapshot) });
  const currentContext = async () => {
    await state.ready(areas);
    const own = await loadOnce();
    return contextOf({
      package: own.package, questions: own.questions.questions, snapshot: state.snapshot, savedSecrets: await savedSecrets(own), replaceable: await own.replaceable?.read(state.snapshot),
    });
  };
  /** What a page sent, checked: the profile is that of the tab, whatever the page says. */
  const inputsOf = async (method: string, sent: DeployDraft): Promise<DeploymentInputs> => {
    const { profile } = await loadOnce();
    if (profileOf(sent) !== profile) throw new ProductError('general/bad-request', { method, reason: `this wizard does not ${profileOf(sent)}` });
    return checkedInputs(method, sent, await currentContext(), locale);
  };
  const requireTrust = createTrustGuard(ports);

  const start = async (): Promise<WizardStart> => {
    const own = await loadOnce();
    const { package: item, questions, profile } = own;
    await state.ready(areas);
    draft ??= shownDeployment === undefined ? { ...await newDraft(item), stopAfterFailures: ports.stopAfterFailures() } : await startedDraft(service, shownDeployment);
    if (intent?.deploymentId !== undefined) draft = { ...draft, step: 'progress', furthest: 'progress', deploymentId: intent.deploymentId };
    rows = await currentRows(own);
    const context = await currentContext();
    applications = JSON.stringify(context.applications);
    return {
      package: item, profile, system: describeOperatingSystem(item, createText(locale, viewText)('bit')), machine: ports.machine, draft,
      ...(keptFrom !== undefined && { draftOf: keptFrom.toISOString() }),
      // What was deployed since the draft was kept says so in the steps themselves.
      remembered: await fillable(item).catch((error: unknown) => (isProductError(error) ? null : Promise.reject(error as Error))),
      questions: questions.questions, notUnderstood: questions.notUnderstood,
      tenants: context.tenants, hosts: rows, applications: context.applications, savedSecrets: context.savedSecrets,
      plan: plan !== undefined && plan.of === planBasis(draftInputs(draft, context), state.snapshot) ? plan.plan : null,
    };
  };

  const stopListening = state.onChanged((changed) => {
    if (loaded === undefined || !changed.some((area) => areas.includes(area))) return;
    tell().catch((error: unknown) => ports.report('hosts', error));
  });
  const tell = async (): Promise<void> => {
    const context = await currentContext();
    const running = state.snapshot.deployments.find(({ id }) => id === draft?.deploymentId);
    if (running !== undefined && running.state !== 'running') {
      endDeployment?.();
      endDeployment = undefined;
    }
    const next = await currentRows(await loadOnce());
    const difference = diffRows(rows, next);
    rows = next;
    if (difference !== undefined) emit('hosts', difference);
    const known = JSON.stringify(context.applications);
    if (known !== applications) emit('applications', context.applications);
    applications = known;
  };

  /** Asks all hosts, whatever is known of them. */
  const planAnew = async (inputs: DeploymentInputs): Promise<WizardPlan> => {
    hostPlans.clear();
    return planWith(inputs);
  };
  /** Asks the hosts whose part of the plan is another one now. */
  const planWith = async (inputs: DeploymentInputs): Promise<WizardPlan> => {
    // What changes in the repository while hosts are asked is not what they were asked with.
    const { snapshot } = state;
    const of = planBasis(inputs, snapshot);
    const made = await makePlan(service, inputs, { locale, known: hostPlans, basisOf: (hostId) => hostBasis(inputs, snapshot, hostId), onDone: (done) => emit('planning', { done, all: inputs.hostIds.length }) });
    plan = { of, plan: made };
    return made;
  };

  /** Runs exactly the plan with this hash; one that is old, or of other inputs, is made anew first. */
  const runPlan = async (started: DeployDraft, hash: string, typed: string): Promise<FinishResult> => {
    const { package: item } = await loadOnce();
    const inputs = await inputsOf('deployment/start', started);
    const of = planBasis(inputs, state.snapshot);
    const confirmed = readConfirmation(rows, inputs.hostIds, item, typed);
    const isFresh = plan?.of === of && plan.plan.hash === hash && Date.now() - Date.parse(plan.plan.at) < planLifeMs;
    let shown = isFresh ? plan?.plan : undefined;
    if (shown === undefined) {
      shown = await planAnew(inputs);
      if (shown.hash !== hash) return { kind: 'changed', plan: shown };
    }
    if (isBlocked(shown)) throw new ProductError('general/bad-request', { method: 'deployment/start', reason: 'the plan cannot be run' });
    const secrets: SilentIniValue[] = [];
    for (const key of inputs.secretKeys) secrets.push({ ...key, value: (await ports.secrets.find(item, key)) ?? '' });
    const begin = (parts: readonly string[]): Promise<Deployment> => ports.start({ package: item, inputs, secrets, plan: parts, confirmed });
    let deployment: Deployment;
    try {
      deployment = await begin(shown.parts);
    } catch (error) {
      if (!isProductError(error, 'deploy/plan-unknown')) throw error;
      // The service has started anew since: it knows no plan that was made before.
      shown = await planAnew(inputs);
      if (shown.hash !== hash || isBlocked(shown)) return { kind: 'changed', plan: shown };
      deployment = await begin(shown.parts);
    }
    const createdOn = shown.hosts.filter(({ skip, application }) => skip === undefined && application.change === 'create').map(({ hostId }) => hostId);
    draft = { ...started, step: 'progress', furthest: 'progress', deploymentId: deployment.id, createdOn };
    await drafts.write(subject, draft);
    return { kind: 'started', deploymentId: deployment.id, createdOn };
  };

  const progress = createProgressPage(async () => (await loadOnce()).package.id, ports, (value) => emit('progress', value));
  const stopServing = servePage(deployWizardContract, tab.channel, {
    ...progress.handlers,
    'wizard/load': start,
    'wizard/keep': async ({ draft: kept }) => {
      // Which deployment runs is known here alone.
      draft = { ...kept, deploymentId: draft?.deploymentId, createdOn: draft?.createdOn };
      await drafts.write(subject, draft);
      return null;
    },
    'wizard/cancel': async () => {
      if (draft !== undefined && draft.deploymentId === undefined && isFilled(draft)) await ports.confirmDiscard();
      await drafts.forget(subject);
      tab.close();
      return null;
    },
    'wizard/close': async () => {
      if (draft?.deploymentId !== undefined) await drafts.forget(subject);
      tab.close();
      return null;
    },
    'wizard/startAgain': async () => {
      if (draft !== undefined && isFilled(draft)) await ports.confirmDiscard();
      await drafts.forget(subject);
      [draft, plan, keptFrom] = [undefined, undefined, undefined];
      return start();
    },
    'hosts/test': async ({ id }) => {
      requireTrust('hosts/test');
      testing.add(id);
      await tell();
      try {
        await ports.testHost(id);
      } finally {
        testing.delete(id);
        await tell();
      }
      return null;
    },
    'hosts/add': async () => {
      requireTrust('hosts/add');
      return ports.addHost();
    },
    'hosts/open': ({ id }) => {
      if (!rows.some((row) => row.id === id)) throw new ProductError('general/not-found', { kind: 'host', name: id });
      ports.openHost(id);
      return null;
    },
    'remembered/get': async ({ hostIds }) => fillable((await loadOnce()).package, hostIds),
    'values/browse': async ({ title, values }) => ports.pickValue(title, values),
    'secrets/save': async ({ section, key, value }) => {
      requireTrust('secrets/save');
      const own = await loadOnce();
      requireSecret(own, { section, key });
      await ports.secrets.save(own.package, { section, key }, value);
      return savedSecrets(own);
    },
    'secrets/forget': async ({ section, key }) => {
      const own = await loadOnce();
      requireSecret(own, { section, key });
      await ports.secrets.forget(own.package, { section, key });
      return savedSecrets(own);
    },
    'silentIni/open': async ({ draft: shown, hostId }) => {
      const context = await currentContext();
      const content = previewFile(shown, context, hostId);
      await ports.showText(createText(locale, deployParametersText)('previewTitle', { package: context.package.name, version: context.package.version }), content);
      return null;
    },
    'gax/check': async ({ draft: asked, hostId }) => {
      requireTrust('gax/check');
      endDeployment ??= ports.beginDeployment();
      return checkGax(service, draftInputs(asked, await currentContext()), hostId, locale);
    },
    'package/files': async () => service.request('packages/files', { id: (await loadOnce()).package.id }),
    'plan/make': async ({ draft: planned, again = false }) => {
      requireTrust('plan/make');
      const inputs = await inputsOf('plan/make', planned);
      endDeployment ??= ports.beginDeployment();
      const isOld = plan === undefined || Date.now() - Date.parse(plan.plan.at) >= planLifeMs;
      return again || isOld ? planAnew(inputs) : planWith(inputs);
    },
    'task/save': async ({ draft: saved }) => {
      requireTrust('task/save');
      return ports.saveTask({ package: (await loadOnce()).package, inputs: await inputsOf('task/save', saved) });
    },
    'deployment/start': async ({ draft: started, hash, typed = '' }): Promise<FinishResult> => {
      requireTrust('deployment/start');
      // A page that was loaded anew meanwhile knows nothing of the first press.
      if (isStarting || draft?.deploymentId !== undefined) throw new ProductError('general/bad-request', { method: 'deployment/start', reason: 'it has been started' });
      isStarting = true;
      try {
        return await runPlan(started, hash, typed);
      } finally {
        isStarting = false;
      }
    },
  }, { locale, report: (method, error) => ports.report(method, error) });
  return {
    receive: (next) => {
      intent = next;
      if (draft?.step === 'progress' && shownDeployment === undefined) {
        // What runs goes on, and is shown from the list of deployments.
        [draft, plan, keptFrom] = [undefined, undefined, undefined];
        void drafts.forget(subject).then(() => emit('begin', null), (error: unknown) => ports.report('begin', error));
      } else if (intent.hostIds !== undefined) emit('choose', { hostIds: intent.hostIds });
    },
    dispose: () => {
      endDeployment?.();
      stopServing();
      progress.dispose();
      stopListening();
      stopWatching();
    },
  };
}

function requireSecret({ secretKeys }: Loaded, key: SilentIniKey): void {
  if (!secretKeys.some((other) => sameKey(other, key))) throw new ProductError('general/bad-request', { method: 'secrets/save', reason: `${fieldNames.valueOf(key)} holds no secret` });
}

/** Whether something stands against running a plan. */
function isBlocked(plan: WizardPlan): boolean {
  return plan.problems.length > 0 || plan.hosts.some(({ skip, error, problems }) => skip === undefined && (error !== undefined || problems.length > 0));
}
