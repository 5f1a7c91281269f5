import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitOn, type WindowsMachine, type WindowsProcess } from './machine';

/** What the example's `setup.exe` can be told to do, by `[Example] Behaviour` of its silent.ini. */
export type SetupBehaviour = 'ok' | 'error' | 'silentDeath' | 'slow' | 'restart' | 'relaunch' | 'prints' | 'plugIn';

export interface SetupRun {
  readonly machine: WindowsMachine;
  readonly process: WindowsProcess;
  /** Windows path of the folder it lies in, which is its working directory too. */
  readonly folder: string;
  /** What stands behind its name on the command line. */
  readonly args: string;
  readonly print: (bytes: Buffer) => void;
}

/** The options of the vendor's wizard inside of the argument `/z` of InstallShield. */
export function readSetupArguments(args: string): { readonly ini: string; readonly log: string; readonly wizard: string } {
  const [, ini, log, wizard] = /^\/s \/z"-s '([^'"\s]+)' -sl '([^'"\s]+)' -t '([^'"\s]+)'"$/.exec(args) ?? [];
  if (ini === undefined || log === undefined || wizard === undefined) throw new Error(`setup.exe does not understand ${args}`);
  return { ini, log, wizard };
}

/** Installs in the manner of the vendor's installer. @returns its exit code */
export async function runSetup({ machine, process, folder, args, print }: SetupRun): Promise<number> {
  const { ini, log, wizard } = readSetupArguments(args);
  const text = readFileSync(machine.real(ini), 'latin1');
  if (/(^|[^\r])\n/.test(text)) return finish('1', 'silent.ini has line ends of another system', 1);
  const value = (section: string, key: string): string =>
    new RegExp(`^\\[${section}\\]\\r\\n(?:(?!\\[).*\\r\\n)*?${key}=(.*)\\r$`, 'm').exec(text)?.[1] ?? '';
  const target = value('IPCommon', 'InstallPath');
  const behaviour = value('Example', 'Behaviour') as SetupBehaviour;
  appendFileSync(machine.real(wizard), `Silent mode\r\nInstalling into ${target}\r\n`);

  function finish(code: string, error: string, exit: number, reboot = 'N'): number {
    writeFileSync(machine.real(log), `[GenesysProductInfo]\r\nFile=ResultFile\r\n[Result]\r\nResultCode=${code}\r\nError=${error}\r\nReboot=${reboot}\r\n`);
    return exit;
  }
  function install(): void {
    const into = machine.real(target);
    mkdirSync(into, { recursive: true });
    const present = readdirSync(into).filter((name) => !name.startsWith('backup_'));
    if (present.length > 0) {
      const backup = join(into, `backup_2026-12-01_0${readdirSync(into).length}-00-00`);
      mkdirSync(backup);
      for (const name of present) renameSync(join(into, name), join(backup, name));
    }
    for (const name of ['ip_description.xml', 'data.txt']) copyFileSync(join(machine.real(folder), name), join(into, name));
  }

  /** The Java archives of a plug-in go into its own folder, and into the GAX that its installer finds by itself. */
  function installPlugIn(): void {
    install();
    const archives = readdirSync(join(machine.real(folder), 'lib'));
    mkdirSync(join(machine.real(target), 'lib'), { recursive: true });
    for (const name of archives) {
      copyFileSync(join(machine.real(folder), 'lib', name), join(machine.real(target), 'lib', name));
      if (machine.traits.gaxFound !== undefined) copyFileSync(join(machine.real(folder), 'lib', name), join(machine.real(`${machine.traits.gaxFound}\\webapp\\WEB-INF\\lib`), name));
    }
  }

  switch (behaviour) {
    case 'plugIn':
      installPlugIn();
      return finish('0', '', 0);
    case 'error':
      return finish('1', 'Host name was not found in Configuration Server.', 1);
    case 'silentDeath':
      appendFileSync(machine.real(wizard), 'Unable to write to C:\\GCTI\r\n');
      return -1073741819;
    case 'slow':
      await waitOn(machine, () => existsSync(machine.real(`${folder}\\go-on`)), process.ended);
      break;
    case 'restart':
      install();
      return finish('0', '', 3010, 'Y');
    case 'relaunch':
      // InstallShield copies its engine to a temporary folder, starts that, and may end before it.
      machine.start('ISBEW64.exe', `C:\\Temp\\{A1}\\ISBEW64.exe ${args}`, process.pid, async (engine) => {
        await waitOn(machine, () => existsSync(machine.real(`${folder}\\go-on`)), engine.ended);
        install();
        finish('0', '', 0);
      });
      return 0;
    case 'prints':
      // “Déjà installé” in code page 850.
      print(Buffer.from([0x44, 0x82, 0x6a, 0x85, 0x20, 0x69, 0x6e, 0x73, 0x74, 0x61, 0x6c, 0x6c, 0x82, 0x0d, 0x0a]));
      break;
  }
  install();
  return finish('0', '', 0);
}
