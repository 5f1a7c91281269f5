import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ProductError } from '../../core/errors';
import type { ServiceLog } from '../serviceLog';
import type { DataFolder } from './dataFolder';
import { probeEndpoint, removeDeadEndpoint, type EndpointAnswer } from './endpoint';
import { hasCode } from './fileErrors';
import { isSameMachine, thisMachine, type Machine } from './machine';
import { parseOwnerRecord, printOwnerRecord, type OwnerRecord } from './ownerRecord';
import { findProcess, isProcessAlive } from './processIdentity';
import { publishFile, replaceFile } from './publishFile';

/** How long an endpoint must refuse before a process that still runs is no owner any more, in milliseconds. */
const refusalLimit = 5000;
/** Files of earlier generations that are kept: for a person who looks into a failure. */
const keptGenerations = 8;

/** Who has the data folder, as far as its files and this machine's processes tell. */
export type OwnerStanding =
  /** Nobody: never owned, given up, or the owner's process is gone. */
  | { readonly kind: 'free'; readonly generation: number; readonly last?: OwnerRecord }
  /** A process that runs; whether it answers is for its endpoint to show. */
  | { readonly kind: 'held'; readonly generation: number; readonly record: OwnerRecord }
  /** The process is in another container of this machine: only a socket that refuses proves its end. */
  | { readonly kind: 'out-of-sight'; readonly generation: number; readonly record: OwnerRecord }
  | { readonly kind: 'elsewhere'; readonly generation: number; readonly record: OwnerRecord }
  /** The newest file is not readable: still being written, where the file system has no links. */
  | { readonly kind: 'unreadable'; readonly generation: number };

/** The right to write to a data folder. */
export interface Ownership {
  readonly generation: number;
  /** False once a higher generation exists, or the own file is not the one that was made. */
  mayCommit(): boolean;
  /** Gives the folder up; all its files must be closed. */
  release(): void;
}

/** Reads who owns the folder. */
export function readOwner(folder: DataFolder, here: Machine = thisMachine()): OwnerStanding {
  for (;;) {
    const generation = Math.max(0, ...listGenerations(folder));
    if (generation === 0) return { kind: 'free', generation };
    let text: string;
    try {
      text = readFileSync(generationFile(folder, generation), 'utf8');
    } catch (error) {
      // A person deleted it between the two calls.
      if (hasCode(error, 'ENOENT')) continue;
      throw error;
    }
    const record = parseOwnerRecord(text);
    return record === undefined ? { kind: 'unreadable', generation } : judgeOwner(generation, record, here);
  }
}

/** Decides from what a generation file says and what this machine knows. Exported for its tests. */
export function judgeOwner(
  generation: number, record: OwnerRecord, here: Machine, isAlive: (process: OwnerRecord) => boolean = isProcessAlive,
): OwnerStanding {
  if (record.ended === true) return { kind: 'free', generation, last: record };
  if (!isSameMachine(record.machine, here)) return { kind: 'elsewhere', generation, record };
  if (record.machine.boot !== here.boot && record.machine.boot !== '' && here.boot !== '') return { kind: 'free', generation, last: record };
  if (record.machine.processSpace !== here.processSpace) return { kind: 'out-of-sight', generation, record };
  return isAlive(record) ? { kind: 'held', generation, record } : { kind: 'free', generation, last: record };
}

/** @returns the error that names the machine and the file */
export function ownedElsewhere(folder: DataFolder, standing: { readonly generation: number; readonly record: OwnerRecord }): ProductError {
  return new ProductError('service/other-machine', {
    folder: folder.path,
    machine: standing.record.machine.name,
    pid: standing.record.pid,
    file: generationFile(folder, standing.generation),
  });
}

export interface ClaimOptions {
  readonly folder: DataFolder;
  /** Already listened on, so that nobody finds an owner that refuses. */
  readonly endpoint: string;
  readonly version: string;
  readonly log: ServiceLog;
  /** For tests; milliseconds. */
  readonly refusalLimit?: number;
}

/**
 * Makes this process the owner of the folder, unless another one is. Creating the file of the next generation decides:
 * whoever creates it is the owner, and the name is never used again.
 * @returns undefined while another owner is alive
 * @throws ProductError `service/other-machine`
 */
export async function claimOwnership(options: ClaimOptions): Promise<Ownership | undefined> {
  const { folder, log } = options;
  const limit = options.refusalLimit ?? refusalLimit;
  let silent: { readonly generation: number; readonly since: number } | undefined;
  for (;;) {
    const standing = readOwner(folder);
    if (standing.kind === 'free') {
      const owned = createGeneration(options, standing.generation + 1);
      if (owned === undefined) continue;
      if (standing.last !== undefined && isSameMachine(standing.last.machine, thisMachine())) removeDeadEndpoint(standing.last.endpoint);
      return owned;
    }
    if (standing.kind === 'elsewhere') throw ownedElsewhere(folder, standing);
    const answer = standing.kind === 'unreadable' ? 'refuses' : await probeEndpoint(standing.record.endpoint);
    if (isOwnerThere(folder, standing, answer)) return undefined;
    if (silent?.generation !== standing.generation) silent = { generation: standing.generation, since: performance.now() };
    if (performance.now() - silent.since >= limit) {
      log.warn('owner', `generation ${standing.generation} refused for ${limit} ms: its place is taken`);
      const owned = createGeneration(options, standing.generation + 1);
      if (owned !== undefined) return owned;
    }
    await delay(100);
  }
}

/** @throws ProductError `service/other-machine` for a process out of sight whose socket is not there either: nothing shows that it ended */
function isOwnerThere(folder: DataFolder, standing: Exclude<OwnerStanding, { kind: 'free' }>, answer: EndpointAnswer): boolean {
  if (standing.kind === 'out-of-sight' && answer === 'missing') throw ownedElsewhere(folder, standing);
  return answer === 'accepts' || answer === 'silent';
}

function createGeneration(options: ClaimOptions, generation: number): Ownership | undefined {
  const { folder } = options;
  const file = generationFile(folder, generation);
  const record: OwnerRecord = {
    machine: thisMachine(),
    pid: process.pid,
    start: findProcess(process.pid)?.start ?? '',
    endpoint: options.endpoint,
    version: options.version,
  };
  if (!publishFile(file, printOwnerRecord(record))) return undefined;
  const identity = fileIdentity(file);
  // A starter that slept for long may have created a name whose first bearer is already swept away: a higher one shows it.
  if (isOutrun(folder, generation)) {
    rmSync(file, { force: true });
    return undefined;
  }
  sweepGenerations(folder, generation - keptGenerations);
  return {
    generation,
    mayCommit: () => {
      try {
        return identity !== undefined && identity === fileIdentity(file) && !isOutrun(folder, generation);
      } catch {
        // The folder is gone, or closed to us: nothing in it is ours to write.
        return false;
      }
    },
    release: () => {
      if (identity === fileIdentity(file)) replaceFile(file, printOwnerRecord({ ...record, ended: true }));
    },
  };
}

function isOutrun(folder: DataFolder, generation: number): boolean {
  return listGenerations(folder).some((other) => other > generation);
}

function sweepGenerations(folder: DataFolder, last: number): void {
  for (const generation of listGenerations(folder)) {
    if (generation <= last) rmSync(generationFile(folder, generation), { force: true });
  }
}

function listGenerations(folder: DataFolder): number[] {
  return readdirSync(folder.service).flatMap((name) => {
    const digits = /^owner\.([1-9]\d{0,14})$/.exec(name)?.[1];
    return digits === undefined ? [] : [Number(digits)];
  });
}

function generationFile(folder: DataFolder, generation: number): string {
  return join(folder.service, `owner.${generation}`);
}

/** Differs for two files that bore the same name one after the other. */
function fileIdentity(file: string): string | undefined {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.dev}.${stat.ino}.${stat.birthtimeNs}`;
}
