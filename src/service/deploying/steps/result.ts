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
      if (installerEnd?.code === undefined) throw new ProductError('deploy/installer-killed', { host: host.name, output: await lastWordsOf(work) });
      if (installerEnd.code !== 0 && !wantsRestart(work)) throw new ProductError('deploy/installer-ended', { host: host.name, code: installerEnd.code, output: await lastWordsOf(work) });
    }
    if (log?.reboot === true || wantsRestart(work)) journal.fact('restartWanted', host.name);
    work.installed = true;
    if (work.facts?.target?.filled) await inspectTarget(work, signal);
    return undefined;
  },
};

function oneLine(text: string): string {
  return asPlainText(text.replace(/\s*[\r\n]+\s*/g, ' ')).trim();
}

/** Exit codes of Windows Installer for what is done once the host was restarted: somebody has to, or it is under way (Microsoft, "MsiExec.exe and InstMsi.exe error messages"). */
const restartCodes: readonly (number | undefined)[] = [3010, 1641];

function wantsRestart({ installerEnd, facts }: HostWork): boolean {
  return facts?.system.osGroup === 'windows' && restartCodes.includes(installerEnd?.code);
}

/** An installer of Windows prints nothing: what it has to say stands in a log of its own. */
async function lastWordsOf(work: HostWork): Promise<string> {
  const printed = lastOutput(work);
  if (printed !== '' || work.facts?.system.osGroup !== 'windows') return printed;
  const bytes = await connectionOf(work).readFile(work.plan.layout.wizardLog, logLimit);
  const lines = bytes ? decodeText(bytes).split(/\r?\n/).map((line) => asPlainText(line).trim()).filter((line) => line !== '') : [];
  return lines.slice(-3).join(' · ').slice(-500);
}

function lastOutput({ installerEnd }: HostWork): string {
  return installerEnd?.lastLines.slice(-500) ?? '';
}
