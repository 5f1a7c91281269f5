import { checkInputs, silentIniForm } from '../../core/deployment/checkInputs';
import { chooseTemplates, readTemplates, type TemplateContent } from '../../core/configuration/templateContent';
import type { Deployment, DeploymentInputs, SilentIniValue } from '../../core/deployment/model';
import type { DeploymentPlan } from '../../core/deployment/planView';
import type { ResolvedInputs } from '../../core/deployment/replacedDeployments';
import { readQuestions, type PackageQuestions } from '../../core/deployment/questions';
import { ProductError } from '../../core/errors';
import { installerProgram } from '../../core/deployment/hostCommands';
import { familyOf, type Host } from '../../core/hosts/model';
import type { PackageDetails, PackageTemplate } from '../../core/packages/model';
import type { Locale } from '../../core/text/messages';
import { decodeText } from '../../core/text/utf8';
import type { DeploymentForm, DeploymentProblem, RememberedInputs } from '../../protocol/service';
import { createLimiter } from '../limiter';
import type { Questions } from '../questions';
import type { EngineParts } from './hostWork';
import { openPackageContent, packageFacts, type PackageContent } from './packageContent';
import { findApplicationDefaults } from './changedApplication';
import type { KnownPlans } from './knownPlans';
import { hashPlan, planHosts } from './planHosts';
import type { Replacements } from './replacements';
import { createStoredFiles } from './storedFiles';

/** What a person asks before a deployment. Nothing of it changes anything. */
export interface DeploymentPreparation extends Pick<Replacements, 'profiles' | 'prefill'> {
  /**
   * The silent.ini of a package as a form, filled from its own file and `values`.
   * @throws ProductError `general/not-found`
   */
  form(packageId: string, values: readonly SilentIniValue[], locale: Locale): Promise<DeploymentForm>;
  /** What is wrong with these inputs, in the reader's language. Hosts that they may not see are as if they did not exist. @throws ProductError `general/not-found` */
  check(inputs: DeploymentInputs, locale: Locale, sees?: (host: Host) => boolean): Promise<readonly DeploymentProblem[]>;
  /** What the package itself asks. @throws ProductError `general/not-found` */
  questions(packageId: string, signal: AbortSignal): Promise<PackageQuestions>;
  /**
   * Asks the hosts and says what a start with these inputs would do there. A start with the plan's hash is exactly that.
   * @param joins the hosts join a run that has them already, so that it keeps none of them busy for it
   * @throws ProductError `general/not-found`, `general/cancelled`, `format/silent-ini-value`
   */
  plan(inputs: DeploymentInputs, questions: Questions, signal: AbortSignal, joins?: boolean): Promise<DeploymentPlan>;
  /** The inputs of the last deployment of any version of the package, to one of `hostIds` when given, among those that `sees` admits. @throws ProductError `general/not-found` */
  remembered(packageId: string, hostIds?: readonly string[], sees?: (deployment: Deployment) => boolean): Promise<RememberedInputs | undefined>;
}

export interface PreparationOptions {
  readonly parts: EngineParts;
  readonly replacements: Replacements;
  readonly plans: KnownPlans;
  /** Hosts that are asked at the same time, for one plan. */
  readonly parallelHosts: number;
  /** The package of a deployment that works on a host now. */
  readonly busyWith: (hostId: string) => string | undefined;
}

/** Metadata templates of one package that are read for their questions; the vendor's packages have one or two. */
const mostMetadata = 5;

export function createPreparation({ parts, replacements, plans, parallelHosts, busyWith }: PreparationOptions): DeploymentPreparation & {
  readonly problemsOf: (resolved: ResolvedInputs, content: PackageContent, locale: Locale) => Promise<readonly DeploymentProblem[]>;
} {
  const { repository, limits } = parts;
  const stored = createStoredFiles(repository, limits);

  /** The files of a package that tell about it: the template of its application, and its metadata. Read in one go. */
  const readTold = async (details: PackageDetails, signal: AbortSignal) => {
    const chosen = chooseTemplates(details.templates, details.nickname);
    const metadata = details.templates.filter(({ format }) => format === 'xml').slice(0, mostMetadata);
    const paths = [...new Set([...chosen, ...metadata].map(({ path }) => path))];
    return { chosen, metadata, files: await stored.read(details, paths, signal) };
  };

  const problemsOf = async (
    { inputs, problems: replacing }: ResolvedInputs, content: PackageContent, locale: Locale, sees: (host: Host) => boolean = () => true,
  ): Promise<readonly DeploymentProblem[]> => {
    const known = new Map((await repository.listHosts()).filter(sees).map((host) => [host.id, host]));
    const { installerFolder, identity: { osGroup } } = content.facts;
    const installer = `${installerFolder === '' ? '' : `${installerFolder}/`}${installerProgram(osGroup)}`;
    // Windows does not tell the case of letters apart.
    const plain = (path: string): string => (familyOf(osGroup) === 'windows' ? path.toLowerCase() : path);
    const hasInstaller = content.files.some((file) => plain(file.path) === plain(installer));
    return checkInputs(inputs, { package: content.facts, hasInstaller, hosts: inputs.hostIds.map((id) => known.get(id)), replacing }, locale);
  };

  return {
    problemsOf,
    profiles: (deployedId) => replacements.profiles(deployedId),
    prefill: (profile, packageId, deployedIds) => replacements.prefill(profile, packageId, deployedIds),
    async form(packageId, values, locale) {
      return silentIniForm(packageFacts(await repository.getPackage(packageId), []), values, locale);
    },
    async check(inputs, locale, sees) {
      const content = await openPackageContent(repository, inputs.packageId, inputs.tenantId, limits);
      return await problemsOf(await replacements.resolve(inputs), content, locale, sees);
    },
    async questions(packageId, signal) {
      const details = await repository.getPackage(packageId);
      const { metadata, files } = await readTold(details, signal);
      return readQuestions({
        nickname: details.nickname,
        silentIni: { file: `${details.installerFolder === '' ? '' : `${details.installerFolder}/`}genesys_silent.ini`, text: details.silentIni ?? '' },
        metadata: metadata.flatMap(({ path }) => {
          const bytes = files.get(path);
          return bytes ? [{ file: path, text: decodeText(bytes) }] : [];
        }),
      });
    },
    async plan(given, questions, signal, joins = false) {
      const details = await repository.getPackage(given.packageId, given.tenantId);
      const { inputs, problems } = await replacements.resolve(given);
      const content = await openPackageContent(repository, inputs.packageId, inputs.tenantId, limits);
      const hosts = await Promise.all(inputs.hostIds.map((id) => repository.getHost(id)));
      const { chosen, files } = await readTold(details, signal);
      const template = templateContent(chosen, files);
      signal.throwIfAborted();
      const planned = await planHosts({
        parts, inputs, hosts, package: content, template, questions, busyWith: joins ? () => undefined : busyWith,
        defaults: await findApplicationDefaults(repository, inputs.tenantId),
        refused: new Map(problems.map(({ hostId, problem }) => [hostId, problem])),
        slots: createLimiter(Math.max(1, parallelHosts)),
      }, signal);
      const hash = hashPlan(inputs, content.facts.sha256, planned);
      plans.add(hash, inputs, content.facts.sha256, new Map(planned.flatMap(({ view: { hostId }, facts }) => (facts ? [[hostId, facts]] : []))));
      return { hash, at: new Date().toISOString(), hosts: planned.map(({ view }) => view) };
    },
    async remembered(packageId, hostIds, sees = () => true) {
      const { name, osGroup } = await repository.getPackage(packageId);
      const last = (await repository.listDeployments()).filter(sees).findLast((deployment) =>
        deployment.package.name === name && deployment.package.osGroup.toLowerCase() === osGroup.toLowerCase()
        && (hostIds === undefined || deployment.hosts.some((run) => hostIds.includes(run.hostId))));
      if (!last) return undefined;
      const inputs = await repository.getDeploymentInputs(last.id);
      return { deploymentId: last.id, at: last.startedAt, hostNames: last.hosts.map((run) => run.hostName), inputs };
    },
  };
}

function templateContent(chosen: readonly PackageTemplate[], files: ReadonlyMap<string, Uint8Array>): TemplateContent {
  return readTemplates(chosen.map((template) => {
    const bytes = files.get(template.path);
    if (!bytes) throw new ProductError('general/not-found', { kind: 'content', name: template.path });
    return { template, bytes };
  }));
}
