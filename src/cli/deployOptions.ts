import { parseKey } from '../core/configuration/applicationValue';
import type { ApplicationEdit, ApplicationParameters, DeploymentInputs, DeploymentOrder, DeploymentProfile, SilentIniKey, SilentIniValue } from '../core/deployment/model';
import { defaultStopAfterFailures, parseOrder } from '../core/deployment/order';
import { isSecretKey } from '../core/formats/silentIni/secrets';
import { readPlugInOptions, type PlugInOptions } from './plugInOptions';
import { parseOptions, requireArgument, UsageError } from './usage';

/** What a command line says of a deployment, before anything is looked up. */
export interface DeployOptions {
  readonly reference: string;
  readonly hostNames: readonly string[];
  readonly profile: DeploymentProfile;
  readonly tenant: string | undefined;
  readonly values: readonly SilentIniValue[];
  /** Names of secret keys, `section.key`. */
  readonly secretNames: readonly string[];
  /** Empty: not given. */
  readonly applicationName: string;
  /** Absent when nothing was given: what an existing application object says stays. */
  readonly application: ApplicationParameters | undefined;
  /** What is said of the GAX that a plug-in goes into; absent: nothing. */
  readonly plugIn: PlugInOptions | undefined;
  readonly edits: readonly ApplicationEdit[];
  readonly skipReinstallation: boolean;
  readonly order: DeploymentOrder;
  /** 0: the others go on whatever fails. */
  readonly stopAfterFailures: number;
  readonly takeOverLocks: boolean;
  readonly dryRun: boolean;
  readonly plan: string | undefined;
  /** What confirms a deployment to protected hosts. */
  readonly confirmed: readonly string[];
  readonly acceptNewHostKey: boolean;
  readonly secretsFromStdin: boolean;
  readonly json: boolean;
}

const profiles: readonly DeploymentProfile[] = ['install', 'upgrade', 'rollBack'];

/** Reads the arguments of a verb that deploys. @param profile the verb's own; then `--profile` is none of its options */
export function readDeployOptions(args: readonly string[], profile?: DeploymentProfile): DeployOptions {
  const { values, positionals } = parseOptions(args, {
    host: { type: 'string', multiple: true }, profile: { type: 'string' }, set: { type: 'string', multiple: true }, 'set-secret': { type: 'string', multiple: true },
    app: { type: 'string' }, 'gax-application': { type: 'string' }, 'gax-directory': { type: 'string', multiple: true }, 'app-tenant': { type: 'string' }, 'app-port': { type: 'string' }, 'app-server': { type: 'string' }, 'app-backup-server': { type: 'string' },
    'app-set': { type: 'string', multiple: true }, tenant: { type: 'string' }, 'skip-reinstallation': { type: 'boolean' }, order: { type: 'string' }, 'stop-after': { type: 'string' }, 'take-over-locks': { type: 'boolean' }, 'dry-run': { type: 'boolean' }, plan: { type: 'string' }, confirm: { type: 'string', multiple: true },
    'accept-new-host-key': { type: 'boolean' }, 'secrets-stdin': { type: 'boolean' }, json: { type: 'boolean' },
  });
  if (profile !== undefined && values.profile !== undefined) throw new UsageError('unknownOption', { option: '--profile' });
  const reference = requireArgument(positionals, 0, 'NAME');
  // `--host a b` reads as one option and one argument more.
  const hostNames = [...(values.host ?? []), ...positionals.slice(1)].flatMap((name) => name.split(',')).filter((name) => name !== '');
  if ((values.host ?? []).length === 0) throw new UsageError('missingArgument', { argument: '--host' });
  if (values.plan !== undefined && !/^[0-9a-f]{16}$/.test(values.plan)) throw new UsageError('badHash');
  const secretNames = values['set-secret'] ?? [];
  for (const name of secretNames) readSecretKey(name);
  return {
    reference,
    hostNames: [...new Set(hostNames)],
    profile: profile ?? readProfile(values.profile),
    tenant: values.tenant,
    values: (values.set ?? []).map(readAssignment),
    secretNames,
    applicationName: values.app ?? values['gax-application'] ?? '',
    plugIn: readPlugInOptions(values['gax-application'], values['gax-directory'], values.app),
    application: readParameters(values),
    edits: (values['app-set'] ?? []).map(readEdit),
    skipReinstallation: values['skip-reinstallation'] === true,
    order: readOrder(values.order),
    stopAfterFailures: readStopAfter(values['stop-after']),
    takeOverLocks: values['take-over-locks'] === true,
    dryRun: values['dry-run'] === true,
    plan: values.plan,
    confirmed: (values.confirm ?? []).flatMap((words) => words.split(/[\s,]+/u)).filter((word) => word !== ''),
    acceptNewHostKey: values['accept-new-host-key'] === true,
    secretsFromStdin: values['secrets-stdin'] === true,
    json: values.json === true,
  };
}

/** Lays what the command line says over inputs that were filled in; it wins, for every host. */
export function overlayOptions(inputs: DeploymentInputs, options: DeployOptions, secretKeys: readonly SilentIniKey[]): DeploymentInputs {
  const given = [...options.values, ...secretKeys];
  const isLeft = (value: SilentIniKey): boolean => !given.some((other) => isSameKey(other, value));
  return {
    ...inputs,
    values: [...inputs.values.filter(isLeft), ...options.values],
    ...(inputs.hostValues && { hostValues: inputs.hostValues.filter(isLeft) }),
    secretKeys: [...inputs.secretKeys.filter(isLeft), ...secretKeys],
    ...(options.applicationName !== '' && { applicationName: options.applicationName, hostApplications: [] }),
    ...(options.skipReinstallation && { skipReinstallation: true }),
    order: options.order,
    stopAfterFailures: options.stopAfterFailures,
    ...(options.application && { application: options.application }),
    ...(options.edits.length > 0 && { applicationEdits: [...(inputs.applicationEdits ?? []).filter((edit) => !options.edits.some((other) => isSameEdit(other, edit))), ...options.edits] }),
  };
}

/** `section.key`. @throws UsageError that repeats nothing that may be a secret */
export function readSecretKey(text: string): SilentIniKey {
  const { section, key } = /^(?<section>[^.=]+)\.(?<key>[^=]+)$/.exec(text)?.groups ?? {};
  if (section === undefined || key === undefined) throw new UsageError('badSecretKey', { value: text.split('=')[0] ?? '' });
  return { section, key };
}

function readProfile(given: string | undefined): DeploymentProfile {
  const profile = profiles.find((one) => one.toLowerCase() === (given ?? 'install').toLowerCase());
  if (profile === undefined) throw new UsageError('unknownProfile', { profile: given ?? '' });
  return profile;
}

function readOrder(given = 'all'): DeploymentOrder {
  const order = parseOrder(given);
  if (order === undefined) throw new UsageError('badOrder', { value: given });
  return order;
}

function readStopAfter(given = String(defaultStopAfterFailures)): number {
  if (!/^\d{1,4}$/.test(given)) throw new UsageError('badStopAfter', { value: given });
  return Number(given);
}

function readParameters(given: Readonly<Partial<Record<'app-tenant' | 'app-port' | 'app-server' | 'app-backup-server', string>>>): ApplicationParameters | undefined {
  const { 'app-tenant': tenantObject = '', 'app-port': port = '', 'app-server': primaryServer = '', 'app-backup-server': backupServer = '' } = given;
  if (port !== '' && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) throw new UsageError('badPort', { option: '--app-port', value: port });
  return [tenantObject, port, primaryServer, backupServer].every((value) => value === '') ? undefined : { tenantObject, port, primaryServer, backupServer };
}

function readAssignment(text: string): SilentIniValue {
  const match = /^(?<section>[^.=]+)\.(?<key>[^=]+)=(?<value>.*)$/s.exec(text)?.groups;
  const { section, key, value } = match ?? {};
  if (section === undefined || key === undefined || value === undefined) throw new UsageError('badAssignment', { option: '--set', value: text.split('=')[0] ?? '' });
  if (isSecretKey(section, key)) throw new UsageError('secretOnCommandLine', { key: `${section}.${key}` });
  return { section, key, value };
}

function readEdit(text: string): ApplicationEdit {
  const { name, value } = /^(?<name>[^=]+)=(?<value>.*)$/s.exec(text)?.groups ?? {};
  const key = name === undefined ? undefined : parseKey(name);
  if (key === undefined || value === undefined) throw new UsageError('badApplicationValue', { value: text.split('=')[0] ?? '' });
  return { ...key, value };
}

function isSameKey(a: SilentIniKey, b: SilentIniKey): boolean {
  return a.section === b.section && a.key === b.key;
}

function isSameEdit(a: ApplicationEdit, b: ApplicationEdit): boolean {
  return a.part === b.part && isSameKey(a, b);
}
