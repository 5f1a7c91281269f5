import { installerScript } from './installerScript';
import { writeIpDescription, type SampleDescription } from './description';
import { writeApd, writeMetadataXml, type SampleTemplate } from './templates';
import { tarGzBytes, type SampleEntry } from './writeArchive';

/** The parts of a Linux sample that differ between samples. */
export interface LinuxSample {
  readonly description: SampleDescription;
  readonly silentIni: string;
  readonly templates: readonly SampleTemplate[];
  /** Name of the templates folder; media spell it in several ways. */
  readonly templatesFolder?: string;
  /** Further files beside the usual ones. */
  readonly more?: Iterable<SampleEntry>;
  /** Further files of the payload: what lands in the target folder. */
  readonly product?: readonly SampleEntry[];
  /** A `data.tar.gz` in place of the usual small one. */
  readonly payload?: NonNullable<SampleEntry['stream']>;
}

/** All entries of a Linux package: the installer below `ip/`, templates beside it. */
export async function linuxPackageEntries(sample: LinuxSample): Promise<SampleEntry[]> {
  const { description } = sample;
  const templatesFolder = sample.templatesFolder ?? 'templates';
  const data: SampleEntry = sample.payload
    ? { path: 'ip/data.tar.gz', stream: sample.payload }
    : { path: 'ip/data.tar.gz', content: await tarGzBytes([...payloadEntries(description), ...(sample.product ?? [])]) };
  return [
    { path: 'ip/' },
    { path: 'ip/install.sh', content: installerScript, mode: 0o755 },
    { path: 'ip/ip_description.xml', content: writeIpDescription(description) },
    { path: 'ip/genesys_silent.ini', content: sample.silentIni },
    { path: 'ip/read_me.html', content: readMe(description) },
    { path: 'ip/ospatchlist.txt', content: 'No patches are needed.\n' },
    { path: 'ip/gunzip', content: '#!/bin/sh\nexec gzip -d "$@"\n', mode: 0o755 },
    { path: 'ip/installer.tar.gz', content: await tarGzBytes([{ path: 'installer.txt', content: 'sample\n' }]) },
    { path: 'ip/iscript.tar.gz', content: await tarGzBytes([{ path: 'iscript.txt', content: 'sample\n' }]) },
    { path: 'ip/uninstall/' },
    { path: 'ip/uninstall/uninstall.sh', content: '#!/bin/sh\necho "Nothing to uninstall in a sample"\n', mode: 0o755 },
    { path: 'ip/uninstall/uninstall_custom.sh', content: '#!/bin/sh\nexit 0\n', mode: 0o755 },
    data,
    ...(sample.more ?? []),
    ...(sample.templates.length === 0 ? [] : [{ path: `${templatesFolder}/` }]),
    ...sample.templates.flatMap((template) => [
      { path: `${templatesFolder}/${template.name}.apd`, content: writeApd(template) },
      { path: `${templatesFolder}/${template.name}.xml`, content: writeMetadataXml(template) },
    ]),
  ];
}

/** The product itself: what lands in the target folder. */
export function payloadEntries(description: SampleDescription): SampleEntry[] {
  return [
    { path: 'product', content: `#!/bin/sh\necho "${description.name} ${description.version}"\n`, mode: 0o755 },
    { path: 'conf/' },
    { path: 'conf/product.conf', content: `# ${description.name} ${description.version}\n` },
    { path: 'product_64', linkTo: 'product' },
  ];
}

function readMe({ name, version }: SampleDescription): string {
  return `<!DOCTYPE html>\n<html><head><title>${name}</title></head><body><h1>${name} ${version}</h1></body></html>\n`;
}
