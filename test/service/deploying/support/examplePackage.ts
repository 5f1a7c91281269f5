import { createCipheriv, createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import JSZip from 'jszip';
import { pack } from 'tar-stream';
import { environmentTenant, type PackageSummary } from '../../../../src/core/packages/model';
import { defaultArchiveLimits } from '../../../../src/service/archive/archive';
import { readArchive } from '../../../../src/service/archive/readArchive';
import type { NewPackage, Repository } from '../../../../src/service/repository/repository';
import { memorySource } from '../../archive/support/memorySource';

export interface ExamplePackageOptions {
  readonly format?: 'tar.gz' | 'zip';
  readonly version?: string;
  readonly nickname?: string;
  readonly osGroup?: string;
  /** Added to the usual files. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  readonly changes?: Partial<NewPackage>;
}

/** What the example's installer can be told to do, by `[Example] Behaviour`. `mendable`: fails while a file `<target>.broken` is there, leaves a garbled result log while `<target>.garbled` is, and hangs while `<target>.stuck` is. */
export type Behaviour = 'ok' | 'error' | 'silentDeath' | 'contradiction' | 'hang' | 'slow' | 'flood' | 'noLog' | 'killed' | 'echoError' | 'halfDone' | 'mendable';

/** How the installer's copies of itself in /tmp begin: of these tests' process, since others may run beside. */
export const installerCopies = `gp-example-${process.pid}-`;

/**
 * An installer in the manner of the vendor's: arguments, answer file, copy of itself in /tmp, backup of a target that is
 * not empty, result log, exit code. `[Example] Behaviour` has it fail in the ways that are to be tested.
 */
const installer = `#!/bin/sh
while [ $# -gt 0 ]; do
  case $1 in -fr) ini=$2; shift ;; -fl) log=$2; shift ;; esac
  shift
done
value() { awk -v section="[$1]" -v key="$2=" '$0 == section { inside = 1; next } /^\\[/ { inside = 0 } inside && index($0, key) == 1 { print substr($0, length(key) + 1); exit }' "$ini"; }
target=$(value IPCommon InstallPath)
behaviour=$(value Example Behaviour)
password=$(value ConfigServer Password)
here=$(pwd)
copy=/tmp/${installerCopies}$$
mkdir "$copy" && cp -R . "$copy" && pwd >"$copy/launch_directory.txt"
trap 'rm -rf "$copy"; exit 1' 1 2 3 15
finish() {
  if [ "$behaviour" != noLog ]; then
    printf '[GenesysProductInfo]\\nFile=ResultFile\\nIPName=Example Server\\n[Result]\\nResultCode=%s\\nError=%s\\nReboot=N\\n' "$1" "$2" >"$log"
  fi
  rm -rf "$copy"
  exit "$3"
}
echo "Installing into $target"
case $behaviour in
error) finish 1 "Host name \${HOSTNAME:-here} was not found in Configuration Server." 1 ;;
echoError) finish 1 "Login failed with $password" 1 ;;
silentDeath) echo "about to fail" >&2; rm -rf "$copy"; exit 3 ;;
hang)
  sh -c 'trap "" TERM; while :; do sleep 1; done' &
  if command -v setsid >/dev/null; then setsid sleep 600 & fi
  echo "hanging"
  wait ;;
slow) echo "waiting for $here/../go-on"; while [ ! -e "$here/../go-on" ]; do sleep 0.05; done ;;
flood) i=0; while [ $i -lt 20000 ]; do echo "line $i of many"; i=$((i + 1)); done ;;
killed) rm -rf "$copy"; kill -9 $$ ;;
mendable)
  if [ -e "$target.broken" ]; then finish 1 "Something is broken." 1; fi
  if [ -e "$target.stuck" ]; then sleep 600; fi
  if [ -e "$target.garbled" ]; then printf '[Genesys\\0garbled' >"$log"; rm -rf "$copy"; exit 0; fi ;;
esac
if [ -n "$(ls -A "$target" 2>/dev/null)" ]; then
  backup="$target/backup_$(date +%Y-%m-%d_%H-%M-%S)"
  mkdir -m 0700 "$backup"
  for entry in "$target"/*; do case $entry in "$target"/backup_*) ;; *) mv "$entry" "$backup" ;; esac; done
  echo "Backed up to $backup"
fi
mkdir -p "$target"
if [ "$behaviour" = halfDone ]; then finish 1 "Failed to extract data" 1; fi
cp ip_description.xml data.txt "$target"
printf '#!/bin/sh\\n./example "$@"\\n' >"$target/run.sh"
chmod 0750 "$target/run.sh"
echo "Connecting with password $password" >&2
if [ "$behaviour" = contradiction ]; then finish 0 '' 7; fi
finish 0 '' 0
`;

const silentIni = '[IPCommon]\nInstallPath=<path>\n[ConfigServer]\nHost=cs.example.com\nPort=2020\nUser=installer\nPassword=\nApplicationName=<name>\n[Example]\nBehaviour=ok\n';

/** Stores an example package of the vendor's layout in a repository. */
export async function addExamplePackage(repository: Repository, options: ExamplePackageOptions = {}): Promise<PackageSummary> {
  const { version = '9.0.001.02', nickname = 'Example', osGroup = 'linux', format = 'tar.gz' } = options;
  const description = `<InstallationPackage FormatVersion="8.0"><Product License="NotRequired" AppClass="Application"><Release Version="${version}" BuildNumber="1"/>`
    + `<Name><Long>Example Server</Long><Nickname>${nickname}</Nickname></Name><Language LocaleId="ENU"/></Product>`
    + `<Platforms OSGroupName="${osGroup}"><Computer Type="Intel EM64T"><OS Name="Red Hat Enterprise Linux" Version="7"/></Computer></Platforms></InstallationPackage>`;
  const files: Record<string, string | Buffer> = {
    'ip/install.sh': installer,
    'ip/ip_description.xml': description,
    'ip/genesys_silent.ini': silentIni,
    'ip/data.txt': `content of ${version}\n`,
    'templates/Example_900.xml': '<metaData><cfgApplication type="7" version="9.0"><configuration><options><section name="log"><parameter name="verbose"><format type="string" default="all"/></parameter></section></options></configuration></cfgApplication></metaData>',
    ...options.files,
  };
  const archive = format === 'zip' ? await zip(files) : await tarGz(files);
  const source = memorySource(archive, `IP_${nickname}.${format}`);
  const report = await readArchive(source, defaultArchiveLimits, {});
  const record = await repository.addImport({ source: { method: 'archive', path: `/media/${source.name}` }, tenantId: environmentTenant.id, group: '' });
  const writer = await repository.writeContent(archive.length);
  await writer.write(archive);
  const content = await writer.finish(report.files);
  return await repository.addPackage({
    name: 'Example Server', nickname, version, localeId: 'ENU', osGroup, computerTypes: ['Intel EM64T'], kind: 'application', tenantId: environmentTenant.id, group: '',
    description: '', buildNumber: '1', buildDate: '2026-01-01', releaseType: 'General', productDescription: '', archiveName: source.name, archiveFormat: format, importMethod: 'archive',
    fileCount: report.files.length, unpackedSize: report.unpackedSize,
    templates: [{ name: 'Example_900', path: 'templates/Example_900.xml', format: 'xml', applicationType: 7 }],
    silentIni, installerFolder: 'ip', licenseNeeded: false, supportedSystems: [{ name: 'Red Hat Enterprise Linux', version: '7' }], content, importId: record.id, ...options.changes,
  });
}

/** Bytes that do not compress, always the same for a seed. */
export function randomBytes(size: number, seed = 'x'): Buffer {
  const cipher = createCipheriv('aes-128-ctr', createHash('md5').update(seed).digest(), Buffer.alloc(16));
  return cipher.update(Buffer.alloc(size));
}

async function tarGz(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const tar = pack();
  for (const folder of new Set(Object.keys(files).map((name) => name.split('/')[0] ?? ''))) tar.entry({ name: `${folder}/`, type: 'directory', mode: 0o755 });
  for (const [name, content] of Object.entries(files)) tar.entry({ name, mode: name.endsWith('.sh') ? 0o755 : 0o644 }, Buffer.from(content));
  tar.finalize();
  const parts: Buffer[] = [];
  for await (const part of tar) parts.push(part as Buffer);
  return gzipSync(Buffer.concat(parts), { level: 1 });
}

async function zip(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const archive = new JSZip();
  for (const [name, content] of Object.entries(files)) archive.file(name, content, { createFolders: false });
  return await archive.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}
