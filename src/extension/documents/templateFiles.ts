import * as vscode from 'vscode';
import { ProductError } from '../../core/errors';
import { decodeApd } from '../../core/formats/apd/decode';
import type { ApdTemplate } from '../../core/formats/apd/model';
import { firstError } from '../../core/formats/problem';
import type { FileRead } from '../pages/apd/apdView';

/** In bytes; the largest whole template has some 65,000. */
const longestFile = 20 * 1024 * 1024;

/** The name of a file without its folder. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** The name without folder and ending. */
export function baseNameOf(uri: vscode.Uri): string {
  return nameOf(uri).replace(/\.[^.]*$/, '');
}

/** The file of the same name with another ending in the same folder. */
export function withEnding(uri: vscode.Uri, ending: '.apd' | '.xml'): vscode.Uri {
  return uri.with({ path: uri.path.replace(/(?:\.[^./]*)?$/, ending) });
}

/**
 * The file of a template's pair that is there: the one of the same name with the other ending, whatever its capitals, since
 * packages made on Windows carry `.XML` as well. Where several are there the one written as ours wins; where none is, the
 * result is the name it would have.
 */
export async function findPartner(uri: vscode.Uri, ending: '.apd' | '.xml'): Promise<vscode.Uri> {
  const usual = withEnding(uri, ending);
  let entries: readonly (readonly [string, vscode.FileType])[];
  try {
    entries = await vscode.workspace.fs.readDirectory(folderOf(uri));
  } catch {
    // A folder that cannot be listed may still let its files be read.
    return usual;
  }
  const names = entries.map(([name]) => name);
  const wanted = nameOf(usual);
  const name = [wanted, ...names.filter((other) => other.toLowerCase() === wanted.toLowerCase()).sort()].find((other) => names.includes(other));
  return name === undefined ? usual : vscode.Uri.joinPath(folderOf(uri), name);
}

/** The folder of a file. */
export function folderOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..');
}

/** Reads a template of either kind. Never rejects. */
export async function readTemplateFile(uri: vscode.Uri): Promise<FileRead> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > longestFile) return { kind: 'tooLong' };
    return { kind: 'content', bytes: await vscode.workspace.fs.readFile(uri) };
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return { kind: 'missing' };
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Reads a whole application template. @throws editor/apd-too-long; editor/apd-unreadable for a damaged one: what could be read of it is not the file */
export async function readWholeApd(uri: vscode.Uri): Promise<ApdTemplate> {
  if ((await vscode.workspace.fs.stat(uri)).size > longestFile) throw new ProductError('editor/apd-too-long', { file: nameOf(uri) });
  const { template, problems } = decodeApd(await vscode.workspace.fs.readFile(uri));
  const error = firstError(problems);
  if (template === undefined || error !== undefined) throw new ProductError('editor/apd-unreadable', { ...error?.args, file: nameOf(uri), problem: error?.code ?? 'apd.wrong-mark' });
  return template;
}

/** Tells when one of some files of one folder may have changed, or one that differs in capitals alone. The names need not be fit for a pattern: all of the folder is watched. */
export function watchFiles(uris: readonly vscode.Uri[], onChange: (uri: vscode.Uri) => void): vscode.Disposable {
  const [first] = uris;
  if (first === undefined) return new vscode.Disposable(() => undefined);
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folderOf(first), '*'));
  const key = (uri: vscode.Uri): string => nameOf(uri).toLowerCase();
  const wanted = new Set(uris.map(key));
  const tell = (uri: vscode.Uri): void => {
    if (wanted.has(key(uri))) onChange(uri);
  };
  return vscode.Disposable.from(watcher, watcher.onDidChange(tell), watcher.onDidCreate(tell), watcher.onDidDelete(tell));
}
