import { installFromFolder } from '../../../core/deployment/hostCommands';
import { stepOf } from '../../../core/deployment/plan';
import { ProductError } from '../../../core/errors';
import { childPath } from '../../../core/hosts/hostPath';
import { connectionOf, type HostWork, type Step } from '../hostWork';
import { createOutputLines } from '../outputLines';
import { lastWords, runScript, saysDiskFull } from '../shell';
import { withGrace } from '../withGrace';

/**
 * Milliseconds that the start of the installer may take once the deployment is to stop: a script that nobody waits for any
 * more would start the installer behind the back of those who end what runs and clean up.
 */
const startGrace = 10_000;

/**
 * Runs the package's own installer silently from inside its folder and follows it to its end. One that an earlier attempt
 * of this deployment started is followed instead, or its end is taken when it has ended well meanwhile.
 */
export const installStep: Step = {
  name: 'install',
  async run(work, signal) {
    const { journal, plan } = work;
    const { layout } = plan;
    const lines = createOutputLines({
      line: (stream, text) => journal.output(stream, text),
      leftOut: (bytes) => journal.fact('outputLeftOut', String(bytes)),
    });
    const ran = await start(work, signal);
    await runScript(connectionOf(work), 'followInstaller', [layout.run], { signal, onOutput: (stream, text) => lines.add(stream, text) });
    lines.end();
    const exit = await connectionOf(work).readFile(childPath(layout.run, 'exit'), 16);
    const code = exit && /^-?\d+/.exec(Buffer.from(exit).toString('latin1'))?.[0];
    work.installerEnd = { code: code === undefined ? undefined : Number(code), lastLines: lines.last().join(' · ') };
    work.installing = false;
    if (code !== undefined) journal.fact('exitCode', code);
    return ran ? undefined : 'already-ran';
  },
};

/** @returns false when the installer had ended before */
async function start(work: HostWork, signal: AbortSignal): Promise<boolean> {
  const { journal, plan, host, deployment } = work;
  const { layout } = plan;
  signal.throwIfAborted();
  journal.command(installFromFolder(layout.installer, stepOf(plan, 'install').command));
  await journal.stored();
  work.installing = true;
  const result = await withGrace(signal, startGrace, (late) => runScript(
    connectionOf(work), 'startInstaller', [layout.run, layout.installer, layout.silentIni, layout.resultLog, deployment.id, layout.wizardLog], { signal: late },
  ));
  const [, answer, rest = ''] = /^(started|running|ended|failed)\s([\s\S]*)/m.exec(result.stdout) ?? [];
  switch (answer) {
    case 'started':
      journal.fact('installerStarted', rest.trim());
      return true;
    case 'running':
      journal.fact('installerFollowed', rest.trim());
      return true;
    case 'ended':
      return false;
    default: {
      work.installing = false;
      const reason = rest.trim() || lastWords(result);
      if (saysDiskFull(reason)) throw new ProductError('deploy/disk-full-midway', { host: host.name, folder: layout.run, step: 'install', reason });
      throw new ProductError('deploy/not-started', { host: host.name, reason });
    }
  }
}
