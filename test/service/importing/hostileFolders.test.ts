import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { isProductError } from '../../../src/core/errors';
import { defaultArchiveLimits } from '../../../src/service/archive/archive';
import { openSource } from '../../../src/service/importing/sources/openSource';
import type { CheckedPackage } from '../../../src/service/importing/sources/packageSource';
import { writeSampleFolder } from '../../support/samplePackages/placeSample';
import { samples } from '../../support/samplePackages/samples';
import { useService } from '../../support/serviceProcess';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import type { Refused } from '../archive/support/expectRefusal';
import { expectImportError } from './support/expectImportError';

/** A sound package in a folder, and what somebody did to it. */
interface FolderCase {
  readonly title: string;
  readonly spoil: (root: string) => unknown;
  readonly expected: Refused;
}

const write = (name: string) => (root: string) => fs.writeFileSync(join(root, name), 'x');
const refused = (code: string, entry: string): Refused => ({ code, entry });
const description = 'ip/ip_description.xml';
const replaceDescription = (make: (path: string) => unknown) => (root: string) => {
  fs.rmSync(join(root, description));
  return make(join(root, description));
};

const cases: readonly FolderCase[] = [
  { title: 'a link to an absolute path', spoil: (root) => fs.symlinkSync('/etc/passwd', join(root, 'ip/l')), expected: refused('archive/link-absolute', 'ip/l') },
  { title: 'a link to a folder elsewhere', spoil: (root) => fs.symlinkSync('/etc', join(root, 'templates/l')), expected: refused('archive/link-absolute', 'templates/l') },
  { title: 'a link out of the folder', spoil: (root) => fs.symlinkSync('../../etc', join(root, 'ip/l')), expected: refused('archive/link-out-of-tree', 'ip/l') },
  { title: 'a link that climbs after a name', spoil: (root) => fs.symlinkSync('a/../../../etc', join(root, 'ip/l')), expected: refused('archive/link-out-of-tree', 'ip/l') },
  { title: 'a description that is a link', spoil: replaceDescription((path) => fs.symlinkSync('/etc/passwd', path)), expected: refused('archive/link-absolute', description) },
  { title: 'a description that is a pipe', spoil: replaceDescription((path) => execFileSync('mkfifo', [path])), expected: refused('archive/special-file', description) },
  { title: 'a pipe', spoil: (root) => execFileSync('mkfifo', [join(root, 'ip/p')]), expected: refused('archive/special-file', 'ip/p') },
  { title: 'a name that is no UTF-8', spoil: (root) => fs.writeFileSync(Buffer.concat([Buffer.from(join(root, 'ip/n')), Buffer.from([0xe9])]), 'x'), expected: refused('archive/name-encoding', 'ip/n\ufffd') },
  { title: 'two names that differ in case', spoil: (root) => ['ip/Same', 'ip/same'].forEach((name) => write(name)(root)), expected: refused('archive/name-case-collision', 'ip/same') },
  { title: 'a backslash', spoil: write('ip/a\\b'), expected: refused('archive/name-backslash', 'ip/a\\b') },
  { title: 'a line feed', spoil: write('ip/a\nb'), expected: refused('archive/name-control-character', 'ip/a\\u000ab') },
  { title: 'a device name of Windows', spoil: write('ip/CON.txt'), expected: refused('archive/name-reserved', 'ip/CON.txt') },
  { title: 'a colon', spoil: write('ip/a.txt:stream'), expected: refused('archive/name-stream', 'ip/a.txt:stream') },
  { title: 'a dot at the end', spoil: write('ip/a.'), expected: refused('archive/name-trailing', 'ip/a.') },
  { title: 'folders without end', spoil: (root) => fs.mkdirSync(join(root, 'ip', 'a/'.repeat(70)), { recursive: true }), expected: { code: 'archive/too-deep' } },
  { title: 'a file larger than everything may be, of holes', spoil: (root) => sparse(join(root, 'ip/huge'), 30e9), expected: refused('archive/too-large', 'ip/huge') },
  { title: 'an immense description', spoil: replaceDescription((path) => sparse(path, 2e6)), expected: refused('archive/entry-too-large', description) },
  { title: 'a description that is no XML', spoil: (root) => fs.writeFileSync(join(root, description), '<InstallationPackage'), expected: refused('import/description-unreadable', description) },
  { title: 'no description', spoil: (root) => fs.rmSync(join(root, description)), expected: { code: 'import/no-description' } },
  { title: 'an installer folder that is a link', spoil: (root) => {
    fs.renameSync(join(root, 'ip'), `${root}-elsewhere`);
    fs.symlinkSync(`${root}-elsewhere`, join(root, 'ip'));
  }, expected: { code: 'import/no-description' } },
];

function sparse(path: string, size: number): void {
  fs.writeFileSync(path, '');
  fs.truncateSync(path, size);
}

describe('hostile folders given to the service', function () {
  this.timeout(60_000);
  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  const service = useService();
  const volumes = () => fs.readdirSync(join(service.dataFolder(), 'repository', 'volumes'));

  async function importFolder(path: string, client: Awaited<ReturnType<typeof service.connect>>) {
    return client.request('imports/wait', { id: (await client.request('imports/start', { source: { method: 'directory', path } })).id });
  }

  it('each is refused for what is wrong with it, by name; nothing of it stays', async () => {
    const client = await service.connect();
    await Promise.all(cases.map(async ({ title, spoil, expected }, number) => {
      const name = `package${number}`;
      const root = await writeSampleFolder(samples.lca, join(service.folder(), name));
      spoil(root);
      const record = await importFolder(root, client);
      assert.equal(record.state, 'failed', title);
      expectImportError(record.error, { title, name, expected });
    }));
    assert.deepEqual(volumes(), []);
    assert.deepEqual(await client.request('packages/list', {}), []);
    const { peak } = (await client.request('service/status', {})).memory;
    assert.ok(peak < 300e6, `${peak} bytes`);
  });

  it('a socket is refused', async () => {
    const client = await service.connect();
    const root = await writeSampleFolder(samples.lca, join(service.folder(), 'p'));
    const server = createServer().listen(join(root, 'ip/s'));
    await new Promise((resolve) => server.once('listening', resolve));
    const record = await importFolder(root, client);
    server.close();
    expectImportError(record.error, { title: 'a socket', name: 'p', expected: refused('archive/special-file', 'ip/s') });
    assert.deepEqual(volumes(), []);
  });

  it('links that lead back into their own folder are stored as links, and followed by nobody', async () => {
    const client = await service.connect();
    const root = await writeSampleFolder(samples.lca, join(service.folder(), 'p'));
    fs.symlinkSync('.', join(root, 'ip/here'));
    fs.symlinkSync('loop', join(root, 'ip/loop'));
    const record = await importFolder(root, client);
    assert.equal(record.state, 'complete', JSON.stringify(record.error));
  });
});

describe('a folder that changes while it is imported', () => {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  const folder = useTemporaryFolder();

  const changes: readonly { readonly title: string; readonly change: (root: string) => void }[] = [
    { title: 'a file is written to', change: (root) => fs.appendFileSync(join(root, 'ip/install.sh'), 'more') },
    { title: 'a file gets shorter', change: (root) => fs.truncateSync(join(root, 'ip/install.sh'), 1) },
    { title: 'a file vanishes', change: (root) => fs.rmSync(join(root, 'ip/install.sh')) },
    { title: 'a file becomes a link to a secret', change: (root) => {
      fs.rmSync(join(root, 'ip/install.sh'));
      fs.symlinkSync('/etc/passwd', join(root, 'ip/install.sh'));
    } },
    { title: 'a file becomes a pipe', change: (root) => {
      fs.rmSync(join(root, 'ip/install.sh'));
      execFileSync('mkfifo', [join(root, 'ip/install.sh')]);
    } },
    { title: 'its folder becomes a link to another', change: (root) => {
      fs.cpSync(join(root, 'ip'), join(root, '..', 'other'), { recursive: true });
      fs.rmSync(join(root, 'ip'), { recursive: true });
      fs.symlinkSync('../other', join(root, 'ip'));
    } },
    { title: 'a file comes in addition', change: (root) => fs.writeFileSync(join(root, 'ip/added'), 'x') },
  ];
  for (const { title, change } of changes) {
    it(`is not imported: ${title}`, async () => {
      const root = await writeSampleFolder(samples.lca, join(folder(), 'p'));
      const source = await openSource({ method: 'directory', path: root }, defaultArchiveLimits);
      const { signal } = new AbortController();
      const checked = await source.check(signal, () => undefined);
      change(root);
      await assert.rejects(takeAll(checked, signal), (error) => isProductError(error, 'import/source-changed') && String(error.args['file']).startsWith(root));
      await source.close();
    });
  }

  it('is not imported with a file that may not be read, and says which', async () => {
    const root = await writeSampleFolder(samples.lca, join(folder(), 'p'));
    execFileSync('chmod', ['-R', 'a+rX', folder()]);
    const secret = join(root, 'ip/install.sh');
    fs.chmodSync(secret, 0);
    const { signal } = new AbortController();
    // Whoever runs this as root may read everything.
    const asNobody = process.geteuid?.() === 0;
    if (asNobody) process.seteuid?.('nobody');
    try {
      const source = await openSource({ method: 'directory', path: root }, defaultArchiveLimits);
      const checked = await source.check(signal, () => undefined);
      await assert.rejects(takeAll(checked, signal), (error) => expectImportError(isProductError(error) ? error : undefined, { title: 'unreadable', name: secret, expected: { code: 'import/file-missing' } }));
      await source.close();
    } finally {
      if (asNobody) process.seteuid?.(0);
    }
  });
});

async function takeAll(checked: CheckedPackage, signal: AbortSignal): Promise<void> {
  for await (const piece of checked.stream(signal, () => undefined)) assert.ok(piece.length > 0);
  await checked.finish('');
}
