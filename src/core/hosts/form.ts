import { isAddress, isPort, parseAddress } from './address';
import { isHostFolder } from './hostPath';
import { type Authentication, type HostSettings, type InstallAs } from './model';
import { mostTags, printTags, readTags, tagPattern } from './tags';

/** The settings of a host while a person edits them: as typed, right or wrong. Never a secret. */
export interface HostForm {
  readonly name: string;
  readonly address: string;
  readonly port: string;
  readonly user: string;
  readonly signIn: Authentication['kind'];
  /** Kept while another way to sign in is chosen, so that going back loses nothing. */
  readonly keyFile: string;
  /** `default`: as the person has set for all hosts. */
  readonly installAs: InstallAs['kind'] | 'default';
  /** Kept while nobody else installs. */
  readonly installUser: string;
  readonly stagingFolder: string;
  readonly lockFolder: string;
  /** Between commas or blanks. */
  readonly tags: string;
  /** The tenant that owns the host; empty: not said. */
  readonly tenantId: string;
}

/** The fields that can be wrong, in the order in which they are shown. */
export const hostFields = ['name', 'address', 'port', 'user', 'keyFile', 'installUser', 'stagingFolder', 'lockFolder', 'tags'] as const;
export type HostField = (typeof hostFields)[number];

export type HostProblem = 'nameWrong' | 'nameTaken' | 'addressWrong' | 'portWrong' | 'userWrong' | 'keyFileWrong' | 'folderWrong' | 'tagsWrong';

/** What is wrong, by field; a right field is not named. */
export type HostProblems = Readonly<Partial<Record<HostField, HostProblem>>>;

/** @param others names of the other hosts; a name is taken in any case */
export function checkHostName(name: string, others: readonly string[]): HostProblem | undefined {
  if (!/^[^\s/\\\u0000]{1,255}$/.test(name)) return 'nameWrong';
  return others.some((other) => other.toLowerCase() === name.toLowerCase()) ? 'nameTaken' : undefined;
}

export function checkHostUser(user: string): HostProblem | undefined {
  return /^[^\s\u0000]{1,255}$/.test(user) ? undefined : 'userWrong';
}

/** A user of the host that others become: no blank, and nothing that `sudo` and `su` would take for an option. */
export function checkInstallUser(user: string): HostProblem | undefined {
  return /^[^\s\u0000/:-][^\s\u0000/:]{0,254}$/.test(user) ? undefined : 'userWrong';
}

/** A path that stands for itself on every system: from the root, a drive, a share or the home folder. */
export function checkKeyFile(path: string): HostProblem | undefined {
  return /^(?:~?[/\\]|[A-Za-z]:[/\\])[^\u0000]+$/.test(path) && path.length <= 4000 ? undefined : 'keyFileWrong';
}

/** A folder on the host; empty: the default one. */
export function checkHostFolder(folder: string): HostProblem | undefined {
  return folder === '' || isHostFolder(folder) ? undefined : 'folderWrong';
}

/** Tags between commas or blanks. */
export function checkTags(tags: string): HostProblem | undefined {
  const read = readTags(tags);
  return read.length <= mostTags && read.every((tag) => tagPattern.test(tag)) ? undefined : 'tagsWrong';
}

/** What is wrong with a form. @param others names of the other hosts */
export function checkHostForm(form: HostForm, others: readonly string[]): HostProblems {
  const problems: Record<HostField, HostProblem | undefined> = {
    name: checkHostName(form.name.trim(), others),
    address: isAddress(form.address.trim()) ? undefined : 'addressWrong',
    port: form.port.trim() === '' || (/^\d{1,5}$/.test(form.port.trim()) && isPort(Number(form.port))) ? undefined : 'portWrong',
    user: form.user.trim() === '' ? undefined : checkHostUser(form.user.trim()),
    keyFile: form.signIn === 'key' ? checkKeyFile(form.keyFile.trim()) : undefined,
    installUser: isInstalledByOther(form) ? checkInstallUser(form.installUser.trim()) : undefined,
    stagingFolder: checkHostFolder(form.stagingFolder.trim()),
    lockFolder: checkHostFolder(form.lockFolder.trim()),
    tags: checkTags(form.tags),
  };
  return Object.fromEntries(hostFields.flatMap((field) => (problems[field] === undefined ? [] : [[field, problems[field]]])));
}

/** The first wrong field as the page shows them. */
export function firstProblem(problems: HostProblems): HostField | undefined {
  return hostFields.find((field) => problems[field] !== undefined);
}

/** An address that was entered with its port (`10.0.0.1:2222`) is taken apart; any other form stays as it is. */
export function splitAddress(form: HostForm): HostForm {
  const parsed = parseAddress(form.address);
  if (parsed === undefined || parsed.address === form.address.trim()) return form;
  return { ...form, address: parsed.address, port: parsed.port === 0 ? form.port : String(parsed.port) };
}

export function hostFormOf(settings: OwnedSettings): HostForm {
  const { name, address, port, user, authentication, installAs, stagingFolder, lockFolder, tags = [], tenantId = '' } = settings;
  return {
    name, address, port: port === 0 ? '' : String(port), user, signIn: authentication.kind, keyFile: authentication.kind === 'key' ? authentication.keyFile : '',
    installAs: installAs?.kind ?? 'default', installUser: installAs === undefined || installAs.kind === 'loginUser' ? '' : installAs.user, stagingFolder, lockFolder,
    tags: printTags(tags), tenantId,
  };
}

/** The settings of a host, with the tenant that owns it where that is known. */
export type OwnedSettings = HostSettings & { readonly tenantId?: string | undefined };

/** The settings that a form without problems stands for. */
export function readHostForm(form: HostForm): HostSettings {
  return {
    name: form.name.trim(),
    address: form.address.trim(),
    port: Number(form.port),
    user: form.user.trim(),
    authentication: form.signIn === 'key' ? { kind: 'key', keyFile: form.keyFile.trim() } : { kind: form.signIn },
    ...readInstallAs(form),
    stagingFolder: form.stagingFolder.trim(),
    lockFolder: form.lockFolder.trim(),
    tags: readTags(form.tags),
  };
}

function isInstalledByOther(form: HostForm): boolean {
  return form.installAs !== 'default' && form.installAs !== 'loginUser';
}

function readInstallAs({ installAs, installUser }: HostForm): Pick<HostSettings, 'installAs'> {
  if (installAs === 'default') return {};
  return { installAs: installAs === 'loginUser' ? { kind: installAs } : { kind: installAs, user: installUser.trim() } };
}

/** Whether two hosts' settings say the same. */
export function isSameHost(a: OwnedSettings, b: OwnedSettings): boolean {
  return JSON.stringify(hostFormOf(a)) === JSON.stringify(hostFormOf(b));
}
