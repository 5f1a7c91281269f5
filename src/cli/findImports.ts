import { describeError, isProductError, type ErrorData, type ProductError } from '../core/errors';
import { describeOperatingSystem } from '../core/packages/identity';
import type { ImportSource } from '../core/packages/importSource';
import { findPackages, parsePackageReference } from '../core/packages/reference';
import type { ScannedPackage, ScanResult } from '../core/packages/scan';
import type { ServiceClient } from '../service/client';
import { exitUsage, type CliContext } from './context';
import { CliFailure } from './failure';
import type { ImportOptions } from './importOptions';
import { formatTable } from '../core/text/table';

/** What is to be imported, and how many things at the paths cannot be. */
export interface FoundImports {
  readonly sources: readonly ImportSource[];
  readonly failed: number;
}

/**
 * Finds out what the paths of a command hold and which of it is meant.
 * @param replace whether what is there already is meant as well
 * @throws CliFailure when a path holds several packages and none was named, or a name fits none
 */
export async function findImports(context: CliContext, client: ServiceClient, options: ImportOptions, replace: boolean): Promise<FoundImports> {
  const { parts, method, paths } = options;
  if (parts !== undefined) return { sources: [parts], failed: 0 };
  // Named as archives, they are read by their imports alone.
  if (method === 'archive') return { sources: paths.map((path) => ({ method, path })), failed: 0 };
  const sources: ImportSource[] = [];
  let failed = 0;
  for (const path of paths) {
    try {
      const result = await scan(context, client, options, path);
      const [first] = result.packages;
      // What keeps a file from being a package is found out better by its import, which reads all of it.
      if (result.foldersRead === 0) sources.push(first ? { ...first.source, path } : { method: method === undefined || method === 'parts' ? 'archive' : method, path });
      else {
        failed += noteUnreadable(context, result);
        sources.push(...choose(context, result, options, replace).map(({ source }) => source));
      }
    } catch (error) {
      if (!isProductError(error) || error.code.startsWith('service/') || error.code === 'import/unknown-tenant') throw error;
      // One wrong name must not keep the others out.
      failed += 1;
      context.terminal.note(`${path}: ${sentence(context, error)}`);
    }
  }
  return { sources, failed };
}

/** Shows what the paths hold and imports nothing. @returns how many things cannot be imported */
export async function showImports(context: CliContext, client: ServiceClient, options: ImportOptions): Promise<number> {
  const results: ScanResult[] = [];
  if (options.parts === undefined) for (const path of options.paths) results.push(await scan(context, client, options, path));
  else results.push(await inspectParts(client, options, options.parts));
  if (options.json) {
    context.terminal.out(JSON.stringify(results.map((result) => scanAsJson(context, result)), undefined, 2));
  } else {
    const packages = results.flatMap((result) => result.packages);
    if (packages.length > 0) for (const line of tableOf(context, packages)) context.terminal.out(line);
  }
  const failed = results.reduce((sum, result) => sum + noteUnreadable(context, result), 0);
  if (results.every(({ packages }) => packages.length === 0)) context.terminal.note(context.text('noPackagesFound'));
  return failed;
}

/** What a package in parts is, told like a scan. */
async function inspectParts(client: ServiceClient, { mounts }: ImportOptions, source: NonNullable<ImportOptions['parts']>): Promise<ScanResult> {
  const { identity, nickname, kind, size, presentIn } = await client.request('imports/inspect', { source, mounts });
  const found: ScannedPackage = { source, identity, nickname, kind, size, presentIn, presence: presentIn.length > 0 ? 'present' : 'new' };
  return { method: 'archive', path: source.path, foldersRead: 0, packages: [found], unreadable: [], stopped: false };
}

async function scan(context: CliContext, client: ServiceClient, { method, tenant, mounts }: ImportOptions, path: string): Promise<ScanResult> {
  let packages = 0;
  const stop = client.on('importScan', ({ foldersRead, found }) => {
    packages += found.length;
    context.terminal.progress(context.text('scanning', { path, folders: foldersRead, n: packages }));
  });
  try {
    return await client.request('imports/scan', { path, mounts, ...(method !== undefined && method !== 'parts' && { method }), ...(tenant !== undefined && { tenant }) });
  } finally {
    stop();
  }
}

/** The packages of a path that are meant. */
function choose(context: CliContext, { path, packages }: ScanResult, { choice }: ImportOptions, replace: boolean): readonly ScannedPackage[] {
  if (choice === undefined) {
    if (packages.length === 1) return packages;
    if (packages.length === 0) throw new CliFailure(`${path}: ${context.text('noPackagesFound')}`);
    throw new CliFailure([context.text('severalFound', { path, n: packages.length }), ...tableOf(context, packages).map((line) => `  ${line}`)].join('\n'), exitUsage);
  }
  if (choice !== 'all') {
    return choice.flatMap((name) => {
      const found = findPackages(packages.map((item) => ({ ...item, ...item.identity })), parsePackageReference(name));
      if (found.length === 0) throw new CliFailure(context.text('notAmongFound', { name, path }), exitUsage);
      return found;
    });
  }
  const present = replace ? [] : packages.filter(({ presence }) => presence !== 'new');
  if (present.length > 0) context.terminal.note(context.text('presentLeftOut', { n: present.length }));
  return packages.filter((item) => !present.includes(item));
}

function noteUnreadable(context: CliContext, { unreadable, stopped }: ScanResult): number {
  for (const { path, error } of unreadable) context.terminal.note(`${path}: ${sentence(context, error)}`);
  if (stopped) context.terminal.note(context.text('scanStopped'));
  return unreadable.length;
}

function tableOf(context: CliContext, packages: readonly ScannedPackage[]): readonly string[] {
  const text: CliContext['text'] = (key, args) => context.text(key, args);
  const presence = { new: 'presenceNew', identical: 'presenceIdentical', present: 'presencePresent' } as const;
  return formatTable(
    [text('colName'), text('colNickname'), text('colVersion'), text('colLocale'), text('colSystem'), text('presence'), text('method'), text('path')],
    packages.map(({ identity, nickname, source, presence: is }) => [
      identity.name, nickname, identity.version, identity.localeId, describeOperatingSystem(identity, text('bit')), text(presence[is]), source.method, source.path,
    ]),
  );
}

function scanAsJson(context: CliContext, { packages, unreadable, ...scan_ }: ScanResult): object {
  return {
    ...scan_,
    packages: packages.map(({ identity, source, presentIn: _, ...item }) => ({ ...identity, ...item, method: source.method, source: source.path })),
    unreadable: unreadable.map(({ path, error }) => ({ path, error: { code: error.code, message: describeError(context.locale, error) } })),
  };
}

function sentence(context: CliContext, error: ErrorData | ProductError): string {
  return `${describeError(context.locale, error)}${context.text('errorCode', { code: error.code })}`;
}
