import { ProductError } from '../../../core/errors';
import { unpackCommand } from '../../../core/deployment/hostCommands';
import { childPath } from '../../../core/hosts/hostPath';
import { megabytes } from '../../../core/deployment/plan';
import { dialectOf } from '../hostScripts/dialectOf';
import { connectionOf, type HostWork, type Step } from '../hostWork';
import { lastWords, runScript, saysDiskFull } from '../shell';
import type { ExecResult } from '../ssh/hostConnection';
import { findDifferences } from './differences';

/**
 * Sends the package through one channel into `tar -x` on the host: a tar.gz as its original bytes, a zip as a tar made on
 * the way, and of a package that is partly there only what is missing. Nothing is unpacked on our side.
 */
export const transferStep: Step = {
  name: 'transfer',
  timesItself: true,
  async run(work, signal) {
    const { journal, package: content, plan } = work;
    const found = await prepare(work, signal);
    if (found === 'new') {
      await send(work, undefined, signal);
      return undefined;
    }
    journal.fact('leftover', plan.layout.folder);
    const missing = await findDifferences(work, signal);
    journal.fact('present', String(content.files.length - missing.length), { total: content.files.length });
    if (missing.length === 0) return 'equal-content';
    await send(work, new Set(missing), signal);
    return undefined;
  },
};

async function prepare(work: HostWork, signal: AbortSignal): Promise<'new' | 'present'> {
  const { host, plan, facts } = work;
  const { root, folder } = plan.layout;
  const { sha256 } = work.package.facts;
  const leftover = facts?.leftovers.find((other) => other.sha256 === sha256 && other.deploymentId !== work.deployment.id);
  const result = await runScript(connectionOf(work), 'prepareFolder', [root, folder, sha256, ...(leftover ? [childPath(root, leftover.deploymentId)] : [])], { signal });
  const [, answer, reason = ''] = /^(new|present|failed)\r?\n([\s\S]*)/m.exec(result.stdout) ?? [];
  if (answer === 'new' || answer === 'present') return answer;
  throw transferError(host.name, folder, reason.trim() || lastWords(result));
}

/**
 * When all bytes are handed over, up to the channel's window of them (2 MB) may still be on their way, of which nothing is
 * heard: over a slow link that takes so many times longer than it may be silent before. A dead connection is noticed anyway.
 */
const tailFactor = 10;

async function send(work: HostWork, only: ReadonlySet<string> | undefined, signal: AbortSignal): Promise<void> {
  const { host, journal, plan, parts } = work;
  const into = plan.layout.package;
  const stalled = new AbortController();
  let done = 0;
  let timer: NodeJS.Timeout | undefined;
  const { bytes, size, compressed } = work.package.open(only, signal);
  const limit = (): number => parts.timeouts.transfer * (done >= size ? tailFactor : 1);
  let over = false;
  const watch = (): void => {
    clearTimeout(timer);
    // Bytes may still be told of when the channel is closed already.
    if (over) return;
    timer = setTimeout(() => stalled.abort(), limit());
  };
  journal.fact('sending', only ? 'missing' : compressed ? 'archive' : 'tar', { files: only?.size ?? work.package.files.length, size: megabytes(size) });
  journal.command(unpackCommand(into, compressed));
  const started = Date.now();
  work.sent = { done: 0, total: size };
  watch();
  let result: ExecResult;
  try {
    result = await connectionOf(work).exec(dialectOf(connectionOf(work)).unpack(into, compressed), {
      stdin: bytes,
      signal: AbortSignal.any([signal, stalled.signal]),
      onSent: (sent) => {
        done = sent;
        work.sent = { done, total: Math.max(size, done) };
        journal.progress('transfer', done, Math.max(size, done));
        watch();
      },
    });
  } catch (error) {
    if (stalled.signal.aborted && !signal.aborted) {
      throw new ProductError('deploy/transfer-stalled', { host: host.name, seconds: limit() / 1000, sent: megabytes(done), total: megabytes(size) }, { cause: error });
    }
    throw error;
  } finally {
    over = true;
    clearTimeout(timer);
  }
  if (result.code !== 0) throw transferError(host.name, into, lastWords(result));
  delete work.sent;
  journal.fact('sent', '', { size: megabytes(done), seconds: Math.round((Date.now() - started) / 10) / 100 });
}

function transferError(host: string, folder: string, reason: string): ProductError {
  return saysDiskFull(reason)
    ? new ProductError('deploy/disk-full-midway', { host, folder, step: 'transfer', reason })
    : new ProductError('deploy/transfer-failed', { host, folder, reason });
}
