import * as path from 'node:path';
import { importMethodIds, type ImportMethod, type ImportSource } from '../core/packages/importSource';
import type { MountMap } from '../core/packages/uncPath';
import { parseOptions, requireArgument, takeNoMore, UsageError } from './usage';

/** What `gaxpkg import` and `gaxpkg replace` are told. */
export interface ImportOptions {
  readonly json: boolean;
  readonly tenant?: string;
  readonly group?: string;
  /** Absent: found out by looking. */
  readonly method?: ImportMethod;
  /** Files, folders, network paths and `file:` addresses; paths are absolute. */
  readonly paths: readonly string[];
  /** Set for a package in parts: then there is one path. */
  readonly parts?: Extract<ImportSource, { method: 'parts' }>;
  /** Of several packages at a path: all that are new, or those of these names; absent: a path must hold one. */
  readonly choice?: 'all' | readonly string[];
  readonly dryRun: boolean;
  readonly mounts: MountMap;
  readonly parallel?: number;
}

/** Imports at a time; more would only get into each other's way. */
const mostParallel = 16;

/** @throws UsageError */
export function parseImportOptions(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): ImportOptions {
  const { values, positionals } = parseOptions(args, {
    tenant: { type: 'string' }, group: { type: 'string' }, json: { type: 'boolean' }, method: { type: 'string' }, xml: { type: 'string' }, apd: { type: 'string' },
    all: { type: 'boolean' }, only: { type: 'string', multiple: true }, 'dry-run': { type: 'boolean' }, mount: { type: 'string', multiple: true }, parallel: { type: 'string' },
  });
  requireArgument(positionals, 0, 'PATH');
  if (values.all === true && values.only !== undefined) throw new UsageError('onlyOneOf', { options: '--all, --only' });
  const method = parseMethod(values.method);
  const parts = parseParts(method, values.xml, values.apd, positionals);
  const choice = values.all === true ? 'all' : values.only;
  const parallel = parseParallel(values.parallel);
  return {
    json: values.json === true, dryRun: values['dry-run'] === true, paths: positionals.map(wholePath), mounts: parseMounts(environment['GAXPKG_MOUNTS'], values.mount),
    ...(values.tenant !== undefined && { tenant: values.tenant }), ...(values.group !== undefined && { group: values.group }),
    ...(method && { method }), ...(parts && { parts }), ...(choice && { choice }), ...(parallel !== undefined && { parallel }),
  };
}

function parseMethod(value: string | undefined): ImportMethod | undefined {
  const method = importMethodIds.find((id) => id === value);
  if (value !== undefined && method === undefined) throw new UsageError('badValue', { option: '--method', value, what: importMethodIds.join(', ') });
  return method;
}

function parseParts(method: ImportMethod | undefined, xml: string | undefined, apd: string | undefined, positionals: readonly string[]): ImportOptions['parts'] {
  if (method !== 'parts' && xml === undefined && apd === undefined) return undefined;
  if (method !== undefined && method !== 'parts') throw new UsageError('onlyOneOf', { options: `--method ${method}, --xml` });
  if (xml === undefined || apd === undefined) throw new UsageError('missingArgument', { argument: xml === undefined ? '--xml' : '--apd' });
  takeNoMore(positionals, 1);
  return { method: 'parts', path: wholePath(requireArgument(positionals, 0, 'PATH')), xml: wholePath(xml), apd: wholePath(apd) };
}

function parseParallel(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const parallel = /^\d{1,2}$/.test(value) ? Number(value) : 0;
  if (parallel < 1 || parallel > mostParallel) throw new UsageError('badValue', { option: '--parallel', value, what: `1–${mostParallel}` });
  return parallel;
}

/** `//server/share=/mnt/share`: of the variable separated by line ends or `;`, of options one each, which count more. */
function parseMounts(variable: string | undefined, options: readonly string[] | undefined): MountMap {
  const entries = [...(variable ?? '').split(/[\n;]/).map((entry) => entry.trim()).filter((entry) => entry !== ''), ...options ?? []];
  return Object.fromEntries(entries.map((entry) => {
    const [, share, folder] = /^([\\/]{2}[^=]+)=(\/.*)$/s.exec(entry) ?? [];
    if (share === undefined || folder === undefined) throw new UsageError('badValue', { option: '--mount', value: entry, what: '//server/share=/folder' });
    return [share, folder];
  }));
}

/** The service has another working folder: only network paths and addresses go as they were typed. */
function wholePath(entered: string): string {
  return /^([\\/]{2}[^\\/]|file:)/i.test(entered) ? entered : path.resolve(entered);
}
