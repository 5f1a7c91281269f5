import { isProductError } from '../../../core/errors';
import { isWindowsPath } from '../../../core/hosts/hostPath';
import { decodeText } from '../../../core/text/utf8';
import { connectionOf, type HostWork, type Step } from '../hostWork';

const runScriptLimit = 64 * 1024;

/**
 * Completes the application object with what is true now: version, working directory, and how the program is started. As
 * everywhere, what an existing object says of its command line stays.
 */
export const valuesStep: Step = {
  name: 'values',
  async run(work) {
    const { application, journal, plan } = work;
    if (!application) throw new Error('there is no application object');
    // GAX stays what it is, whatever lives in it.
    if (work.package.facts.plugIn) return undefined;
    const workingDirectory = plan.installPath ?? application.workingDirectory;
    const commandLine = application.commandLine || (await findCommandLine(work, workingDirectory));
    work.application = { ...application, version: work.package.facts.identity.version, workingDirectory, commandLine, state: 'enabled' };
    journal.fact('version', work.application.version);
    if (workingDirectory !== '') journal.fact('workingDirectory', workingDirectory);
    if (commandLine !== '') journal.fact('commandLine', `${commandLine} ${application.commandLineArguments}`.trim());
    return undefined;
  },
};

/** The program that the installed `run.sh` starts, as `./name`; `./run.sh` itself where that cannot be told. */
async function findCommandLine(work: HostWork, folder: string): Promise<string> {
  // What starts a program on Windows is not told by a file that is known: there the vendor's installer writes it.
  if (folder === '' || isWindowsPath(folder)) return '';
  let content: Uint8Array | undefined;
  try {
    content = await connectionOf(work).readFile(`${folder}/run.sh`, runScriptLimit);
  } catch (error) {
    // The package is installed, whatever becomes of the connection: that must be recorded.
    if (!isProductError(error)) throw error;
    work.parts.log.warn('deploy', `${work.host.name}: ${folder}/run.sh could not be read: ${error.message}`);
  }
  if (!content) return '';
  const programs = [...decodeText(content).matchAll(/(?:^|[;&]|\bexec|\bnohup)[ \t]*(\.\/[\w.-]+)/gm)];
  return programs.at(-1)?.[1] ?? './run.sh';
}
