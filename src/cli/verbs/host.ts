import * as path from 'node:path';
import { describeError } from '../../core/errors';
import { checkInstallUser, checkTags } from '../../core/hosts/form';
import { defaultPort, type Authentication, type Host, type HostSettings } from '../../core/hosts/model';
import { readTags } from '../../core/hosts/tags';
import type { Tenant } from '../../core/packages/model';
import type { CliMessage } from '../../core/text/cliText';
import type { ServiceClient } from '../../service/client';
import { exitDone, exitFailed, type CliContext, type Verb } from '../context';
import { CliFailure } from '../failure';
import { openSecrets } from '../secrets';
import { formatTable } from '../../core/text/table';
import { addFromSshConfig, printRoute } from './hostSshConfig';
import { resolveTenant, tenantName } from '../tenants';
import { onlyArgument, parseOptions, requireArgument, takeNoMore, UsageError } from '../usage';

const settingOptions = {
  address: { type: 'string' }, port: { type: 'string' }, user: { type: 'string' },
  key: { type: 'string' }, agent: { type: 'boolean' }, password: { type: 'boolean' },
  openssh: { type: 'boolean' }, 'install-as': { type: 'string' },
  'staging-folder': { type: 'string' }, 'lock-folder': { type: 'string' },
  tenant: { type: 'string' }, tag: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

type Settings = ReturnType<typeof parseOptions<typeof settingOptions>>['values'];

/** `gaxpkg host add|show|list|test|edit|remove|protect` */
export const host: Verb = (context, args) => {
  const [action, ...rest] = args;
  switch (action) {
    case 'add':
      return add(context, rest);
    case 'show':
      return show(context, rest);
    case 'list':
      return list(context, rest);
    case 'test':
      return test(context, rest);
    case 'edit':
      return edit(context, rest);
    case 'protect':
      return protect(context, rest);
    case 'remove':
      return remove(context, rest);
    case undefined:
      throw new UsageError('missingArgument', { argument: 'add|show|list|test|edit|remove|protect' });
    default:
      throw new UsageError('unknownVerb', { verb: `host ${action}` });
  }
};

const show: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
  const name = requireArgument(positionals, 0, 'NAME');
  takeNoMore(positionals, 1);
  const client = await context.connect();
  const found = await selectHost(context, client, name);
  const route = await client.request('hosts/resolve', { id: found.id });
  if (values.json !== true) return printRoute(context, found, route);
  context.terminal.out(JSON.stringify({ ...hostAsJson(context, found, await client.request('tenants/list', {})), route }, undefined, 2));
  return exitDone;
};

const add: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { ...settingOptions, 'from-ssh-config': { type: 'boolean' } });
  if (values['from-ssh-config'] === true) {
    takeNoMore(positionals, 1);
    const client = await context.connect();
    const hosts = await addFromSshConfig(context, client, positionals[0] ?? '*', await readTenant(context, client, values.tenant));
    const tenants = await client.request('tenants/list', {});
    if (values.json === true) context.terminal.out(JSON.stringify(hosts.map((one) => hostAsJson(context, one, tenants)), undefined, 2));
    return exitDone;
  }
  const name = requireArgument(positionals, 0, 'NAME');
  takeNoMore(positionals, 1);
  if (values.address === undefined) throw new UsageError('missingArgument', { argument: '--address' });
  const settings: HostSettings = {
    name,
    address: values.address,
    port: values.port === undefined ? 0 : readPort(values.port),
    user: values.user ?? '',
    authentication: readAuthentication(values) ?? { kind: 'sshConfig' },
    ...readInstallAs(values['install-as']),
    stagingFolder: values['staging-folder'] ?? '',
    lockFolder: values['lock-folder'] ?? '',
    ...readTagOption(values.tag),
  };
  const client = await context.connect();
  const added = await client.request('hosts/add', { ...settings, ...await readTenant(context, client, values.tenant) });
  context.terminal.note(context.text('hostAdded', { name: added.name, address: describePlace(added) }));
  if (values.json === true) context.terminal.out(JSON.stringify(hostAsJson(context, added, await client.request('tenants/list', {})), undefined, 2));
  return exitDone;
};

const edit: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { ...settingOptions, name: { type: 'string' } });
  const name = requireArgument(positionals, 0, 'NAME');
  takeNoMore(positionals, 1);
  const client = await context.connect();
  const found = await selectHost(context, client, name);
  const edited = await client.request('hosts/edit', {
    id: found.id,
    ...await readTenant(context, client, values.tenant),
    settings: {
      name: values.name ?? found.name,
      address: values.address ?? found.address,
      port: values.port === undefined ? found.port : readPort(values.port),
      user: values.user ?? found.user,
      authentication: readAuthentication(values) ?? found.authentication,
      ...(values['install-as'] === undefined ? found.installAs && { installAs: found.installAs } : readInstallAs(values['install-as'])),
      stagingFolder: values['staging-folder'] ?? found.stagingFolder,
      lockFolder: values['lock-folder'] ?? found.lockFolder,
      tags: found.tags,
      ...readTagOption(values.tag),
    },
  });
  context.terminal.note(context.text('hostEdited', { name: edited.name }));
  if (values.json === true) context.terminal.out(JSON.stringify(hostAsJson(context, edited, await client.request('tenants/list', {})), undefined, 2));
  return exitDone;
};

const remove: Verb = async (context, args) => {
  const name = onlyArgument(args, 'NAME');
  const client = await context.connect();
  const found = await selectHost(context, client, name);
  await client.request('hosts/remove', { id: found.id });
  context.terminal.note(context.text('hostRemoved', { name: found.name }));
  return exitDone;
};

const test: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { 'accept-new-host-key': { type: 'boolean' }, 'secrets-stdin': { type: 'boolean' }, json: { type: 'boolean' } });
  const name = requireArgument(positionals, 0, 'NAME');
  takeNoMore(positionals, 1);
  const secrets = await openSecrets(context, values['secrets-stdin'] === true);
  const client = await context.connect({ secrets });
  const found = await selectHost(context, client, name);
  const tested = await client.request('hosts/test', { id: found.id, acceptNewHostKey: values['accept-new-host-key'] === true });
  if (values.json === true) context.terminal.out(JSON.stringify(hostAsJson(context, tested, await client.request('tenants/list', {})), undefined, 2));
  if (tested.contact?.state === 'reachable') {
    context.terminal.note(context.text('hostReachable', { name: tested.name, system: describeSystem(context, tested) }));
    return exitDone;
  }
  const error = tested.contact?.error;
  context.terminal.note(error ? `${describeError(context.locale, error)}${context.text('errorCode', { code: error.code })}` : `${tested.name}: ${describeContact(context, tested)}`);
  return exitFailed;
};

const list: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
  takeNoMore(positionals, 0);
  const client = await context.connect();
  const hosts = [...await client.request('hosts/list', {})].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const tenants = await client.request('tenants/list', {});
  if (values.json === true) {
    context.terminal.out(JSON.stringify(hosts.map((one) => hostAsJson(context, one, tenants)), undefined, 2));
    return exitDone;
  }
  if (hosts.length === 0) {
    context.terminal.note(context.text('noHostsYet'));
    return exitDone;
  }
  const header = (['colHost', 'colAddress', 'colUser', 'colSignIn', 'colSystem', 'colTenant', 'colTags', 'colState'] as const).map((key) => context.text(key));
  const rows = hosts.map((one) => [
    one.name, one.port === defaultPort || one.port === 0 ? one.address : `${one.address}:${one.port}`, one.user || context.text('asSshConfig'), describeAuthentication(context, one.authentication),
    describeSystem(context, one), tenantName(tenants, one.tenantId), describeTags(context, one), describeContact(context, one),
  ]);
  for (const line of formatTable(header, rows)) context.terminal.out(line);
  return exitDone;
};

/** `gaxpkg host protect [TAG… | --none] [--json]`: which tags ask for a typed confirmation; without arguments it says so. */
const protect: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { none: { type: 'boolean' }, json: { type: 'boolean' } });
  if (values.none === true && positionals.length > 0) throw new UsageError('onlyOneOf', { options: 'TAG, --none' });
  const { tags: given } = readTagOption(positionals.length > 0 ? positionals : undefined);
  const client = await context.connect();
  const tags = given !== undefined || values.none === true ? await client.request('hosts/protect', { tags: given ?? [] }) : await client.request('hosts/protectedTags', {});
  if (values.json === true) context.terminal.out(JSON.stringify(tags, undefined, 2));
  else for (const tag of tags) context.terminal.out(tag);
  return exitDone;
};

/** A host as `--json` gives it: the tenant by its name, an error with its sentence. */
function hostAsJson(context: CliContext, { contact, tenantId, ...one }: Host, tenants: readonly Tenant[]): object {
  const error = contact?.error;
  return { ...one, tenant: tenantName(tenants, tenantId), ...(contact && { contact: { ...contact, ...(error && { error: { ...error, message: describeError(context.locale, error) } }) } }) };
}

/** The host of that name, in any case. @throws CliFailure that lists those there are */
export async function selectHost(context: CliContext, client: ServiceClient, name: string): Promise<Host> {
  const hosts = await client.request('hosts/list', {});
  const found = hosts.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) {
    const names = hosts.map((one) => one.name).join(', ');
    throw new CliFailure(context.text('noHost', { name, hosts: names === '' ? context.text('noHosts') : names }));
  }
  return found;
}

/** `user@address:port`, as far as that was said. */
function describePlace({ user, address, port }: HostSettings): string {
  return `${user === '' ? '' : `${user}@`}${address}${port === 0 ? '' : `:${port}`}`;
}

async function readTenant(context: CliContext, client: ServiceClient, name: string | undefined): Promise<{ readonly tenantId?: string }> {
  return name === undefined ? {} : { tenantId: resolveTenant(context, await client.request('tenants/list', {}), name).id };
}

function readPort(value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port < 1 || port > 65_535) throw new UsageError('badValue', { option: '--port', value, what: '1–65535' });
  return port;
}

function readAuthentication(values: Settings): Authentication | undefined {
  const ways = [values.key !== undefined, values.agent === true, values.password === true, values.openssh === true].filter(Boolean).length;
  if (ways > 1) throw new UsageError('onlyOneOf', { options: '--key, --agent, --password, --openssh' });
  if (values.key !== undefined) return { kind: 'key', keyFile: path.resolve(values.key) };
  if (values.password === true) return { kind: 'password' };
  if (values.openssh === true) return { kind: 'sshConfig' };
  return values.agent === true ? { kind: 'agent' } : undefined;
}

/** `--tag A --tag B,C`; `--tag ''` takes all away. */
function readTagOption(given: readonly string[] | undefined): Pick<HostSettings, 'tags'> {
  if (given === undefined) return {};
  const tags = given.join(',');
  if (checkTags(tags) !== undefined) throw new UsageError('badValue', { option: '--tag', value: tags, what: 'TAG[,TAG…]' });
  return { tags: readTags(tags) };
}

function describeTags(context: CliContext, one: Host): string {
  return one.tags.map((tag) => (one.protectedBy.includes(tag) ? context.text('protectedTag', { tag }) : tag)).join(', ');
}

/** `default`, `loginUser`, or `WAY:USER`. */
function readInstallAs(value: string | undefined): Pick<HostSettings, 'installAs'> {
  if (value === undefined || value === 'default') return {};
  if (value === 'loginUser') return { installAs: { kind: 'loginUser' } };
  const [, way, user = ''] = /^(sudo|sudo-password|su):(.+)$/.exec(value) ?? [];
  if (way === undefined || checkInstallUser(user) !== undefined) throw new UsageError('badValue', { option: '--install-as', value, what: 'default, loginUser, sudo:USER, sudo-password:USER, su:USER' });
  return { installAs: { kind: way === 'sudo-password' ? 'sudoPassword' : way === 'su' ? 'su' : 'sudo', user } };
}

function describeAuthentication(context: CliContext, authentication: Authentication): string {
  return authentication.kind === 'key' ? context.text('key', { file: authentication.keyFile }) : context.text(authentication.kind);
}

function describeSystem(context: CliContext, one: Host): string {
  return one.system === undefined ? '' : `${one.system.release}, ${one.system.architecture}, ${one.system.bits}${context.text('bit')}`;
}

const contactStates: Readonly<Record<NonNullable<Host['contact']>['state'], CliMessage>> = {
  reachable: 'hostStateReachable', unreachable: 'hostStateUnreachable', 'key-unknown': 'hostStateKeyUnknown', 'key-changed': 'hostStateKeyChanged', 'login-refused': 'hostStateLoginRefused',
};

function describeContact(context: CliContext, one: Host): string {
  return context.text(one.contact === undefined ? 'hostNotTested' : contactStates[one.contact.state]);
}
