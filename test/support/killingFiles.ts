import { appendFileSync, readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { createDurableFiles, type AppendOnlyFile, type DurableFiles } from '../../src/service/repository/sqljs/durableFiles';

/** When a service is to end itself: between these two durable operations, the first time they follow each other. */
export interface KillPlan {
  /** `before→after`, as {@link labelOf} names operations; empty: none in particular. */
  readonly transition: string;
  /** It ends before this operation at the latest, counted from 1; 0: never. */
  readonly latest: number;
}

/**
 * The real disk, with an end: kills its own process between two durable operations as the plan in a file says. Every pair of
 * successive operations is written to the report file when it is first seen, and once more, with a `!`, when it kills.
 */
export function createKillingFiles(planFile: string, reportFile: string): DurableFiles {
  const real = createDurableFiles();
  const plan = JSON.parse(readFileSync(planFile, 'utf8')) as KillPlan;
  const seen = new Set<string>();
  let before = 'start';
  let operations = 0;

  const pass = (operation: string, path: string): void => {
    const after = labelOf(operation, path);
    const transition = `${before}→${after}`;
    before = after;
    if (!seen.has(transition)) {
      seen.add(transition);
      appendFileSync(reportFile, `${transition}\n`);
    }
    operations += 1;
    if (transition !== plan.transition && operations !== plan.latest) return;
    appendFileSync(reportFile, `!${transition}\n`);
    process.kill(process.pid, 'SIGKILL');
  };
  const wrap = (file: AppendOnlyFile, path: string): AppendOnlyFile => ({
    append: (bytes) => {
      pass('append', path);
      return file.append(bytes);
    },
    sync: () => {
      pass('sync', path);
      return file.sync();
    },
    close: () => file.close(),
  });
  return {
    ...real,
    create: async (path) => {
      pass('create', path);
      return wrap(await real.create(path), path);
    },
    extend: async (path) => wrap(await real.extend(path), path),
    truncate: (path, size) => {
      pass('truncate', path);
      return real.truncate(path, size);
    },
    rename: (from, to) => {
      pass('rename', to);
      return real.rename(from, to);
    },
    remove: (path) => {
      pass('remove', path);
      return real.remove(path);
    },
    syncFolder: (folder) => {
      pass('syncFolder', folder);
      return real.syncFolder(folder);
    },
  };
}

/** `sync volume`, `syncFolder volumes`: the operation and the kind of file, without its name. */
function labelOf(operation: string, path: string): string {
  const kind = extname(path).slice(1);
  return `${operation} ${kind === '' ? basename(path) : kind}`;
}
