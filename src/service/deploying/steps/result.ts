import { ProductError } from '../../../core/errors';
import { parseResultLog } from '../../../core/formats/resultLog/parse';
import { asPlainText } from '../../../core/text/plainText';
import { decodeText } from '../../../core/text/utf8';
import { connectionOf, type HostWork, type Step } from '../hostWork';
import { inspectTarget } from '../inspectTarget';

const logLimit = 256 * 1024;

/** Decides whether the installation succeeded: by the result log's code first, by the exit code where there is none. */
export const resultStep: Step = {
  name: 'result',
  async run(work, signal) {
    const { host, journal, plan, installerEnd } = work;
    signal.throwIfAborted();
    const bytes = await connectionOf(work).readFile(plan.layout.resultLog, logLimit);
    const log = bytes && parseResultLog(decodeText(bytes)).log;
    if (log?.resultCode !== undefined) {
      journal.fact('resultCode', String(log.resultCode));
      if (log.resultCode !== 0) throw new ProductError('deploy/installer-error', { host: host.name, message: oneLine(log.error) || lastOutput(work) });
    } else {
      journal.fact('resultMissing', '');
      if (installerEnd?.code === undefined) throw new ProductError('deploy/installer-killed', { host: host.name, output: lastOutput(work) });
      if (installerEnd.code !== 0) throw new ProductError('deploy/installer-ended', { host: host.name, code: installerEnd.code, output: lastOutput(work) });
    }
    work.installed = true;
    if (work.facts?.target?.filled) await inspectTarget(work, signal);
    return undefined;
  },
};

function oneLine(text: string): string {
  return asPlainText(text.replace(/\s*[\r\n]+\s*/g, ' ')).trim();
}

function lastOutput({ installerEnd }: HostWork): string {
  return installerEnd?.lastLines.slice(-500) ?? '';
}
