import * as path from 'node:path';
import type { ServiceLog } from '../../serviceLog';
import { sortCatalogueFiles, type CatalogueFolder } from './catalogueFolder';
import type { DurableFiles } from './durableFiles';
import type { History } from './history';
import { encodeImage, fileFormat, type LogPosition } from './image';
import { newestSchema } from './migrations/migrations';

/** How many images are kept, with the logs to roll forward from each. */
const keptImages = 3;

/** What an image is made of. */
export interface TakenImage {
  readonly number: number;
  readonly position: LogPosition;
  readonly database: Uint8Array;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** The images of the catalogue: writing new ones, removing old ones. */
export interface Images {
  /** Number of the newest whose making has begun. */
  readonly newest: number;
  /** Number of the oldest that is kept. */
  readonly oldestKept: number;
  readonly newestSize: number;
  readonly kept: number;
  /** From now on the newest image is the one of this number. */
  begin(number: number): void;
  /** Writes an image so that it is there whole or not at all, then removes images and logs that are no longer kept. */
  write(taken: TakenImage): Promise<void>;
  /** Gives the files that `history` could not use another name. */
  setAside(history: History): Promise<void>;
}

export function createImages(options: {
  files: DurableFiles;
  folder: CatalogueFolder;
  existing: History;
  log: ServiceLog;
  /** Rejects when another service has become the owner. */
  askOwner: () => Promise<void>;
}): Images {
  const { files, folder, log } = options;
  let kept = options.existing.found.images;
  let newest = kept.at(-1) ?? 0;
  let newestSize = options.existing.imageBytes;

  const prune = async () => {
    const { images, logs } = sortCatalogueFiles(await files.list(folder.path));
    kept = images.slice(-keptImages);
    // With fewer images all logs stay: the empty repository then serves as the oldest image.
    const oldest = kept.length === keptImages ? kept[0] ?? 0 : 0;
    const superfluous = [
      ...images.slice(0, -keptImages).map((number) => folder.image(number)),
      ...logs.filter((number) => number < oldest).map((number) => folder.log(number)),
    ];
    for (const file of superfluous) await files.remove(file);
    if (superfluous.length > 0) await files.syncFolder(folder.path);
  };

  return {
    get newest() { return newest; },
    get oldestKept() { return kept[0] ?? 0; },
    get newestSize() { return newestSize; },
    kept: keptImages,
    begin(number) {
      newest = number;
    },
    async write({ number, position, database, at }) {
      const target = folder.image(number);
      const temporary = `${target}.new`;
      const file = await files.create(temporary);
      try {
        try {
          for (const part of encodeImage(database, { format: fileFormat, schema: newestSchema, after: position, at })) await file.append(part);
          await file.sync();
        } finally {
          await file.close();
        }
        await options.askOwner();
        await files.rename(temporary, target);
        await files.syncFolder(folder.path);
      } catch (error) {
        await files.remove(temporary).catch((second: unknown) => log.warn('repository', `${temporary} stays behind: ${String(second)}`));
        throw error;
      }
      kept = [...kept, number];
      newestSize = database.length;
      await prune().catch((error: unknown) => log.warn('repository', `old images could not be removed: ${String(error)}`));
    },
    async setAside({ unusable }) {
      for (const file of unusable) {
        await files.rename(file, `${file}.damaged`);
        log.warn('repository', `${path.basename(file)} was set aside as damaged`);
      }
      if (unusable.length > 0) await files.syncFolder(folder.path);
    },
  };
}
