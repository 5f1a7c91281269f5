import type { RepositoryProblem } from '../../../../core/repository/report';
import { sortCatalogueFiles } from '../catalogueFolder';
import { readLogs } from '../history';
import { decodeImage, logStart, type ImageLabel } from '../image';
import { scanRecords } from '../recordFormat';
import { text } from '../rows';
import { nextSlice, type UpkeepParts } from './upkeepParts';

/** Checks the catalogue: its tables as they are in memory, and the images and logs that it would be read from. */
export async function checkCatalogue(parts: UpkeepParts, signal: AbortSignal): Promise<{ readonly problems: readonly RepositoryProblem[]; readonly files: number }> {
  const problems = [...await checkTables(parts, signal)];
  const files = await parts.store.withoutFolding(async () => {
    const onDisk = await checkFiles(parts, signal);
    problems.push(...onDisk.problems);
    return onDisk.files;
  });
  return { problems, files };
}

/** The names of all tables; they are ours, and safe to be put into a statement. */
export function tableNames({ store }: Pick<UpkeepParts, 'store'>): Promise<readonly string[]> {
  return store.read((reader) =>
    reader.all(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`).map((row) => text(row, 'name')));
}

async function checkTables(parts: UpkeepParts, signal: AbortSignal): Promise<readonly RepositoryProblem[]> {
  const { store } = parts;
  const problems: RepositoryProblem[] = [];
  // Table by table: a whole catalogue at once would keep everybody waiting.
  for (const table of await tableNames(parts)) {
    await nextSlice(signal);
    const found = await store.read((reader) => ({
      integrity: reader.all(`PRAGMA integrity_check("${table}")`).map((row) => text(row, 'integrity_check')).filter((line) => line !== 'ok'),
      references: reader.all(`PRAGMA foreign_key_check("${table}")`).map((row) => ({ row: Number(row['rowid']), parent: text(row, 'parent') })),
    }));
    for (const detail of found.integrity) problems.push({ code: 'catalogue-damaged', severity: 'error', subject: table, detail });
    for (const { row, parent } of found.references) problems.push({ code: 'reference-broken', severity: 'error', subject: `${table} ${row}`, detail: parent });
  }
  return problems;
}

async function checkFiles({ store, files, catalogueFolder: folder, sql }: UpkeepParts, signal: AbortSignal): Promise<{ readonly problems: readonly RepositoryProblem[]; readonly files: number }> {
  const problems: RepositoryProblem[] = [];
  // Before the logs are read: what was durable by now must be found in them.
  const { change } = store.position;
  const names = await files.list(folder.path);
  const { images, logs, unfinished } = sortCatalogueFiles(names);
  let base: { readonly number: number; readonly label: ImageLabel } | undefined;
  for (const number of images) {
    await nextSlice(signal);
    const { label, database } = decodeImage(await readOrNothing(files.read(folder.image(number))));
    if (label && database) base = { number, label };
    else problems.push({ code: 'image-damaged', severity: 'error', file: nameOf(folder.image(number)) });
  }
  for (const number of logs) {
    await nextSlice(signal);
    const { tail } = scanRecords(await readOrNothing(files.read(folder.log(number))));
    if (tail.kind === 'damaged') problems.push({ code: 'log-damaged', severity: 'error', file: nameOf(folder.log(number)), offset: tail.offset });
  }
  await nextSlice(signal);
  // What a start of the service would read now.
  const start = base ? { number: base.number, ...base.label } : { number: 0, schema: 0, after: logStart, at: '' };
  const line = await readLogs({ files, folder, sql }, start, logs.filter((number) => number > start.number));
  const named = problems.length > 0;
  if (line.damage && !named) problems.push({ code: 'log-damaged', severity: 'error', file: nameOf(line.damage.file), offset: line.damage.offset });
  else if (!line.damage && line.position.change < change) problems.push({ code: 'state-damaged', severity: 'error', file: nameOf(folder.log(Math.max(line.position.file, 1))), offset: line.position.size });

  for (const name of unfinished) problems.push({ code: 'file-unfinished', severity: 'warning', file: `catalogue/${name}` });
  const known = new Set([...images.map((number) => nameOf(folder.image(number))), ...logs.map((number) => nameOf(folder.log(number))), ...unfinished.map((name) => `catalogue/${name}`)]);
  for (const name of names) if (!known.has(`catalogue/${name}`) && !name.endsWith('.damaged')) problems.push({ code: 'file-foreign', severity: 'warning', file: `catalogue/${name}` });
  return { problems, files: images.length + logs.length };
}

function nameOf(file: string): string {
  return `catalogue/${file.split(/[\\/]/).at(-1) ?? ''}`;
}

/** A file that the disk cannot give is as good as damaged. */
async function readOrNothing(reading: Promise<Buffer>): Promise<Buffer> {
  return reading.catch(() => Buffer.from('unreadable, and no record or image'.padEnd(64)));
}
