import { describeError } from '../errors';
import { silentIniFields, type SilentIniField } from '../formats/silentIni/form';
import { parseSilentIni } from '../formats/silentIni/parse';
import { bitWidths, describeOperatingSystem } from '../packages/identity';
import { deployWizardText, type DeployWizardTextKey } from '../text/deployWizardText';
import { createText, type Locale, type Text } from '../text/messages';
import { checkInputs } from './checkInputs';
import {
  applicationNameOf, applicationParameters, chosenHosts, draftInputs, profileOf, replacedOnHost, valuesFor, type DeployDraft, type DeployHost, type DeployStep, type DraftContext,
} from './draft';
import { setWritable } from './filePreview';
import { hostFit } from './hostFit';
import type { DeploymentInputs, SilentIniKey } from './model';
import { isGaxDirectory, plugInDraft } from './plugInDraft';
import type { PackageQuestion } from './questions';
import { mayReplaceOn } from './replaceable';

/** The steps that have values to be wrong. */
export type ValueStep = Extract<DeployStep, 'hosts' | 'application' | 'silentIni'>;

/** What is wrong in a draft, or should be considered. The first of a step is the first in its order on the page. */
export interface DraftProblem {
  readonly step: ValueStep;
  /** Names the field: the page makes its control's id from it. */
  readonly field: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  /** Set where only one host's own value is wrong. */
  readonly hostId?: string;
}

/** Names of fields. */
export const fieldNames = {
  hosts: 'hosts',
  applicationOf: (hostId: string): string => `application-${hostId}`,
  tenantObject: 'tenantObject',
  port: 'port',
  primaryServer: 'primaryServer',
  backupServer: 'backupServer',
  gaxDirectoryOf: (hostId: string): string => `gax-directory-${hostId}`,
  valueOf: ({ section, key }: SilentIniKey): string => `value-${section}-${key}`,
} as const;

/** Everything that is wrong with a draft. The page shows it; the host refuses to plan or start with an error among it. */
export function checkDraft(draft: DeployDraft, context: DraftContext, locale: Locale): readonly DraftProblem[] {
  const text = createText(locale, deployWizardText);
  const application = context.package.kind === 'plug-in' ? checkPlugIn(draft, context, locale) : checkApplication(draft, context, text);
  return [...checkHosts(draft, context, text), ...application, ...checkSilentIniValues(draft, context, locale, text)];
}

/** The errors of one step. */
export function errorsOf(problems: readonly DraftProblem[], step: DeployStep): readonly DraftProblem[] {
  return problems.filter((problem) => problem.step === step && problem.severity === 'error');
}

function problemsAt(step: ValueStep): { readonly list: DraftProblem[]; readonly add: Add } {
  const list: DraftProblem[] = [];
  return { list, add: (field, message, hostId) => void list.push({ step, field, message, severity: 'error', ...(hostId !== undefined && { hostId }) }) };
}

function checkHosts(draft: DeployDraft, context: DraftContext, text: Text<DeployWizardTextKey>): readonly DraftProblem[] {
  const { list, add } = problemsAt('hosts');
  if (draft.hostIds.length === 0) add(fieldNames.hosts, text('chooseAHost'));
  for (const id of draft.hostIds) {
    const host = context.hosts.get(id);
    if (host === undefined) add(fieldNames.hosts, text('hostGone', { host: id }));
    else if (!mayReplaceOn(host.replaceable)) add(fieldNames.hosts, text('hostNothingToReplace', { host: host.name, profile: profileOf(draft), version: context.package.version }));
    else if (!mayBeChosen(context, host)) add(fieldNames.hosts, text('hostWrongSystem', { host: host.name, system: describeSystem(host) }));
  }
  return list;
}

/** Which GAX the plug-in goes into on each host, and where that is. */
function checkPlugIn(draft: DeployDraft, context: DraftContext, locale: Locale): readonly DraftProblem[] {
  return plugInDraft(draftInputs(draft, context), draft, context).problems.map(({ hostId, problem }): DraftProblem => {
    const [step, field] = problem.code === 'plugIn/no-gax' ? ['hosts' as const, fieldNames.hosts]
      : problem.code === 'plugIn/several-gax' || problem.code === 'plugIn/not-gax' ? ['application' as const, fieldNames.applicationOf(hostId)]
        : ['silentIni' as const, problem.code === 'plugIn/path-is-gax' ? fieldNames.valueOf({ section: 'IPCommon', key: 'InstallPath' }) : fieldNames.gaxDirectoryOf(hostId)];
    return { step, field, message: describeError(locale, problem), severity: 'error' };
  });
}

/**
 * A host whose system is known not to fit cannot be chosen, nor one that has nothing to be replaced; one that was never
 * asked can, and is asked before anything is sent.
 */
export function mayBeChosen({ package: item }: Pick<DraftContext, 'package'>, host: Pick<DeployHost, 'system' | 'replaceable'>): boolean {
  const fit = hostFit(item, host.system);
  return (fit === 'fits' || fit === 'unknown') && mayReplaceOn(host.replaceable);
}

function describeSystem({ system }: DeployHost): string {
  if (system === undefined) return '';
  return system.release === '' ? describeOperatingSystem({ osGroup: system.osGroup, computerTypes: [] }, '') : `${system.release}, ${system.bits}`;
}

/** What a package needs, in words of one cell: the system, or the width where only that differs. */
export function neededBits(item: Pick<DraftContext['package'], 'computerTypes'>): string {
  return bitWidths(item).join('/');
}

const longest = 255;
const control = /[\u0000-\u001f\u007f]/;

function checkApplication(draft: DeployDraft, context: DraftContext, text: Text<DeployWizardTextKey>): readonly DraftProblem[] {
  const { list, add } = problemsAt('application');
  const hosts = chosenHosts(draft, context);
  const hostOfName = new Map<string, DeployHost>();
  for (const host of hosts) {
    const field = fieldNames.applicationOf(host.id);
    const name = applicationNameOf(draft, context.package, host);
    const earlier = hostOfName.get(name);
    const elsewhere = context.applications.find((known) => known.name === name && known.hostId !== host.id && known.state === 'enabled');
    const owner = elsewhere === undefined ? undefined : context.hosts.get(elsewhere.hostId);
    const replaced = replacedOnHost(draft, host);
    if (replaced?.barred !== undefined) add(field, text(replaced.barred, { application: replaced.applicationName, installed: replaced.version, version: context.package.version }));
    else if (name.trim() === '') add(field, text('nameEmpty'));
    else if (replaced !== undefined && name !== replaced.applicationName && context.applications.some((known) => known.name === name && known.hostId === host.id && known.state === 'enabled')) {
      add(field, text('nameOfOther', { name, host: host.name }));
    }
    else if (earlier !== undefined) add(field, text('nameTwice', { name, host: earlier.name }));
    else if (owner !== undefined) add(field, text('nameElsewhere', { name, host: owner.name }));
    else checkName(name, field, text, add);
    hostOfName.set(name, host);
  }
  const { tenantObject, port, primaryServer, backupServer } = applicationParameters(draft, context);
  if (draft.application.tenantObject?.trim() === '') add(fieldNames.tenantObject, text('tenantEmpty'));
  else checkName(tenantObject, fieldNames.tenantObject, text, add);
  checkPort(port, draft, context, hosts, text, add);
  checkName(primaryServer, fieldNames.primaryServer, text, add);
  if (backupServer !== '' && primaryServer === '') add(fieldNames.primaryServer, text('backupAlone'));
  if (backupServer !== '' && backupServer === primaryServer) add(fieldNames.backupServer, text('backupIsPrimary'));
  else checkName(backupServer, fieldNames.backupServer, text, add);
  return list;
}

type Add = (field: string, message: string, hostId?: string) => void;

function checkName(name: string, field: string, text: Text<DeployWizardTextKey>, add: Add): void {
  if (name.length > longest) add(field, text('nameTooLong'));
  else if (control.test(name)) add(field, text('nameControl'));
}

function checkPort(port: string, draft: DeployDraft, context: DraftContext, hosts: readonly DeployHost[], text: Text<DeployWizardTextKey>, add: Add): void {
  if (port === '') return;
  const number = Number(port);
  if (!/^\d{1,5}$/.test(port) || number < 1 || number > 65_535) return add(fieldNames.port, text('portRange'));
  // An object that is replaced gives its port up, whatever it will be called.
  const names = new Map(hosts.map((host) => [host.id, [applicationNameOf(draft, context.package, host), replacedOnHost(draft, host)?.applicationName]]));
  const others = context.applications.filter(({ hostId, name, state }) => state === 'enabled' && names.get(hostId)?.includes(name) === false);
  const used = others.find((other) => other.port !== '' && Number(other.port) === number);
  if (used === undefined) return;
  const taken = new Set(others.map((other) => Number(other.port)));
  let free = number;
  while (taken.has(free)) free = free + 10 > 65_535 ? 1024 : free + 10;
  add(fieldNames.port, text('portUsed', { port, application: used.name, host: context.hosts.get(used.hostId)?.name ?? '', free: String(free) }));
}

/** The silent.ini values for all hosts, then the own ones of each: checked as the service will. */
function checkSilentIniValues(draft: DeployDraft, context: DraftContext, locale: Locale, text: Text<DeployWizardTextKey>): readonly DraftProblem[] {
  const problems = [...checkQuestions(draft, context, undefined, text), ...checkFor(draft, context, undefined, locale)];
  const told = new Set(problems.map(identify));
  for (const host of chosenHosts(draft, context)) {
    if (!draft.hostValues.some(({ hostId }) => hostId === host.id)) continue;
    const own = [...checkQuestions(draft, context, host.id, text), ...checkFor(draft, context, host.id, locale)];
    problems.push(...own.filter((problem) => !told.has(identify(problem))).map((problem) => ({ ...problem, hostId: host.id })));
  }
  const order = new Map(formFields(draft, context, undefined, locale).map((field, index) => [fieldNames.valueOf(field), index]));
  const questions = new Set(context.questions.map(fieldNames.valueOf));
  const rank = ({ field }: DraftProblem): number => (questions.has(field) ? -1 : (order.get(field) ?? order.size));
  return problems.sort((a, b) => rank(a) - rank(b));
}

function identify({ field, message }: DraftProblem): string {
  return `${field}\n${message}`;
}

function checkFor(draft: DeployDraft, context: DraftContext, hostId: string | undefined, locale: Locale): readonly DraftProblem[] {
  const { package: item } = context;
  const inputs: DeploymentInputs = { ...draftInputs(draft, context), values: valuesFor(draft, context, hostId), hostValues: [], hostIds: [] };
  const facts = { identity: item, supportedSystems: item.supportedSystems ?? [], silentIni: item.silentIni, installerFolder: item.installerFolder, licenseNeeded: item.licenseNeeded };
  return checkInputs(inputs, { package: facts, hasInstaller: true, hosts: [] }, locale).flatMap((problem): DraftProblem[] => {
    const { section, key, message, severity } = problem;
    return section === undefined || key === undefined || isGaxDirectory(item, { key }) ? [] : [{ step: 'silentIni', field: fieldNames.valueOf({ section, key }), message, severity }];
  });
}

function checkQuestions(draft: DeployDraft, context: DraftContext, hostId: string | undefined, text: Text<DeployWizardTextKey>): DraftProblem[] {
  const { list, add } = problemsAt('silentIni');
  const values = valuesFor(draft, context, hostId);
  for (const question of askedQuestions(context)) {
    const field = fieldNames.valueOf(question);
    if (question.kind === 'password') {
      if (question.required && !context.savedSecrets.some((saved) => sameKey(saved, question))) add(field, text('questionEmpty'));
      continue;
    }
    const entered = question.target === 'option' ? draft.options : values;
    const value = answerOf(question, entered.find((other) => sameKey(other, question))?.value);
    if (question.required && value.trim() === '') add(field, text('questionEmpty'));
    else if (question.kind === 'number' && value !== '' && !/^-?\d+(\.\d+)?$/.test(value)) add(field, text('questionNumber'));
    else if (question.kind === 'choice' && value !== '' && question.choices?.includes(value) === false) add(field, text('questionChoice'));
  }
  return list;
}

/** The questions of a package that are asked as such: the GAX directory of a plug-in has a place of its own. */
export function askedQuestions({ package: item, questions }: Pick<DraftContext, 'package' | 'questions'>): readonly PackageQuestion[] {
  return questions.filter((question) => question.target === 'option' || !isGaxDirectory(item, question));
}

/** What stands as the answer to a question: what was entered, else what the package says. */
export function answerOf(question: Pick<PackageQuestion, 'value'>, entered: string | undefined): string {
  return entered ?? question.value;
}

export function sameKey(a: SilentIniKey, b: SilentIniKey): boolean {
  return a.section === b.section && a.key === b.key;
}

/** The fields of the form for one host, or for all, without those that are asked as questions. */
export function formFields(draft: DeployDraft, context: DraftContext, hostId: string | undefined, locale: Locale): readonly SilentIniField[] {
  const { package: item } = context;
  const known = parseSilentIni(item.silentIni);
  const document = setWritable(known, valuesFor(draft, context, hostId));
  const fields = silentIniFields(document, locale, { known, osGroup: item.osGroup, licenseNeeded: item.licenseNeeded });
  const own = silentIniFields(known, locale, { known, osGroup: item.osGroup, licenseNeeded: item.licenseNeeded });
  // What was emptied is still asked for.
  const required = new Set(own.filter((field) => field.required).map(fieldNames.valueOf));
  return fields.filter((field) => !isGaxDirectory(item, field) && !context.questions.some((question) => question.target === 'silentIni' && sameKey(question, field)))
    .map((field) => (required.has(fieldNames.valueOf(field)) ? { ...field, required: true } : field));
}
