import { ProductError } from '../../../core/errors';
import type { HostSystem } from '../../../core/hosts/model';
import type { HostConnection, HostShell } from './hostConnection';
import { oneLine } from './reasons';
import { parseWindowsProbe, windowsProbe } from './windowsProbe';

const marker = 'gax-packages-probe';

/**
 * One round trip, in POSIX sh. Goes through standard input, so that neither the login shell's syntax nor its quoting
 * matters; the markers keep what a login script prints apart.
 */
const script = `LC_ALL=C; export LC_ALL
echo ${marker} begin
echo "kernel=$(uname -s)"
echo "kernelRelease=$(uname -r)"
echo "machine=$(uname -m)"
echo "bits=$(getconf LONG_BIT 2>/dev/null)"
for file in /etc/redhat-release /etc/os-release /usr/lib/os-release /etc/lsb-release; do
  [ -r "$file" ] && sed "s|^|$file |" "$file"
done
echo ${marker} end
`;
const probeTimeout = 30_000;
const word = '[^ =]+';

/** What the probe needs of a connection. */
export interface ProbeContext {
  readonly exec: HostConnection['exec'];
  /** Hands a command to the login shell as it is. */
  readonly execAsItIs: HostConnection['exec'];
  readonly shell: HostShell;
  readonly hostName: string;
  readonly user: string;
  /** As the server names itself. */
  readonly serverSoftware: string;
}

/**
 * Asks a host what it is.
 * @throws ProductError `host/windows-not-supported`, `host/probe-failed`, `host/probe-failed-windows`, `host/connection-lost`, `general/cancelled`
 */
export async function probeHost(context: ProbeContext, signal?: AbortSignal): Promise<HostSystem> {
  const options = { timeout: probeTimeout, ...(signal && { signal }) };
  if (context.shell === 'powershell') {
    const { stdout, stderr, code } = await context.exec(windowsProbe, options);
    const system = parseWindowsProbe(stdout);
    if (system) return system;
    throw new ProductError('host/probe-failed-windows', { host: context.hostName, user: context.user, output: oneLine(stderr || stdout) || `exit status ${code ?? 'unknown'}` });
  }
  const windows = new ProductError('host/windows-not-supported', { host: context.hostName, server: context.serverSoftware });
  const { stdout, stderr, code } = await context.exec('sh -s', { ...options, stdin: Buffer.from(script) });
  const system = parseProbe(stdout);
  if (system === 'windows') throw windows;
  if (system) return system;
  // Another SSH server on Windows than OpenSSH: its shells do not know sh.
  const version = await context.execAsItIs('cmd.exe /c ver', options);
  if (/windows/i.test(version.stdout)) throw windows;
  throw new ProductError('host/probe-failed', { host: context.hostName, user: context.user, output: oneLine(stderr || stdout) || `exit status ${code ?? 'unknown'}` });
}

/** Reads what the script printed; undefined when that is not all there. */
export function parseProbe(output: string): HostSystem | 'windows' | undefined {
  const text = new RegExp(`^${marker} begin\\r?\\n([\\s\\S]*)^${marker} end`, 'm').exec(output)?.[1];
  if (text === undefined) return undefined;
  const facts = new Map<string, string>();
  const files = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/)) {
    const fact = new RegExp(`^(${word})=(.*)$`).exec(line);
    const fileLine = /^(\/\S+) (.*)$/.exec(line);
    if (fileLine?.[1] !== undefined) files.set(fileLine[1], [...(files.get(fileLine[1]) ?? []), fileLine[2] ?? '']);
    else if (fact?.[1] !== undefined) facts.set(fact[1], fact[2] ?? '');
  }
  const kernel = facts.get('kernel') ?? '';
  const machine = facts.get('machine') ?? '';
  if (kernel === '' || machine === '') return undefined;
  if (/^(CYGWIN|MINGW|MSYS|Windows)/i.test(kernel)) return 'windows';
  return {
    osGroup: osGroups[kernel] ?? kernel.toLowerCase(),
    architecture: machine,
    bits: readBits(facts.get('bits'), machine),
    release: readRelease(files) ?? `${kernel} ${facts.get('kernelRelease') ?? ''}`.trim(),
  };
}

/** `uname -s` in the vendor's words (`OSGroupName` of ip_description.xml). */
const osGroups: Readonly<Record<string, string>> = { Linux: 'linux', SunOS: 'solaris', AIX: 'aix', 'HP-UX': 'hpux', OSF1: 'osf', Darwin: 'mac' };

function readBits(answer: string | undefined, machine: string): 32 | 64 {
  if (answer === '32' || answer === '64') return Number(answer) === 64 ? 64 : 32;
  return /64|s390x/.test(machine) ? 64 : 32;
}

/**
 * The release in the order the vendor's installer looks: redhat-release decides where it exists, since its version is
 * the exact one (os-release says `7` for 7.9); then os-release, then lsb-release.
 */
function readRelease(files: ReadonlyMap<string, readonly string[]>): string | undefined {
  const redHat = files.get('/etc/redhat-release')?.find((line) => line.trim() !== '');
  if (redHat !== undefined) {
    const match = /^(.*?)\s+release\s+([\d.]+)/i.exec(redHat.trim());
    return match ? `${match[1] ?? ''} ${match[2] ?? ''}` : redHat.trim();
  }
  const os = readAssignments(files.get('/etc/os-release') ?? files.get('/usr/lib/os-release') ?? []);
  const osVersion = os.get('VERSION_ID');
  const osName = os.get('NAME');
  if (osName !== undefined && osVersion !== undefined) return `${osName} ${osVersion}`;
  const lsb = readAssignments(files.get('/etc/lsb-release') ?? []);
  const lsbName = lsb.get('DISTRIB_ID');
  return os.get('PRETTY_NAME') ?? osName ?? (lsbName === undefined ? undefined : `${lsbName} ${lsb.get('DISTRIB_RELEASE') ?? ''}`.trim());
}

/** `KEY=value` lines of a shell file, quotes taken off. */
function readAssignments(lines: readonly string[]): Map<string, string> {
  return new Map(lines.flatMap((line) => {
    const match = /^([A-Z_]+)=(["']?)(.*?)\2\s*$/.exec(line);
    return match?.[1] !== undefined && match[3] ? [[match[1], match[3]] as const] : [];
  }));
}
