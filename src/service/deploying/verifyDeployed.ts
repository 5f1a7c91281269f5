import { checksumList, parseChecksumFailures } from '../../core/deployment/checksums';
import type { DeployedPackage } from '../../core/deployment/model';
import { asExpected, expectedFiles, expectedOnWindows, mostExtra, parseFileList, sortFiles, type ExpectedFile, type Verification } from '../../core/deployment/verification';
import { ProductError, isProductError } from '../../core/errors';
import { childPath } from '../../core/hosts/hostPath';
import { describeIdentity } from '../../core/packages/identity';
import type { PackageDetails, PackageFile } from '../../core/packages/model';
import type { ArchiveLimits } from '../archive/archive';
import type { Questions } from '../questions';
import type { Repository } from '../repository/repository';
import { lockFolderOf } from './cleanUpHost';
import { dialectOf, familyOfShell } from './hostScripts/dialectOf';
import { parseLockOwner } from './lockOwner';
import { createPayloads } from './payload';
import { lastWords, runScript } from './shell';
import { createStoredFiles } from './storedFiles';
import type { HostConnection } from './ssh/hostConnection';
import type { HostConnector } from './ssh/hostConnector';

/** One request to look at a host. */
export interface VerifyRequest {
  readonly questions: Questions;
  readonly acceptNewHostKey: boolean;
  readonly signal: AbortSignal;
}

/** Holds the files of deployed packages against the packages. Reads only. */
export interface DeployedVerifier {
  /**
   * Compares and keeps the result with the deployed package.
   * @param onProgress bytes of files that have been compared, and of all
   * @throws ProductError `deploy/verify-package-gone`, `deploy/verify-no-folder`, `deploy/verify-unreadable`, `repository/host-busy`, `deploy/host-locked`, `deploy/replaced-since`, `host/…`
   */
  verify(id: string, request: VerifyRequest & { readonly by: string; readonly onProgress: (done: number, total: number) => void }): Promise<DeployedPackage>;
  /**
   * The bytes of a file that the last verification names, as the package has it and as it is on the host; undefined where it is not.
   * @throws ProductError `general/not-found`, `deploy/verify-file-long` and as `verify`
   */
  readInstalledFile(id: string, path: string, request: VerifyRequest): Promise<{ readonly ofPackage: Uint8Array | undefined; readonly ofHost: Uint8Array | undefined }>;
}

export interface VerifierParts {
  readonly repository: Repository;
  readonly connector: HostConnector;
  readonly limits: ArchiveLimits;
  /** The package of a deployment that works on a host now. */
  readonly busyWith: (hostId: string) => string | undefined;
}

/** A file that is shown is not longer. */
const longestShown = 2 * 1024 * 1024;
/** What a host hashes in one command, so that it can be told how far it is. */
const bytesAtOnce = 128 * 1024 * 1024;
const filesAtOnce = 2000;
const noFolder = 66;

export function createDeployedVerifier({ repository, connector, limits, busyWith }: VerifierParts): DeployedVerifier {
  const payloads = createPayloads(repository, limits);
  const stored = createStoredFiles(repository, limits);

  const openPackage = async (deployed: DeployedPackage): Promise<{ readonly details: PackageDetails; readonly index: readonly PackageFile[] }> => {
    try {
      return { details: await repository.getPackage(deployed.packageId, deployed.tenantId), index: await repository.listPackageFiles(deployed.packageId) };
    } catch (error) {
      if (isProductError(error, 'general/not-found')) throw new ProductError('deploy/verify-package-gone', { package: describeIdentity(deployed.package), host: deployed.hostName });
      throw error;
    }
  };

  const refuseBusy = (deployed: DeployedPackage): void => {
    const busy = busyWith(deployed.hostId);
    if (busy !== undefined) throw new ProductError('repository/host-busy', { package: busy, host: deployed.hostName });
  };

  const onHost = async <T>(deployed: DeployedPackage, { questions, acceptNewHostKey, signal }: VerifyRequest, work: (connection: HostConnection) => Promise<T>): Promise<T> => {
    if (deployed.installPath === '') throw new ProductError('deploy/verify-no-folder', { package: describeIdentity(deployed.package), host: deployed.hostName });
    refuseBusy(deployed);
    const host = await repository.getHost(deployed.hostId);
    const connection = await connector.connect(host, { questions, acceptNewHostKey, signal });
    try {
      const lock = lockFolderOf(host, familyOfShell(connection.shell));
      const owner = await connection.readFile(childPath(lock, 'owner'), 4096);
      const holder = owner && parseLockOwner(Buffer.from(owner).toString('utf8'));
      if (holder) throw new ProductError('deploy/host-locked', { host: host.name, user: holder.user, machine: holder.machine, since: Date.parse(holder.since), deployment: holder.deployment, folder: lock });
      return await work(connection);
    } finally {
      await connection.close();
    }
  };

  const compare = async (connection: HostConnection, deployed: DeployedPackage, expected: readonly ExpectedFile[], signal: AbortSignal, onProgress: (done: number, total: number) => void): Promise<readonly string[]> => {
    const total = expected.reduce((sum, { size }) => sum + size, 0);
    const changed: string[] = [];
    let done = 0;
    onProgress(0, total);
    for (const batch of inBatches(expected)) {
      const result = await connection.exec(dialectOf(connection).compareFiles(deployed.installPath), { stdin: Buffer.from(checksumList(batch)), signal });
      const differing = parseChecksumFailures(result.stdout);
      const known = new Set(batch.map(({ path }) => path));
      const complete = (result.code === 0 && result.stdout === '') || (result.code === 1 && differing.length > 0 && differing.every((path) => known.has(path)));
      if (!complete || /: FAILED open or read$/m.test(result.stdout)) throw unreadable(deployed, lastWords({ ...result, stderr: firstLine(result.stderr) }));
      changed.push(...differing);
      done += batch.reduce((sum, { size }) => sum + size, 0);
      onProgress(done, total);
    }
    return changed;
  };

  return {
    async verify(id, request) {
      const { signal, by, onProgress } = request;
      const deployed = await repository.getDeployedPackage(id);
      refuseBusy(deployed);
      const { details, index } = await openPackage(deployed);
      const { expected, links } = await listExpected(deployed, details, index, signal);
      const found = await onHost(deployed, request, async (connection): Promise<Omit<Verification, 'at' | 'by'>> => {
        const present = await listFiles(connection, deployed, signal);
        const { compare: comparable, missing, extra } = sortFiles(expected, isForWindows(deployed) ? asExpected(present, expected) : present, links);
        const changed = await compare(connection, deployed, comparable, signal, onProgress);
        return { compared: comparable.length, changed, missing, extra: extra.slice(0, mostExtra), extraCount: extra.length, ...(isForWindows(deployed) && { partial: true as const }) };
      });
      // What was deployed meanwhile is another thing than what was looked at.
      refuseBusy(deployed);
      try {
        return await repository.recordVerification(id, { ...found, at: new Date().toISOString(), by });
      } catch (error) {
        throw isProductError(error, 'general/not-found') ? new ProductError('deploy/replaced-since', { host: deployed.hostName }) : error;
      }
    },
    async readInstalledFile(id, path, request) {
      const deployed = await repository.getDeployedPackage(id);
      const verification = await repository.getVerification(id);
      if (![...verification?.changed ?? [], ...verification?.missing ?? [], ...verification?.extra ?? []].includes(path)) throw new ProductError('general/not-found', { kind: 'file', name: path });
      const { details, index } = await openPackage(deployed);
      const expected = (await listExpected(deployed, details, index, request.signal)).expected.find((file) => file.path === path);
      const refuseLong = (size: number): void => {
        if (size > longestShown) throw new ProductError('deploy/verify-file-long', { file: path, size: Math.ceil(size / 1e6), limit: Math.floor(longestShown / 1e6) });
      };
      refuseLong(expected?.size ?? 0);
      const ofHost = await onHost(deployed, request, (connection) => connection.readFile(childPath(deployed.installPath, path), longestShown + 1));
      refuseLong(ofHost?.length ?? 0);
      return { ofHost, ofPackage: expected && await readOfPackage(expected, details, index, request.signal) };
    },
  };

  /** What an installation is to have; `links`: what of the package is no file, and so not extra. */
  async function listExpected(deployed: DeployedPackage, details: PackageDetails, index: readonly PackageFile[], signal: AbortSignal): Promise<{ readonly expected: readonly ExpectedFile[]; readonly links: ReadonlySet<string> }> {
    if (isForWindows(deployed)) return { expected: expectedOnWindows(index, details.installerFolder), links: new Set() };
    const payload = await payloads.list(details, index, signal);
    return { expected: expectedFiles(index, details.installerFolder, payload), links: new Set(payload.filter(({ type }) => type !== 'file').map(({ path }) => path)) };
  }

  async function readOfPackage(expected: ExpectedFile, details: PackageDetails, index: readonly PackageFile[], signal: AbortSignal): Promise<Uint8Array | undefined> {
    if (expected.from === 'payload') return payloads.read(details, index, expected.path, longestShown, signal);
    const path = details.installerFolder === '' ? expected.path : `${details.installerFolder}/${expected.path}`;
    return (await stored.read(details, [path], signal)).get(path);
  }
}

function isForWindows({ package: { osGroup } }: DeployedPackage): boolean {
  return osGroup.toLowerCase() === 'windows';
}

/** @throws ProductError `deploy/verify-unreadable` */
async function listFiles(connection: HostConnection, deployed: DeployedPackage, signal: AbortSignal): Promise<ReadonlySet<string>> {
  let listed = '';
  let problem = '';
  const result = await runScript(connection, 'listFiles', [deployed.installPath], {
    signal, onOutput: (stream, text) => {
      if (stream === 'stdout') listed += text;
      else problem += text;
    },
  });
  if (result.code === noFolder) return new Set();
  // Of a folder that cannot be entered nobody knows what is missing in it.
  if (result.code !== 0 || problem !== '') throw unreadable(deployed, firstLine(problem) || lastWords(result));
  return parseFileList(listed);
}

function unreadable({ hostName, installPath }: DeployedPackage, reason: string): ProductError {
  return new ProductError('deploy/verify-unreadable', { host: hostName, folder: installPath, reason });
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

function* inBatches(files: readonly ExpectedFile[]): Generator<readonly ExpectedFile[]> {
  let batch: ExpectedFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length > 0 && (batch.length >= filesAtOnce || bytes + file.size > bytesAtOnce)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(file);
    bytes += file.size;
  }
  if (batch.length > 0) yield batch;
}
