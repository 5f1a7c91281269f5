import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Deployment, DeploymentEvent } from '../../src/core/deployment/model';
import { environmentTenant } from '../../src/core/packages/model';
import { connectToService, followDeployment, type ServiceClient } from '../../src/service/client';
import { manyFilesSample } from '../support/samplePackages/samples';
import { writeLargeSample, writeSample } from '../support/samplePackages/writeSample';
import { connectOptions, endService } from '../support/serviceProcess';
import { startSshd, type Sshd } from '../support/sshd';

export interface BenchOptions {
  readonly log: (line: string) => void;
  /** Bytes of the package that is compared; default 500 MB. */
  readonly size?: number;
  /** Bytes of the package whose memory is measured; default 1 GB. 0: not measured. */
  readonly largeSize?: number;
  /** Number of small files; default 20,000. */
  readonly files?: number;
}

/**
 * Times the main job beside the tools an administrator would use by hand, in one run, on one SSH server of this machine:
 * import and deployment of one large package, the transfer of many small files, and the memory of the service.
 */
export async function run({ log, size = 500e6, largeSize = 1e9, files = 20_000 }: BenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gp-bench-'));
  const dataFolder = join(folder, 'data');
  const sshd = await startSshd({ environment: { TMPDIR: makeFolder(join(folder, 'hostTmp')) } });
  const client = await connectToService(connectOptions(dataFolder));
  try {
    const idle = (await client.request('service/status', {})).memory.resident;
    const hostId = await addHost(client, sshd, folder);
    const large = await writeLargeSample(size, join(folder, 'archives'), 1);
    log(`${megabytes(size)} MB package of content that cannot be compressed, seconds (the lower the better)`);
    await compareImport(client, folder, large, log);
    await compareDeployment(client, sshd, folder, large, hostId, '8.5.000.01', log);

    const many = await writeSample(manyFilesSample(files), join(folder, 'archives'));
    log(`package of ${files} small files`);
    await importPackage(client, many);
    await compareDeployment(client, sshd, folder, many, hostId, '8.5.000.01', log, 'SmplMany');

    if (largeSize > 0) {
      const huge = await writeLargeSample(largeSize, join(folder, 'archives'), 2);
      await importPackage(client, huge);
      await deploy(client, hostId, 'SmplLarge', '8.5.000.02', join(folder, 'opt', 'huge'));
    }
    const { memory } = await client.request('service/status', {});
    log(`memory of the service: ${megabytes(idle)} MB idle, at most ${megabytes(memory.peak)} MB, ${megabytes(memory.peak - idle)} MB above idle`);
  } finally {
    client.close();
    await endService(dataFolder);
    await sshd.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compareImport(client: ServiceClient, folder: string, archive: string, log: BenchOptions['log']): Promise<void> {
  const copy = join(folder, 'copy');
  const unpacked = makeFolder(join(folder, 'unpacked'));
  row(log, 'import', await timed(() => importPackage(client, archive)));
  row(log, '  cp, sync', runProgram('sh', ['-c', 'cp "$0" "$1" && sync "$1"', archive, copy]));
  row(log, '  bsdtar, sha256sum of all files', runProgram('sh', ['-c', 'bsdtar -xf "$0" -C "$1" && find "$1" -type f -exec sha256sum {} + > /dev/null', archive, unpacked]));
  rmSync(copy, { force: true });
  rmSync(unpacked, { recursive: true, force: true });
}

async function compareDeployment(
  client: ServiceClient, sshd: Sshd, folder: string, archive: string, hostId: string, version: string, log: BenchOptions['log'], nickname = 'SmplLarge',
): Promise<void> {
  const unpacked = makeFolder(join(folder, 'unpacked'));
  const there = join(folder, 'there');
  const ssh = `ssh -q -i ${sshd.clientKey} -p ${sshd.port} -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null`;
  const peer = `${sshd.user}@${sshd.address}`;
  assert.equal(spawnSync('tar', ['-xzf', archive, '-C', unpacked]).status, 0);
  const { seconds, transfer } = await deploy(client, hostId, nickname, version, join(folder, 'opt', basename(archive)));
  row(log, 'deployment with all its steps', seconds);
  row(log, '  its transfer alone', transfer);
  const remote = (name: string, command: string): void => {
    rmSync(there, { recursive: true, force: true });
    makeFolder(there);
    row(log, name, runProgram('sh', ['-c', command]));
  };
  remote('  tar | ssh tar', `tar -cf - -C ${unpacked} . | ${ssh} ${peer} 'tar -xf - -C ${there}'`);
  remote('  ssh tar < archive', `${ssh} ${peer} 'tar -xzf - -C ${there}' < ${archive}`);
  remote('  scp -r', `scp -q -r -i ${sshd.clientKey} -P ${sshd.port} -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null ${unpacked} ${peer}:${there}`);
  remote('  rsync -a', `rsync -a -e '${ssh}' ${unpacked}/ ${peer}:${there}/`);
  for (const each of [unpacked, there]) rmSync(each, { recursive: true, force: true });
}

async function addHost(client: ServiceClient, sshd: Sshd, folder: string): Promise<string> {
  const { id } = await client.request('hosts/add', {
    name: 'bench', address: sshd.address, port: sshd.port, user: sshd.user, authentication: { kind: 'key', keyFile: sshd.clientKey },
    stagingFolder: join(folder, 'staging'), lockFolder: join(folder, 'lock'),
  });
  await client.request('hosts/test', { id, acceptNewHostKey: true });
  return id;
}

async function importPackage(client: ServiceClient, path: string): Promise<void> {
  const { id } = await client.request('imports/start', { source: { method: 'archive', path } });
  const ended = await client.request('imports/wait', { id });
  assert.equal(ended.state, 'complete', JSON.stringify(ended.error));
}

async function deploy(client: ServiceClient, hostId: string, nickname: string, version: string, installPath: string): Promise<{ seconds: number; transfer: number }> {
  const found = (await client.request('packages/list', {})).find((one) => one.nickname === nickname && one.version === version);
  assert.ok(found, `${nickname} ${version} was imported`);
  const events: DeploymentEvent[] = [];
  let ended: Deployment | undefined;
  const seconds = await timed(async () => {
    const { id } = await client.request('deployments/start', {
      inputs: {
        packageId: found.id, tenantId: environmentTenant.id, profile: 'install', hostIds: [hostId], applicationName: '', secretKeys: [],
        values: [{ section: 'IPCommon', key: 'InstallPath', value: installPath }],
      },
      secrets: [],
    });
    ended = await followDeployment(client, id, { onEvents: (more) => events.push(...more) }).ended;
  });
  assert.equal(ended?.state, 'complete', JSON.stringify(ended?.hosts));
  const at = (type: 'stepStarted' | 'stepDone'): number => Date.parse(events.find((event) => event.type === type && event.step === 'transfer')?.at ?? '');
  return { seconds, transfer: (at('stepDone') - at('stepStarted')) / 1000 };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}

/** Seconds that a program took; undefined when it is not installed or failed. */
function runProgram(program: string, args: readonly string[]): number | undefined {
  const begin = performance.now();
  const { status } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  return status === 0 ? (performance.now() - begin) / 1000 : undefined;
}

function row(log: BenchOptions['log'], name: string, seconds: number | undefined): void {
  log(`${name.padEnd(34)} ${seconds === undefined ? 'not run: the program is missing or failed' : seconds.toFixed(2).padStart(8)}`);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}

function makeFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}
