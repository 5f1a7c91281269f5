import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeploymentEvent } from '../../src/core/deployment/model';
import { environmentTenant } from '../../src/core/packages/model';
import { connectToService, followDeployment, type ServiceClient } from '../../src/service/client';
import { manyFilesSample } from '../support/samplePackages/samples';
import { writeLargeSample, writeSample } from '../support/samplePackages/writeSample';
import { connectOptions, endService } from '../support/serviceProcess';
import { startSshd, type Sshd } from '../support/sshd';

const megabyte = 1e6;

interface Row {
  readonly what: string;
  readonly seconds: number;
  /** Bytes that went through, where a rate says something. */
  readonly bytes?: number;
}

/**
 * The spine of the product beside the tools people use for its parts, in one run on one sshd: importing and deploying one
 * large package, deploying one of many small files, and what memory the service takes for a package of 1 GB.
 * Options: `--size MB` (500), `--files N` (20000), `--large MB` (1000).
 */
export async function run({ log, args = [] }: { readonly log: (line: string) => void; readonly args?: readonly string[] }): Promise<void> {
  const size = option(args, 'size', 500) * megabyte;
  const files = option(args, 'files', 20_000);
  const large = option(args, 'large', 1000) * megabyte;
  const folder = mkdtempSync(join(tmpdir(), 'gp-bench-'));
  const dataFolder = join(folder, 'data');
  // The server does not keep this process alive while it starts.
  const alive = setInterval(() => undefined, 60_000);
  // The profile of whoever runs this must not weigh on any of the contestants.
  const sshd = await startSshd({ extraConfig: 'SetEnv HOME=/nonexistent' }).catch((error: unknown) => {
    clearInterval(alive);
    throw error;
  });
  try {
    log('writing the packages');
    const big = await writeLargeSample(size, join(folder, 'media'));
    const many = await writeSample(manyFilesSample(files), join(folder, 'media'));
    const client = await connectToService(connectOptions(dataFolder));
    const host = await addHost(client, sshd, folder);

    const imported = await importPackage(client, big);
    print(log, `import of ${mb(statSync(big).size)} MB`, [
      { what: 'our import: every entry checked, every file hashed, stored durably', seconds: imported.seconds, bytes: statSync(big).size },
      await timed('cp + sync', statSync(big).size, async () => {
        await runProgram('cp', [big, join(folder, 'copy')]);
        await runProgram('sync', [join(folder, 'copy')]);
      }),
      await timed('bsdtar -x to nowhere + sha256sum', statSync(big).size, async () => {
        await runProgram('bsdtar', ['-x', '-O', '-f', big]);
        await runProgram('sha256sum', [big]);
      }),
    ]);
    rmSync(join(folder, 'copy'));

    const unpacked = join(folder, 'unpacked');
    await unpack(big, unpacked);
    const deployed = await deploy(client, imported.packageId, host, join(folder, 'target'));
    print(log, `deployment of ${mb(statSync(big).size)} MB to one host`, [
      ...ourRows(deployed, statSync(big).size),
      await timed('tar | ssh', statSync(big).size, () => overSsh(sshd, `cat ${big}`, `mkdir -p ${folder}/host/a && tar -xzpof - -C ${folder}/host/a`)),
      await timed('tar | ssh, then sha256sum of every file there', statSync(big).size, async () => {
        await overSsh(sshd, `cat ${big}`, `mkdir -p ${folder}/host/b && tar -xzpof - -C ${folder}/host/b`);
        await overSsh(sshd, 'true', `cd ${folder}/host/b && find . -type f -print0 | xargs -0 sha256sum`);
      }),
      await timed('scp -r', statSync(big).size, () => scp(sshd, unpacked, join(folder, 'host/c'))),
    ]);
    for (const place of [unpacked, join(folder, 'host'), join(folder, 'target')]) rmSync(place, { recursive: true, force: true });

    const small = await importPackage(client, many);
    await unpack(many, unpacked);
    const deployedFiles = await deploy(client, small.packageId, host, join(folder, 'target'));
    mkdirSync(join(folder, 'host'));
    print(log, `deployment of ${files} small files to one host`, [
      { what: 'our import', seconds: small.seconds },
      ...ourRows(deployedFiles),
      await timed('scp -r', undefined, () => scp(sshd, unpacked, join(folder, 'host/c'))),
      await timed('rsync -a', undefined, () => runProgram('rsync', ['-a', '-e', ['ssh', ...sshOptions(sshd, '-p')].join(' '), `${unpacked}/`, `${sshd.user}@${sshd.address}:${folder}/host/d/`])),
    ]);
    for (const place of [unpacked, join(folder, 'host'), join(folder, 'target')]) rmSync(place, { recursive: true, force: true });
    client.close();
    await endService(dataFolder);

    await measureMemory(log, { folder, sshd, large });
  } finally {
    await endService(dataFolder);
    await endService(join(folder, 'data-large'));
    await sshd.stop();
    clearInterval(alive);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureMemory(log: (line: string) => void, { folder, sshd, large }: { folder: string; sshd: Sshd; large: number }): Promise<void> {
  const archive = await writeLargeSample(large, join(folder, 'media'), 2);
  const client = await connectToService(connectOptions(join(folder, 'data-large')));
  const host = await addHost(client, sshd, folder);
  const idle = (await client.request('service/status', {})).memory.resident;
  const imported = await importPackage(client, archive);
  const afterImport = (await client.request('service/status', {})).memory.peak;
  await deploy(client, imported.packageId, host, join(folder, 'target'));
  const afterDeployment = (await client.request('service/status', {})).memory.peak;
  client.close();
  log(`\nmemory of the service for a package of ${mb(large)} MB`);
  log(`  idle ${mb(idle)} MB · peak of the import ${mb(afterImport - idle)} MB above · peak of import and deployment ${mb(afterDeployment - idle)} MB above`);
}

async function addHost(client: ServiceClient, sshd: Sshd, folder: string): Promise<string> {
  const host = await client.request('hosts/add', {
    name: 'bench', address: sshd.address, port: sshd.port, user: sshd.user, authentication: { kind: 'key', keyFile: sshd.clientKey },
    stagingFolder: join(folder, 'staging'), lockFolder: join(folder, 'lock'),
  });
  return host.id;
}

async function importPackage(client: ServiceClient, path: string): Promise<{ packageId: string; seconds: number }> {
  const started = performance.now();
  const record = await client.request('imports/wait', { id: (await client.request('imports/start', { path })).id });
  assert.ok(record.packageId, JSON.stringify(record.error));
  return { packageId: record.packageId, seconds: (performance.now() - started) / 1000 };
}

async function deploy(client: ServiceClient, packageId: string, host: string, target: string): Promise<readonly DeploymentEvent[]> {
  const events: DeploymentEvent[] = [];
  const { id } = await client.request('deployments/start', {
    inputs: {
      packageId, tenantId: environmentTenant.id, profile: 'install', hostIds: [host], applicationName: '', secretKeys: [],
      values: [{ section: 'IPCommon', key: 'InstallPath', value: target }],
    },
    secrets: [], acceptNewHostKey: true,
  });
  const deployment = await followDeployment(client, id, { onEvents: (found) => events.push(...found) }).ended;
  assert.equal(deployment.state, 'complete', JSON.stringify(deployment.hosts));
  return events;
}

/** The parts of our deployment that have a counterpart among the tools, and the whole. */
function ourRows(events: readonly DeploymentEvent[], bytes?: number): Row[] {
  const at = (type: DeploymentEvent['type'], step?: string): number =>
    Date.parse(events.find((event) => event.type === type && (step === undefined || ('step' in event && event.step === step)))?.at ?? '');
  const between = (from: number, to: number): number => (to - from) / 1000;
  const withBytes = bytes === undefined ? {} : { bytes };
  return [
    { what: 'ours: Transfer', seconds: between(at('stepStarted', 'transfer'), at('stepDone', 'transfer')), ...withBytes },
    { what: 'ours: Transfer and Verify', seconds: between(at('stepStarted', 'transfer'), at('stepDone', 'verify')), ...withBytes },
    { what: 'ours: all steps, the installer’s own copies included', seconds: between(at('started'), at('ended')), ...withBytes },
  ];
}

async function timed(what: string, bytes: number | undefined, work: () => Promise<void>): Promise<Row> {
  const started = performance.now();
  await work();
  return { what, seconds: (performance.now() - started) / 1000, ...(bytes !== undefined && { bytes }) };
}

function print(log: (line: string) => void, title: string, rows: readonly Row[]): void {
  const width = Math.max(...rows.map((row) => row.what.length));
  log(`\n${title}`);
  for (const { what, seconds, bytes } of rows) {
    log(`  ${what.padEnd(width)}  ${seconds.toFixed(2).padStart(7)} s${bytes === undefined ? '' : `  ${(bytes / megabyte / seconds).toFixed(0).padStart(5)} MB/s`}`);
  }
}

function unpack(archive: string, into: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  return runProgram('tar', ['-xzf', archive, '-C', into]);
}

function scp(sshd: Sshd, from: string, to: string): Promise<void> {
  return runProgram('scp', ['-q', '-r', ...sshOptions(sshd, '-P'), from, `${sshd.user}@${sshd.address}:${to}`]);
}

function overSsh(sshd: Sshd, source: string, command: string): Promise<void> {
  return runProgram('sh', ['-c', `${source} | ssh ${sshOptions(sshd, '-p').join(' ')} ${sshd.user}@${sshd.address} '${command}'`]);
}

function sshOptions(sshd: Sshd, portFlag: '-p' | '-P'): string[] {
  return ['-i', sshd.clientKey, portFlag, String(sshd.port), '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR'];
}

function runProgram(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ended with ${code ?? 'a signal'}`));
    });
  });
}

function mb(bytes: number): string {
  return (bytes / megabyte).toFixed(0);
}

function option(args: readonly string[], name: string, standard: number): number {
  const at = args.indexOf(`--${name}`);
  const value = at < 0 ? standard : Number(args[at + 1]);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`--${name} needs a number`);
  return value;
}
