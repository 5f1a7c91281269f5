import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import initSqlJs, { type SqlJsStatic } from 'sql.js';
import { ProductError } from '../../../core/errors';
import type { ServiceLog } from '../../serviceLog';
import type { Repository } from '../repository';
import type { RepositoryUpkeep } from '../upkeep';
import { createCatalogue } from './catalogue';
import { createCatalogueFolder, type CatalogueFolder } from './catalogueFolder';
import { createContents } from './contents';
import { createDurableFiles, type DurableFiles } from './durableFiles';
import { asWriteError } from './fileErrors';
import { readHistory, type History } from './history';
import { logStart } from './image';
import { createJournals } from './journals';
import { mayHoldSecrets, migrate, newestSchema } from './migrations/migrations';
import { defaultFoldRules, openStore, type FoldRules } from './store';
import { createApplications } from './tables/applications';
import { createAudit } from './tables/audit';
import { createDeployments } from './tables/deployments';
import { createHosts } from './tables/hosts';
import { createImports } from './tables/imports';
import { createPackageChanges } from './tables/packageChanges';
import { createPackageLists } from './tables/packageLists';
import { createPackages } from './tables/packages';
import { createTenants } from './tables/tenants';
import { createUsers } from './tables/users';
import { defaultVolumeSizes, type VolumeSizes } from './volumeFile';
import { createUpkeep } from './upkeep/createUpkeep';
import { createVolumes } from './volumes';

/** Milliseconds that a volume stays open after its last reader. */
const keepVolumesOpen = 5000;

export interface SqlJsRepositoryOptions {
  /** Holds `catalogue`, `volumes` and `journals`; made when it does not exist. */
  readonly folder: string;
  /** SQLite in WebAssembly: its bytes, or the path of `sql-wasm.wasm`. Nothing of it is read later. */
  readonly wasm: Uint8Array | string;
  readonly now: () => Date;
  readonly newId: (prefix: string) => string;
  readonly log: ServiceLog;
  /** Asked before each change is written and again before it is acknowledged; false: another service is the owner. */
  readonly mayCommit: () => Promise<boolean>;
  /** The disk; default: the real one. */
  readonly files?: DurableFiles;
  readonly foldRules?: FoldRules;
  readonly volumeSizes?: VolumeSizes;
}

/** The embedded repository, with the care of its files. */
export interface SqlJsRepository extends Repository {
  readonly upkeep: RepositoryUpkeep;
}

/**
 * Opens the embedded repository, or makes it. The caller owns the folder alone (design: generation file).
 * A damaged repository opens for reading at the newest state that can be read in full, and `readOnly` says what is missing.
 * @throws ProductError `repository/newer-schema`, `repository/beyond-recovery`, `repository/catalogue-missing`,
 * `repository/not-owner`, `repository/disk-full`, `repository/write-failed`
 */
export async function openSqlJsRepository(options: SqlJsRepositoryOptions): Promise<SqlJsRepository> {
  const { folder, now, newId, log, mayCommit } = options;
  const files = options.files ?? createDurableFiles();
  const sql = await initSqlJs({ wasmBinary: await readWasm(options.wasm) });
  const catalogueFolder = createCatalogueFolder(path.join(folder, 'catalogue'));
  const [volumeFolder, journalFolder] = [path.join(folder, 'volumes'), path.join(folder, 'journals')];
  for (const each of [catalogueFolder.path, volumeFolder, journalFolder]) {
    await files.makeFolder(each).catch((error: unknown) => { throw asWriteError(error, each); });
  }

  const reload = async () => raiseSchema(await readHistory({ files, folder: catalogueFolder, sql }) ?? newHistory(sql, now()));
  const found = await readHistory({ files, folder: catalogueFolder, sql });
  if (!found) await refuseLostCatalogue(files, folder, catalogueFolder, [volumeFolder, journalFolder]);
  const firstImages = found?.schema === newestSchema ? 'none' : mayHoldSecrets(found?.schema ?? 0) ? 'inPlaceOfAll' : 'one';
  const history = raiseSchema(found ?? newHistory(sql, now()));
  if (history.damage) log.error('repository', `${history.damage.file} is damaged (${history.damage.reason}); only reading is possible`);

  const store = await openStore({
    history, reload, folder: catalogueFolder, files, now, mayCommit, log, firstImages, foldRules: options.foldRules ?? defaultFoldRules,
  });
  const volumes = createVolumes({ files, folder: volumeFolder, sql, keepOpen: keepVolumesOpen });
  const journals = createJournals({ files, folder: journalFolder, now, mayCommit });
  const contents = createContents({ store, volumes, files, folder: volumeFolder, sql, sizes: options.volumeSizes ?? defaultVolumeSizes, mayCommit, log });
  await removeUnfinished(files, catalogueFolder, history, log);
  await contents.collectLeftovers().catch((error: unknown) => log.warn('repository', `leftovers stay for now: ${String(error)}`));

  const parts = { store, contents, journals, now, newId, log };
  const { methods: deploymentMethods, deployments } = await createDeployments(parts);
  const upkeep = createUpkeep({
    store, volumes, journals, files, sql, folder, catalogueFolder, volumeFolder, journalFolder, now, log,
    packagesInUse: async () => new Set((await deploymentMethods.listDeployments()).filter(({ state }) => state === 'running').map(({ packageId }) => packageId)),
  });
  return {
    upkeep,
    get readOnly() { return store.readOnly; },
    useRecoveredCopy: () => store.useRecoveredCopy(),
    onChanged: (listener) => store.onChanged(listener),
    async close() {
      await journals.close();
      await store.close();
      volumes.close();
    },
    ...createTenants(parts),
    ...createUsers(parts),
    ...createAudit(parts),
    ...createPackages(parts, deployments),
    ...createPackageChanges(parts, deployments),
    ...createPackageLists(parts, deployments),
    writeContent: (expectedSize) => contents.writeContent(expectedSize),
    releaseContent: (sha256) => contents.releaseContent(sha256),
    readContent: (sha256, start, end) => contents.readContent(sha256, start, end),
    ...createImports(parts),
    ...createHosts(parts, deployments),
    ...createApplications(parts),
    ...deploymentMethods,
  };
}

async function readWasm(wasm: Uint8Array | string): Promise<ArrayBuffer> {
  const bytes = typeof wasm === 'string' ? await fs.readFile(wasm) : wasm;
  return new Uint8Array(bytes).buffer;
}

/** The repository before its first change. */
function newHistory(sql: SqlJsStatic, now: Date): History {
  return {
    catalogue: createCatalogue(sql), schema: 0, position: logStart, at: now.toISOString(), imageBytes: 0, logBytes: 0,
    found: { images: [], logs: [], unfinished: [], highest: 0 }, unusable: [],
  };
}

/** Migrates the tables in memory, after the log has been replayed. */
function raiseSchema(history: History): History {
  if (history.schema < newestSchema) {
    history.catalogue.transact((writer) => migrate(writer, history.schema, newestSchema));
    if (history.schema > 0) history.catalogue.compact();
  }
  return { ...history, schema: newestSchema };
}

/** A repository has a catalogue before it has anything else; without one, what is stored must not be taken for leftovers. */
async function refuseLostCatalogue(files: DurableFiles, folder: string, catalogue: CatalogueFolder, others: readonly string[]): Promise<void> {
  for (const other of others) {
    if ((await files.list(other)).length > 0) throw new ProductError('repository/catalogue-missing', { folder, catalogue: catalogue.path });
  }
}

/** Images whose writing a dead service did not end. */
async function removeUnfinished(files: DurableFiles, folder: CatalogueFolder, history: History, log: ServiceLog): Promise<void> {
  if (history.damage) return;
  for (const name of history.found.unfinished) {
    await files.remove(path.join(folder.path, name)).catch((error: unknown) => log.warn('repository', `${name} stays behind: ${String(error)}`));
  }
}
