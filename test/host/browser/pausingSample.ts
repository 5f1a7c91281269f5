import type { Sample } from '../../support/samplePackages/samples';
import { samples } from '../../support/samplePackages/samples';
import { linuxPackageEntries } from '../../support/samplePackages/packageEntries';
import { writeSample } from '../../support/samplePackages/writeSample';

export interface PausingSample {
  readonly version?: string;
  /** Where the installer installs to, as the package's own silent.ini says. */
  readonly installPath: string;
  /** The installer waits until this file is there. */
  readonly waitFor?: string;
  /** Adds a section for Configuration Server, with a password to be asked for. */
  readonly withPassword?: boolean;
}

/** Writes a package whose installer waits for a file, so that a test sees it running as long as it wants. @returns the path of the archive */
export function writePausingSample(folder: string, { version = '8.5.100.90', installPath, waitFor = '', withPassword = false }: PausingSample): Promise<string> {
  const description = { ...samples.lca.description, version };
  const configServer = ['[ConfigServer]', 'Host=config.example', 'Port=2020', 'User=default', 'Password=', 'ApplicationName=LCA', ''];
  const silentIni = ['[IPCommon]', `InstallPath=${installPath}`, 'DataModel=64', '', '[SandboxTest]', `WaitFor=${waitFor}`, 'Fail=', '', ...(withPassword ? configServer : [])].join('\n');
  const sample: Sample = {
    fileName: `IP_LCA_${version.replaceAll('.', '')}b1_ENU_linux.tar.gz`, format: 'tar.gz', description,
    entries: () => linuxPackageEntries({ description, silentIni, templates: [] }),
  };
  return writeSample(sample, folder);
}
