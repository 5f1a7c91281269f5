import * as path from 'node:path';
import { sortProblems, type RepositoryProblem, type RepositoryRepair } from '../../../../core/repository/report';
import type { Row } from '../catalogue';
import { asWriteError } from '../fileErrors';
import type { UpkeepOptions } from '../../upkeep';
import { knownContents, type ContentProblem, type KnownContent } from './checkContents';
import { checkRepository } from './checkRepository';
import { createQuarantine, type Quarantine } from './quarantine';
import { nextSlice, type UpkeepParts } from './upkeepParts';

/** A package as the catalogue had it, for the report: what a person entered is not lost. */
interface TakenOut {
  readonly name: string;
  readonly package: Row;
  readonly tenants: readonly Row[];
}

/** What a repair collects. */
interface Work {
  readonly parts: UpkeepParts;
  readonly quarantine: Quarantine;
  readonly repaired: RepositoryProblem[];
  readonly left: RepositoryProblem[];
  readonly takenOut: TakenOut[];
  readonly rows: { readonly table: string; readonly row: Row }[];
}

/**
 * Checks and sets right. In each step the quarantine holds what is taken out, durably, before anything is taken out: the
 * service may be killed at any moment.
 */
export async function repairRepository(parts: UpkeepParts, options: UpkeepOptions): Promise<RepositoryRepair> {
  const { signal } = options;
  // A state that could not be read in full is closed by a person; here that person has asked for it.
  await parts.store.useRecoveredCopy();
  parts.store.requireWritable();
  const { report, damagedContents } = await checkRepository(parts, { signal, report: (percent) => options.report(Math.floor(percent * 0.8)) });
  const work: Work = { parts, quarantine: createQuarantine(parts, signal), repaired: [], left: [], takenOut: [], rows: [] };
  const of = (...codes: readonly RepositoryProblem['code'][]): RepositoryProblem[] => report.problems.filter(({ code }) => codes.includes(code));

  await setAsideCatalogueFiles(work, of('image-damaged', 'log-damaged', 'state-damaged'));
  await takeOutContents(work, damagedContents, signal);
  await removeBrokenRows(work, of('reference-broken'));
  await mendJournals(work, of('journal-damaged', 'journal-missing'));
  for (const problem of of('volume-orphaned', 'file-unfinished', 'file-foreign', 'journal-orphaned')) {
    await nextSlice(signal);
    await work.quarantine.move(problem.file ?? '');
    work.repaired.push(problem);
  }
  work.left.push(...of('catalogue-damaged'));

  const result: RepositoryRepair = {
    repaired: sortProblems(work.repaired), left: sortProblems(work.left), packages: work.takenOut.map(({ name }) => name),
    ...(work.quarantine.folder !== undefined && { quarantine: work.quarantine.folder }),
  };
  if (work.repaired.length > 0) {
    await work.quarantine.write('report.json', `${JSON.stringify({ at: parts.now().toISOString(), repaired: result.repaired, left: result.left, packages: work.takenOut, rows: work.rows }, undefined, 2)}\n`);
    await work.quarantine.sync();
  }
  for (const { code, file, packages } of result.repaired) parts.log.warn('repository', `repair: ${code} ${file ?? ''} ${packages?.join(', ') ?? ''}`.trimEnd());
  options.report(100);
  return work.quarantine.folder === undefined ? result : { ...result, quarantine: work.quarantine.folder };
}

/** Damaged images and logs: what is in memory is the truth, so it is written anew before they go. */
async function setAsideCatalogueFiles({ parts, quarantine, repaired, left }: Work, problems: readonly RepositoryProblem[]): Promise<void> {
  if (problems.length === 0) return;
  for (const { file } of problems) if (file !== undefined) await quarantine.copy(file);
  await quarantine.sync();
  const before = parts.store.newestImage;
  await parts.store.fold();
  if (parts.store.newestImage === before) {
    left.push(...problems);
    return;
  }
  for (const problem of problems) {
    const file = path.join(parts.folder, ...(problem.file ?? '').split('/'));
    await parts.files.remove(file).catch((error: unknown) => { throw asWriteError(error, file); });
    repaired.push(problem);
  }
  await parts.files.syncFolder(parts.catalogueFolder.path);
}

/** Packages whose stored archive is damaged leave the lists; the archive goes with them, as far as it is there. */
async function takeOutContents(work: Work, problems: readonly ContentProblem[], signal: AbortSignal): Promise<void> {
  const { parts, quarantine, repaired, left } = work;
  const known = new Map((await knownContents(parts)).map((content) => [content.sha256, content]));
  for (const sha256 of new Set(problems.map(({ content }) => content))) {
    await nextSlice(signal);
    const content = known.get(sha256);
    const named = problems.filter((problem) => problem.content === sha256).map(({ content: _, ...problem }) => problem);
    if (content === undefined) continue;
    const inUse = await parts.packagesInUse();
    if (content.packages.some(({ id }) => inUse.has(id))) {
      left.push(...named);
      continue;
    }
    for (const { name } of content.volumes) await quarantine.copy(`volumes/${name}.volume`);
    await quarantine.sync();
    work.takenOut.push(...await removeContent(parts, content));
    const isNeeded = (name: string) => parts.store.read((reader) => reader.first('SELECT 1 FROM content_volumes WHERE volume = ?', name) !== undefined);
    await parts.volumes.remove(new Set(content.volumes.map(({ name }) => name)), isNeeded);
    repaired.push(...named);
  }
}

function removeContent({ store }: UpkeepParts, { sha256, packages }: KnownContent): Promise<TakenOut[]> {
  return store.write((transaction) => {
    const out = packages.flatMap(({ id, name }): TakenOut[] => {
      const row = transaction.first('SELECT * FROM packages WHERE id = ?', id);
      return row ? [{ name, package: row, tenants: transaction.all('SELECT * FROM package_tenants WHERE package_id = ? ORDER BY tenant_id', id) }] : [];
    });
    for (const { id } of packages) {
      transaction.run('DELETE FROM package_tenants WHERE package_id = ?', id);
      transaction.run('DELETE FROM packages WHERE id = ?', id);
    }
    transaction.run('DELETE FROM content_volumes WHERE content = ?', sha256);
    transaction.run('DELETE FROM contents WHERE sha256 = ?', sha256);
    transaction.changed('packages', 'templates');
    return out;
  });
}

/** Rows that refer to nothing: they go into the report. */
async function removeBrokenRows({ parts, repaired, rows }: Work, problems: readonly RepositoryProblem[]): Promise<void> {
  for (const problem of problems) {
    const [table = '', row = ''] = (problem.subject ?? '').split(' ');
    await parts.store.write((transaction) => {
      const found = transaction.first(`SELECT * FROM "${table}" WHERE rowid = ?`, Number(row));
      if (!found) return;
      rows.push({ table, row: found });
      transaction.run(`DELETE FROM "${table}" WHERE rowid = ?`, Number(row));
      transaction.changed('packages', 'templates', 'deployments');
    });
    repaired.push(problem);
  }
}

/** A damaged log of a deployment keeps what is intact; one that is gone begins anew, empty. */
async function mendJournals({ parts, quarantine, repaired }: Work, problems: readonly RepositoryProblem[]): Promise<void> {
  const { files, journals, journalFolder } = parts;
  for (const problem of problems) {
    const name = path.posix.basename(problem.file ?? '');
    const file = path.join(journalFolder, name);
    try {
      if (problem.code === 'journal-missing') {
        await (await files.create(file)).close();
        await files.syncFolder(journalFolder);
      } else {
        await quarantine.copy(`journals/${name}`);
        await quarantine.sync();
        await files.truncate(file, problem.offset ?? 0);
      }
    } catch (error) {
      throw asWriteError(error, file);
    }
    journals.forget(name.slice(0, -'.jsonl'.length));
    repaired.push(problem);
  }
}
