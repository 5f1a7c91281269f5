import { stepOf } from '../../../core/deployment/plan';
import type { FilesToCopy } from '../../../core/deployment/model';
import { isProductError } from '../../../core/errors';
import { childPath } from '../../../core/hosts/hostPath';
import { connectionOf, type HostWork, type Step } from '../hostWork';
import { runScript } from '../shell';

/**
 * Looks whether the installer has copied the plug-in into GAX. Where the GAX directory is a wrong one it has not, and a
 * person has to: that is no failure, the plug-in is installed.
 */
export const plugInStep: Step = {
  name: 'plugIn',
  async run(work, signal) {
    const { journal, plan } = work;
    const { gaxDirectory } = stepOf(plan, 'plugIn');
    if (gaxDirectory === undefined) {
      journal.fact('plugInByInstaller', plan.applicationName);
      return undefined;
    }
    const found = await findFiles(work, gaxDirectory, signal);
    if (found.toCopy === undefined) journal.fact('plugInCopied', found.gaxDirectory ?? gaxDirectory, { n: found.there });
    else {
      work.filesToCopy = found.toCopy;
      if (found.toCopy.gaxDirectory !== gaxDirectory) journal.fact('notGaxDirectory', gaxDirectory);
      journal.fact('filesNotCopied', found.toCopy.from, { n: found.toCopy.files.length, gax: found.toCopy.gaxDirectory ?? 'none' });
      for (const file of found.toCopy.files) journal.fact('fileToCopy', childPath(found.toCopy.from, file));
    }
    return undefined;
  },
};

interface FoundFiles {
  readonly there: number;
  readonly gaxDirectory?: string;
  readonly toCopy?: FilesToCopy;
}

async function findFiles(work: HostWork, gaxDirectory: string, signal: AbortSignal): Promise<FoundFiles> {
  const { plan, facts, host, parts, application } = work;
  const from = plan.installPath ?? '';
  const known = application?.workingDirectory ?? '';
  const wrong = facts?.gax?.hasLibrary === false;
  let lines: readonly (readonly [string, string])[] = [];
  try {
    const { stdout } = await runScript(connectionOf(work), 'findPlugInFiles', [from, gaxDirectory, ...(known === '' ? [] : [known])], { signal });
    lines = stdout.split('\n').map((line) => [line.split('\t', 1)[0] ?? '', line.slice(line.indexOf('\t') + 1)] as const);
  } catch (error) {
    // The package is installed, whatever becomes of the connection: that must be recorded.
    if (!isProductError(error)) throw error;
    parts.log.warn('deploy', `${host.name}: the files of the plug-in could not be looked for: ${error.message}`);
  }
  const of = (kind: string): readonly string[] => lines.flatMap(([name, value]) => (name === kind && value !== '' ? [value] : []));
  const [gax] = of('gax');
  const files = of('missing');
  const there = of('there').length;
  // Where nothing could be told, the installer has done what it does with such a directory.
  const isCopied = lines.some(([name]) => name === 'end') && there + files.length > 0 ? files.length === 0 : !wrong;
  return { there, ...(gax !== undefined && { gaxDirectory: gax }), ...(!isCopied && { toCopy: { from, files, ...(gax !== undefined && { gaxDirectory: gax }) } }) };
}
