import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sshd } from '../support/sshd';

/** What something took. */
export interface Cost {
  readonly seconds: number;
  /** Seconds of processor time on our side of the connections. */
  readonly processor: number;
  /** Megabytes of memory of the largest process on our side. */
  readonly memory: number;
}

/** A host of the benchmark: an SSH server, and the folder that belongs to it. */
export interface BenchHost {
  readonly name: string;
  readonly sshd: Sshd;
  readonly folder: string;
}

/** What is to be brought to hosts: an archive, and the same unpacked. */
export interface Load {
  readonly archive: string;
  readonly unpacked: string;
}

const options = '-o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=QUIET';

/** The tools that an administrator would use by hand, each to several hosts at once. Undefined: the tool is missing or has failed. */
export interface Tools {
  tarToSsh(load: Load, parallel: number): Promise<Cost | undefined>;
  archiveToSsh(load: Load, parallel: number): Promise<Cost | undefined>;
  scp(load: Load, parallel: number): Promise<Cost | undefined>;
  rsync(load: Load, parallel: number): Promise<Cost | undefined>;
  /** Unpacks the archive, writes silent.ini and installs, as a playbook would: nothing is done twice. */
  ansible(load: Load, forks: number): Promise<Cost | undefined>;
}

/** @param folder for files of the tools themselves */
export function createTools(hosts: readonly BenchHost[], folder: string): Tools {
  mkdirSync(folder, { recursive: true });
  const list = join(folder, 'hosts');
  writeFileSync(list, hosts.map(({ sshd, folder: its }) => `${sshd.clientKey} ${sshd.port} ${sshd.user}@${sshd.address} ${its}/by-hand\n`).join(''));
  /** Runs a command once for each host: $0 key, $1 port, $2 user@address, $3 folder. */
  const each = async (command: string, parallel: number): Promise<Cost | undefined> => {
    for (const host of hosts) {
      rmSync(join(host.folder, 'by-hand'), { recursive: true, force: true });
      mkdirSync(join(host.folder, 'by-hand'));
    }
    const script = join(folder, 'each.sh');
    writeFileSync(script, `set -e\n${command}\n`);
    return await measure(folder, 'sh', ['-c', `xargs -P ${parallel} -L 1 bash -o pipefail ${script} < ${list}`]);
  };
  const ssh = `ssh -i "$1" -p "$2" ${options}`;
  return {
    tarToSsh: ({ unpacked }, parallel) => each(`tar -cf - -C ${unpacked} . | ${ssh} "$3" "tar -xf - -C $4"`, parallel),
    archiveToSsh: ({ archive }, parallel) => each(`${ssh} "$3" "tar -xzf - -C $4" < ${archive}`, parallel),
    scp: ({ unpacked }, parallel) => each(`scp -q -r -i "$1" -P "$2" ${options} ${unpacked} "$3:$4"`, parallel),
    rsync: ({ unpacked }, parallel) => each(`rsync -a -e '${ssh.replaceAll('"$1"', "'\"$1\"'").replaceAll('"$2"', "'\"$2\"'")}' ${unpacked}/ "$3:$4/"`, parallel),
    ansible: async ({ archive }, forks) => {
      const inventory = join(folder, 'inventory');
      writeFileSync(inventory, hosts.map(({ name, sshd, folder: its }) =>
        `${name} ansible_host=${sshd.address} ansible_port=${sshd.port} ansible_user=${sshd.user} ansible_ssh_private_key_file=${sshd.clientKey} base=${its}/ansible ansible_remote_tmp=${its}/ansible-tmp\n`).join(''));
      const playbook = join(folder, 'playbook.yml');
      writeFileSync(playbook, `
- hosts: all
  gather_facts: false
  tasks:
    - file: { path: "{{ base }}/package", state: directory, mode: "0700" }
    - unarchive: { src: "${archive}", dest: "{{ base }}/package" }
    - copy: { content: "[IPCommon]\\nInstallPath={{ base }}/product\\n", dest: "{{ base }}/silent.ini", mode: "0600" }
    - command: { cmd: "./install.sh -s -fr {{ base }}/silent.ini -fl {{ base }}/result.log", chdir: "{{ base }}/package/ip", creates: "{{ base }}/product/product" }
`);
      return await measure(folder, 'ansible-playbook', ['-i', inventory, '-f', String(forks), playbook], {
        ANSIBLE_HOST_KEY_CHECKING: 'False', ANSIBLE_LOCAL_TEMP: join(folder, 'ansible-local'), ANSIBLE_HOME: join(folder, 'ansible-home'), ANSIBLE_SSH_ARGS: options, ANSIBLE_PIPELINING: 'True', LC_ALL: 'C.UTF-8',
      });
    },
  };
}

/** Runs a program under GNU time. */
async function measure(folder: string, program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Cost | undefined> {
  const report = join(folder, 'time');
  rmSync(report, { force: true });
  const child = spawn('/usr/bin/time', ['-o', report, '-f', '%e %U %S %M', program, ...args], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...environment } });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  if (code !== 0) {
    if (said !== '') process.stderr.write(`${program}: ${said.trim()}\n`);
    return undefined;
  }
  const [elapsed = 0, user = 0, system = 0, kilobytes = 0] = readFileSync(report, 'utf8').trim().split(' ').map(Number);
  return { seconds: elapsed, processor: user + system, memory: kilobytes / 1000 };
}
