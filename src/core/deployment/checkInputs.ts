import { canBeEntered, describeKey } from '../configuration/applicationValue';
import { describeError, isProductError, type ErrorCode, type ErrorData } from '../errors';
import { describeProblem } from '../formats/describeProblem';
import { setSilentIniValues } from '../formats/silentIni/edit';
import { parseSilentIni, printSilentIni, type SilentIniDocument } from '../formats/silentIni/parse';
import { checkSilentIni } from '../formats/silentIni/rules';
import { silentIniFields, type SilentIniField } from '../formats/silentIni/form';
import { isSecretKey, maskSecrets } from '../formats/silentIni/secrets';
import type { Host, HostSystem } from '../hosts/model';
import { bitWidths, describeOperatingSystem } from '../packages/identity';
import { compareVersions } from '../packages/version';
import { mask } from '../text/mask';
import type { Locale, MessageArguments } from '../text/messages';
import type { PackageFacts } from './facts';
import { installerProgram } from './hostCommands';
import { hostFit, neededReleases } from './hostFit';
import { hasOwnValues, inputsForHost } from './hostInputs';
import type { DeploymentInputs, SilentIniKey, SilentIniValue } from './model';
import type { ReplaceProblem } from './replacedDeployments';
import { findNotAsked, gaxDirectoryKey, samePlace } from './plugIn';
import { lookUpSilentIni, valuesForHost } from './silentIni';

/** What is wrong with the inputs of a deployment. `code` is an error's or a rule's; the sentence is in the reader's language. */
export interface InputProblem {
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  readonly section?: string;
  readonly key?: string;
  /** Set when it is about the own values of one host. */
  readonly hostId?: string;
}

/** What the check needs beside the inputs. */
export interface InputContext {
  readonly package: Pick<PackageFacts, 'identity' | 'silentIni' | 'installerFolder' | 'licenseNeeded' | 'supportedSystems'> & Partial<Pick<PackageFacts, 'plugIn' | 'nickname'>>;
  /** The package has the program that installs it (`installerProgram`). */
  readonly hasInstaller: boolean;
  /** In the order of `inputs.hostIds`; undefined: there is none of that id. */
  readonly hosts: readonly (Pick<Host, 'id' | 'name' | 'system'> | undefined)[];
  /** What stands against taking the place of what is deployed. */
  readonly replacing?: readonly ReplaceProblem[];
}

/** The first release whose installer knows a silent mode. */
const firstSilentVersion = '7.5';

/** What stands against a deployment with these inputs before any host is asked. */
export function checkInputs(inputs: DeploymentInputs, context: InputContext, locale: Locale): readonly InputProblem[] {
  const problems: InputProblem[] = [];
  const add = (severity: InputProblem['severity'], code: ErrorCode, args: MessageArguments, where?: SilentIniKey) =>
    problems.push({ code, message: describeError(locale, { code, args }), severity, ...(where && { section: where.section, key: where.key }) });

  const { package: facts } = context;
  const name = `${facts.identity.name} ${facts.identity.version}`;
  if (['linux', 'windows'].includes(facts.identity.osGroup.toLowerCase()) && !context.hasInstaller) {
    add('error', 'deploy/installer-missing', { package: name, file: `${facts.installerFolder}/${installerProgram(facts.identity.osGroup)}` });
  }
  if (compareVersions(facts.identity.version, firstSilentVersion) < 0) add('error', 'deploy/no-silent-mode', { package: name });

  inputs.hostIds.forEach((id, i) => {
    const host = context.hosts[i];
    if (!host) add('error', 'deploy/host-unknown', { host: id });
    else if (inputs.hostIds.indexOf(id) !== i) add('error', 'deploy/host-twice', { host: host.name });
    else if (host.system && hostFit({ ...facts.identity, supportedSystems: facts.supportedSystems }, host.system) !== 'fits') {
      add('warning', 'deploy/host-system', { host: host.name, runs: host.system.release, package: name, ...describeNeeds(facts, host.system) });
    }
  });

  for (const { hostId, problem } of context.replacing ?? []) {
    problems.push({ code: problem.code, message: describeError(locale, problem), severity: 'error', hostId });
  }

  if (facts.plugIn) problems.push(...checkPlugIn(inputs, { ...facts, nickname: facts.nickname ?? '' }, context.hosts, locale));

  if (facts.silentIni === '') add('warning', 'deploy/no-silent-ini', { package: name });
  // The application object is kept in the repository, and shown.
  for (const option of inputs.options ?? []) {
    if (option.value !== '' && isSecretKey(option.section, option.key)) add('error', 'deploy/secret-option', { option: `${option.section}/${option.key}` }, option);
  }
  for (const { part, section, key, value, hostId } of inputs.applicationEdits ?? []) {
    const name = describeKey({ part, section, key });
    const wrong = !canBeEntered({ part, section, key }) ? { code: 'deploy/application-value' as const, args: { key: name } }
      : value !== '' && part !== 'field' && isSecretKey(section, key) ? { code: 'deploy/secret-option' as const, args: { option: name } } : undefined;
    if (wrong) problems.push({ code: wrong.code, message: describeError(locale, wrong), severity: 'error', ...(hostId !== undefined && { hostId }) });
  }
  problems.push(...checkValuesOfHosts(inputs, facts, locale));
  return problems;
}

/** What a plug-in does not ask for, and a path that would have GAX itself moved away. */
function checkPlugIn(inputs: DeploymentInputs, facts: Omit<InputContext['package'], 'nickname'> & { readonly nickname: string }, hosts: InputContext['hosts'], locale: Locale): readonly InputProblem[] {
  const { name, version } = facts.identity;
  const asError = (error: ErrorData, hostId?: string): InputProblem => ({ code: error.code, message: describeError(locale, error), severity: 'error', ...(hostId !== undefined && { hostId }) });
  const key = gaxDirectoryKey({ ...facts, ...facts.identity });
  const overGax = key === undefined ? [] : inputs.hostIds.flatMap((hostId, i) => {
    const value = lookUpSilentIni(facts.silentIni, inputsForHost(inputs, hostId).values);
    const path = value('IPCommon', 'InstallPath') ?? '';
    return path !== '' && samePlace(path, value(key.section, key.key) ?? '') ? [asError({ code: 'plugIn/path-is-gax', args: { host: hosts[i]?.name ?? hostId, path } }, hostId)] : [];
  });
  return [...findNotAsked(inputs, `${name} ${version}`).map((error) => asError(error)), ...overGax];
}

/** What of a package's needs the host does not meet: its releases where only those are too new. */
function describeNeeds({ identity, supportedSystems }: Pick<PackageFacts, 'identity' | 'supportedSystems'>, system: HostSystem): { readonly needs: string; readonly needsBits: string } {
  const needs = { ...identity, supportedSystems };
  if (hostFit(needs, system) !== 'wrong-release') {
    return { needs: describeOperatingSystem({ ...identity, computerTypes: [] }, ''), needsBits: bitWidths(identity).join('/') || 'none' };
  }
  return { needs: [...new Set(neededReleases(needs, system).map(({ name, version = '' }) => `${name} ${version}`.trim()))].join(', '), needsBits: 'none' };
}

/** What all hosts share is checked once, then each host with values of its own; what is wrong for all is not said again for one. */
function checkValuesOfHosts(inputs: DeploymentInputs, facts: InputContext['package'], locale: Locale): readonly InputProblem[] {
  const own = new Set(inputs.hostIds.filter((id) => hasOwnValues(inputs, id)));
  const shared = own.size > 0 && own.size === new Set(inputs.hostIds).size ? [] : checkValues(inputs, facts, locale);
  const said = new Set(shared.map(identityOf));
  const ofHosts = [...own].flatMap((hostId) =>
    checkValues(inputsForHost(inputs, hostId), facts, locale).filter((problem) => !said.has(identityOf(problem))).map((problem) => ({ ...problem, hostId })));
  return [...shared, ...ofHosts];
}

function identityOf({ code, section, key, message }: InputProblem): string {
  return JSON.stringify([code, section, key, message]);
}

function checkValues(inputs: DeploymentInputs, facts: InputContext['package'], locale: Locale): InputProblem[] {
  const problems: InputProblem[] = [];
  const add = (code: ErrorCode, args: MessageArguments, where: SilentIniKey) =>
    problems.push({ code, message: describeError(locale, { code, args }), severity: 'error', section: where.section, key: where.key });
  const known = parseSilentIni(facts.silentIni);
  const seen = new Set<string>();
  for (const entered of [...inputs.values, ...inputs.secretKeys]) {
    const { section, key } = entered;
    const label = `[${section}] ${key}`;
    if (seen.has(label)) add('deploy/value-twice', { key: label }, entered);
    seen.add(label);
    if ('value' in entered && entered.value !== '' && isSecretKey(section, key)) add('deploy/secret-as-value', { key: label }, entered);
  }
  const masked = inputs.secretKeys.map(({ section, key }): SilentIniValue => ({ section, key, value: mask }));
  const values = valuesForHost(facts.silentIni, inputs.values, 'application');
  try {
    return [...problems, ...checkFile(setSilentIniValues(known, [...values, ...masked]), known, inputs, facts, locale)];
  } catch (error) {
    if (!isProductError(error)) throw error;
    const { section, key } = error.args;
    return [...problems, { code: error.code, message: describeError(locale, error), severity: 'error', section: String(section), key: String(key) }];
  }
}

/** Rules that say what is still to be entered; every other one is about what somebody wrote. */
const missingValueRules = new Set(['silentIni.required-key', 'silentIni.required-value', 'silentIni.placeholder']);

/** What is wrong with an entered value, or missing, counts as it is; what is odd about the rest of the vendor's file is none of the user's making. */
function checkFile(document: SilentIniDocument, known: SilentIniDocument, inputs: DeploymentInputs, facts: InputContext['package'], locale: Locale): InputProblem[] {
  return checkSilentIni(document, { known, osGroup: facts.identity.osGroup, licenseNeeded: facts.licenseNeeded }).flatMap((problem): InputProblem[] => {
    if (problem.code === 'silentIni.plain-password' || (problem.severity !== 'error' && problem.severity !== 'warning')) return [];
    const where = placeOf(document, problem) ?? readPlace(problem.args);
    const isHere = ({ section, key }: SilentIniKey): boolean => section === where?.section && key === where.key;
    // A secret is only masked here: nothing can be said of it.
    if (inputs.secretKeys.some(isHere)) return [];
    const counts = missingValueRules.has(problem.code) || inputs.values.some(isHere);
    return [{ code: problem.code, message: describeProblem(locale, problem), severity: counts ? problem.severity : 'warning', ...where }];
  });
}

function placeOf(document: SilentIniDocument, { start, end }: { readonly start: number; readonly end: number }): SilentIniKey | undefined {
  for (const { header, entries } of document.sections) {
    const entry = entries.find((candidate) => start >= candidate.start && end <= candidate.end);
    if (entry) return { section: header.name, key: entry.key };
  }
  return undefined;
}

function readPlace({ section, key }: MessageArguments): SilentIniKey | undefined {
  return typeof section === 'string' && typeof key === 'string' ? { section, key } : undefined;
}

/** The silent.ini of a package as a form with the values put in so far, and as the file it would be, secrets masked. */
export function silentIniForm(facts: PackageFacts, values: readonly SilentIniValue[], locale: Locale): { readonly fields: readonly SilentIniField[]; readonly preview: string } {
  const known = parseSilentIni(facts.silentIni);
  const document = setSilentIniValues(known, values);
  return { fields: silentIniFields(document, locale, { known, osGroup: facts.identity.osGroup, licenseNeeded: facts.licenseNeeded }), preview: maskSecrets(printSilentIni(document)) };
}
