import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploymentSteps, type DeploymentEvent, type DeploymentStep } from '../../src/core/deployment/model';
import { environmentTenant, type PackageSummary } from '../../src/core/packages/model';
import { connectToService, followDeployment, type ServiceClient } from '../../src/service/client';
import { processorTime } from '../support/processorTime';
import { manyFilesSample } from '../support/samplePackages/samples';
import { writeLargeSample, writeSample } from '../support/samplePackages/writeSample';
import { connectOptions, endService } from '../support/serviceProcess';
import { startSshd } from '../support/sshd';
import { createTools, type BenchHost, type Cost, type Load } from './deployTools';

export interface BenchOptions {
  readonly log: (line: string) => void;
  /** `--size=BYTES --files=N --hosts=N --small=BYTES`: of the large package, of the one with many files, hosts, and the package that goes to all of them. 0: left out. */
  readonly args?: readonly string[];
}

/**
 * Times deployments beside the tools an administrator would use by hand, in one run, on SSH servers of this machine: a large
 * package and one of many files to one host, then one package to many hosts, and the same again with nothing to do.
 */
export async function run({ log, args = [] }: BenchOptions): Promise<void> {
  const option = (name: string, otherwise: number): number => Number(args.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise);
  const [size, files, count, small] = [option('size', 500e6), option('files', 20_000), option('hosts', 20), option('small', 100e6)];
  const folder = mkdtempSync(join(tmpdir(), 'gp-bench-'));
  const dataFolder = join(folder, 'data');
  const hosts = await Promise.all(Array.from({ length: count }, (_, number) => startHost(folder, number + 1)));
  const client = await connectToService(connectOptions(dataFolder));
  try {
    const service = await client.request('service/status', {});
    const bench: Bench = { client, pid: service.pid, idle: service.memory.resident, folder, log };
    const ids = new Map<BenchHost, string>();
    for (const host of hosts) ids.set(host, await addHost(client, host));
    const [first] = hosts;
    assert.ok(first);
    log(`load of the machine: ${loadavg().map((load) => load.toFixed(1)).join(' ')}`);
    if (size > 0) await compareOne(bench, first, ids.get(first) ?? '', await writeLargeSample(size, join(folder, 'archives'), 1), `${megabytes(size)} MB to one host`);
    if (files > 0) await compareOne(bench, first, ids.get(first) ?? '', await writeSample(manyFilesSample(files), join(folder, 'archives')), `${files} files to one host`);
    if (small > 0) await compareMany(bench, hosts, [...ids.values()], await writeLargeSample(small, join(folder, 'archives'), 2), `${megabytes(small)} MB to ${count} hosts`);
    const { memory } = await client.request('service/status', {});
    log(`memory of the service: ${megabytes(bench.idle)} MB idle, ${megabytes(memory.peak - bench.idle)} MB above idle at most`);
  } finally {
    client.close();
    await endService(dataFolder);
    await Promise.all(hosts.map(({ sshd }) => sshd.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Bench {
  readonly client: ServiceClient;
  readonly pid: number;
  readonly idle: number;
  readonly folder: string;
  readonly log: BenchOptions['log'];
}

async function compareOne(bench: Bench, host: BenchHost, hostId: string, archive: string, title: string): Promise<void> {
  const item = await importPackage(bench.client, archive);
  const load = unpack(bench, archive);
  const tools = createTools([host], join(bench.folder, 'tools'));
  heading(bench, title);
  const { cost, transfer } = await deploy(bench, item, [hostId]);
  row(bench, 'deployment with all its steps', cost);
  row(bench, '  its transfer alone', { ...cost, seconds: transfer });
  row(bench, '  tar | ssh tar', await tools.tarToSsh(load, 1));
  row(bench, '  ssh tar < archive', await tools.archiveToSsh(load, 1));
  row(bench, '  rsync -a', await tools.rsync(load, 1));
  row(bench, '  scp -r', await tools.scp(load, 1));
  row(bench, '  Ansible, installation included', await tools.ansible(load, 1));
  clear([host]);
}

async function compareMany(bench: Bench, hosts: readonly BenchHost[], ids: readonly string[], archive: string, title: string): Promise<void> {
  const item = await importPackage(bench.client, archive);
  const load = unpack(bench, archive);
  const tools = createTools(hosts, join(bench.folder, 'tools'));
  heading(bench, title);
  const { cost, steps } = await deploy(bench, item, ids);
  row(bench, 'deployment with all its steps', cost);
  bench.log(`  of a host, seconds in its steps (median): ${[...steps].map(([step, seconds]) => `${step} ${seconds.toFixed(1)}`).join(', ')}`);
  row(bench, '  the same again: reinstalled', (await deploy(bench, item, ids)).cost);
  row(bench, '  the same again: nothing to do', (await deploy(bench, item, ids, true)).cost);
  row(bench, '  Ansible, forks 20', await tools.ansible(load, 20));
  row(bench, '  Ansible again: nothing to do', await tools.ansible(load, 20));
  clear(hosts);
  row(bench, '  tar | ssh tar, 10 at a time', await tools.tarToSsh(load, 10));
  row(bench, '  scp -r, 10 at a time', await tools.scp(load, 10));
  row(bench, '  rsync -a, 10 at a time', await tools.rsync(load, 10));
}

async function startHost(folder: string, number: number): Promise<BenchHost> {
  const its = join(folder, `h${number}`);
  mkdirSync(join(its, 'tmp'), { recursive: true });
  return { name: `bench-${number}`, folder: its, sshd: await startSshd({ address: `127.0.0.${number}`, environment: { TMPDIR: join(its, 'tmp') } }) };
}

async function addHost(client: ServiceClient, { name, sshd, folder }: BenchHost): Promise<string> {
  const { id } = await client.request('hosts/add', {
    name, address: sshd.address, port: sshd.port, user: sshd.user, authentication: { kind: 'key', keyFile: sshd.clientKey }, stagingFolder: join(folder, 'staging'), lockFolder: join(folder, 'lock'),
  });
  await client.request('hosts/test', { id, acceptNewHostKey: true });
  return id;
}

async function importPackage(client: ServiceClient, path: string): Promise<PackageSummary> {
  const { id } = await client.request('imports/start', { source: { method: 'archive', path } });
  const ended = await client.request('imports/wait', { id });
  assert.equal(ended.state, 'complete', JSON.stringify(ended.error));
  return (await client.request('packages/list', {})).find((item) => item.id === ended.packageId) ?? assert.fail('not stored');
}

function unpack({ folder }: Bench, archive: string): Load {
  const unpacked = join(folder, 'unpacked');
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked);
  assert.equal(spawnSync('tar', ['-xzf', archive, '-C', unpacked]).status, 0);
  return { archive, unpacked };
}

interface Done {
  readonly cost: Cost;
  /** Seconds from the first host's transfer to the last one's end. */
  readonly transfer: number;
  /** Seconds that a host spends in each step, the median of all hosts. */
  readonly steps: ReadonlyMap<DeploymentStep, number>;
}

/** Each host installs below its own home: that is what its product has in common with nobody's. */
async function deploy({ client, pid }: Bench, item: PackageSummary, hostIds: readonly string[], skipReinstallation = false): Promise<Done> {
  const hosts = new Map((await client.request('hosts/list', {})).map((host) => [host.id, host]));
  const events: DeploymentEvent[] = [];
  const before = processorTime(pid);
  const began = performance.now();
  const { id } = await client.request('deployments/start', {
    inputs: {
      packageId: item.id, tenantId: environmentTenant.id, profile: 'install', hostIds: [...hostIds], applicationName: '', secretKeys: [], values: [], skipReinstallation,
      hostValues: hostIds.map((hostId) => ({ hostId, section: 'IPCommon', key: 'InstallPath', value: hosts.get(hostId)?.stagingFolder.replace(/staging$/, `product-${item.nickname}`) ?? '' })),
    },
    secrets: [],
  });
  const ended = await followDeployment(client, id, { onEvents: (more) => events.push(...more) }).ended;
  const seconds = (performance.now() - began) / 1000;
  assert.equal(ended.state, 'complete', JSON.stringify(ended.hosts));
  const { memory } = await client.request('service/status', {});
  const [starts, ends] = [stepTimes(events, 'transfer', 'stepStarted'), stepTimes(events, 'transfer', 'stepDone')];
  return {
    cost: { seconds, processor: processorTime(pid) - before, memory: memory.resident / 1e6 },
    transfer: Math.max(...ends.values()) - Math.min(...starts.values()), steps: timeSteps(events),
  };
}

/** When each host began or ended a step, in seconds. */
function stepTimes(events: readonly DeploymentEvent[], step: DeploymentStep, type: 'stepStarted' | 'stepDone'): ReadonlyMap<string, number> {
  return new Map(events.flatMap((event) => (event.type === type && event.step === step ? [[event.host, Date.parse(event.at) / 1000] as const] : [])));
}

function timeSteps(events: readonly DeploymentEvent[]): Done['steps'] {
  return new Map(deploymentSteps.flatMap((step) => {
    const starts = stepTimes(events, step, 'stepStarted');
    const seconds = [...stepTimes(events, step, 'stepDone')].map(([host, end]) => end - (starts.get(host) ?? end)).sort((a, b) => a - b);
    const median = seconds[Math.floor(seconds.length / 2)];
    return median === undefined ? [] : [[step, median] as const];
  }));
}

/** What tools and deployments have put on the hosts. */
function clear(hosts: readonly BenchHost[]): void {
  for (const host of hosts) for (const name of ['by-hand', 'ansible', 'product-SmplLarge', 'product-SmplMany']) rmSync(join(host.folder, name), { recursive: true, force: true });
}

function heading({ log }: Bench, title: string): void {
  log(`\n${title.padEnd(36)}  seconds  processor  memory (MB)`);
}

function row({ log }: Bench, name: string, cost: Cost | undefined): void {
  log(name.padEnd(36) + (cost === undefined ? '  not run: the tool is missing or has failed' : [cost.seconds.toFixed(2), cost.processor.toFixed(2), cost.memory.toFixed(0)].map((text, i) => text.padStart(i === 0 ? 9 : 11)).join('')));
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
