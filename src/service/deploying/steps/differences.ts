import { checksumList, parseChecksumFailures } from '../../../core/deployment/checksums';
import { ProductError } from '../../../core/errors';
import { dialectOf } from '../hostScripts/dialectOf';
import { connectionOf, type HostWork } from '../hostWork';
import { lastWords } from '../shell';

/**
 * Compares the files on the host with the package's index, all in one command.
 * @returns the paths of those that differ or are missing
 * @throws ProductError `deploy/check-failed` when the host could not compare
 */
export async function findDifferences(work: HostWork, signal: AbortSignal): Promise<readonly string[]> {
  const { files } = work.package;
  if (files.length === 0) return [];
  const differing: string[] = [];
  const result = await connectionOf(work).exec(dialectOf(connectionOf(work)).compareFiles(work.plan.layout.package), { stdin: Buffer.from(checksumList(files)), signal });
  if (result.code === 0 && result.stdout === '' && result.stderr === '') return differing;
  differing.push(...parseChecksumFailures(result.stdout));
  const known = new Set(files.map((file) => file.path));
  const complete = result.code === 1 && differing.length > 0 && differing.every((path) => known.has(path));
  if (!complete) throw new ProductError('deploy/check-failed', { host: work.host.name, reason: lastWords(result) });
  return differing;
}
