import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { describeIdentity } from '../../../../core/packages/identity';
import type { RepositoryProblem } from '../../../../core/repository/report';
import { asIdentity, number, text } from '../rows';
import { openVolume, volumeName } from '../volumeFile';
import { nextSlice, type UpkeepParts } from './upkeepParts';

/** A stored archive as the catalogue has it. */
export interface KnownContent {
  readonly sha256: string;
  readonly size: number;
  readonly volumes: readonly { readonly name: string; readonly start: number; readonly size: number }[];
  readonly packages: readonly { readonly id: string; readonly name: string }[];
}

/** A problem of one stored archive. */
export interface ContentProblem extends RepositoryProblem {
  readonly content: string;
}

export interface ContentsReport {
  readonly damaged: readonly ContentProblem[];
  readonly superfluous: readonly RepositoryProblem[];
  readonly packages: number;
  readonly files: number;
  readonly bytes: number;
}

/** Reads every stored archive volume by volume and checks all hashes; then looks for files that nobody needs. */
export async function checkContents(parts: UpkeepParts, signal: AbortSignal, report: (part: number) => void): Promise<ContentsReport> {
  const contents = await knownContents(parts);
  const total = contents.reduce((sum, { size }) => sum + size, 0);
  const damaged: ContentProblem[] = [];
  const seen = new Set<string>();
  let bytes = 0;
  for (const content of contents) {
    const found = await checkContent(parts, content, signal, (read) => {
      bytes += read;
      report(total === 0 ? 1 : bytes / total);
    });
    for (const { name } of content.volumes) seen.add(name);
    // It may have been deleted while it was read.
    if (found.length > 0 && await isKnown(parts, content.sha256)) damaged.push(...found);
  }
  const superfluous = await findSuperfluous(parts, signal);
  return { damaged, superfluous, packages: contents.reduce((sum, { packages }) => sum + packages.length, 0), files: seen.size, bytes };
}

/** All stored archives, in a fixed order. */
export function knownContents({ store }: Pick<UpkeepParts, 'store'>): Promise<readonly KnownContent[]> {
  return store.read((reader) => reader.all('SELECT sha256, size FROM contents ORDER BY sha256').map((row) => {
    const sha256 = text(row, 'sha256');
    return {
      sha256,
      size: number(row, 'size'),
      volumes: reader.all('SELECT volume, start, size FROM content_volumes WHERE content = ? ORDER BY start', sha256)
        .map((volume) => ({ name: text(volume, 'volume'), start: number(volume, 'start'), size: number(volume, 'size') })),
      packages: reader.all('SELECT * FROM packages WHERE content = ? ORDER BY id', sha256).map((one) => ({ id: text(one, 'id'), name: describeIdentity(asIdentity(one)) })),
    };
  }));
}

function isKnown({ store }: UpkeepParts, sha256: string): Promise<boolean> {
  return store.read((reader) => reader.first('SELECT 1 FROM contents WHERE sha256 = ?', sha256) !== undefined);
}

async function checkContent(parts: UpkeepParts, content: KnownContent, signal: AbortSignal, onRead: (bytes: number) => void): Promise<ContentProblem[]> {
  const problems: ContentProblem[] = [];
  const packages = content.packages.map(({ name }) => name);
  const hash = createHash('sha256');
  let end = 0;
  for (const [i, volume] of content.volumes.entries()) {
    await nextSlice(signal);
    const file = `volumes/${volume.name}.volume`;
    const add = (code: ContentProblem['code'], detail?: string): void => {
      problems.push({ code, severity: 'error', file, packages, content: content.sha256, ...(detail !== undefined && { detail }) });
    };
    // Not removed while it is read, also when its package is deleted meanwhile.
    parts.volumes.claim(volume.name);
    try {
      const found = await readVolume(parts, volume.name);
      if (found === undefined) add('volume-missing');
      else if (await volumeName(found) !== volume.name) add('volume-damaged');
      else {
        const detail = readStretch(parts, found, volume, i === content.volumes.length - 1, (piece) => hash.update(piece));
        if (detail !== undefined || volume.start !== end) add('content-damaged', detail);
      }
    } finally {
      parts.volumes.release(volume.name);
    }
    end = volume.start + volume.size;
    onRead(volume.size);
  }
  if (problems.length > 0) return problems;
  const isWhole = end === content.size && content.volumes.length > 0 && hash.digest('hex') === content.sha256;
  return isWhole ? [] : [{ code: 'content-damaged', severity: 'error', packages, subject: content.sha256, content: content.sha256 }];
}

/** @returns undefined when it is not there; nothing of it when the disk cannot give it */
async function readVolume({ files, volumeFolder }: UpkeepParts, name: string): Promise<Buffer | undefined> {
  const file = path.join(volumeFolder, `${name}.volume`);
  if (await files.size(file) === undefined) return undefined;
  return files.read(file).catch(() => Buffer.alloc(0));
}

/** Hands the content of a volume on, and reads the index in it when it is the last one. @returns what is wrong */
function readStretch({ sql }: UpkeepParts, file: Buffer, { size }: { readonly size: number }, hasIndex: boolean, take: (piece: Uint8Array) => void): string | undefined {
  try {
    const volume = openVolume(sql, file);
    try {
      for (const piece of volume.bytes(0, size)) take(piece);
      if (hasIndex) volume.files();
    } finally {
      volume.close();
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function findSuperfluous(parts: UpkeepParts, signal: AbortSignal): Promise<RepositoryProblem[]> {
  const { files, volumes, store, volumeFolder } = parts;
  const problems: RepositoryProblem[] = [];
  for (const name of await files.list(volumeFolder)) {
    await nextSlice(signal);
    const volume = /^([0-9a-f]{64})\.volume(\.\d+\.new)?$/.exec(name);
    const [, hash = '', unfinished] = volume ?? [];
    // Whoever writes one holds a claim on it from before its file is made until a package refers to it.
    if (volume && volumes.isClaimed(hash)) continue;
    const isNeeded = unfinished === undefined && await store.read((reader) =>
      reader.first('SELECT 1 FROM content_volumes WHERE volume = ? UNION SELECT 1 FROM dropped_volumes WHERE volume = ?', hash, hash) !== undefined);
    if (volume && (isNeeded || volumes.isClaimed(hash))) continue;
    problems.push({ code: !volume ? 'file-foreign' : unfinished !== undefined ? 'file-unfinished' : 'volume-orphaned', severity: 'warning', file: `volumes/${name}` });
  }
  return problems;
}
