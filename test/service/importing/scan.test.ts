import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { isCancelled } from '../../../src/core/errors';
import type { ScanMethod, ScanProgress, ScanResult } from '../../../src/core/packages/scan';
import { defaultArchiveLimits } from '../../../src/service/archive/archive';
import { createImportManager, type ImportManager } from '../../../src/service/importing/importManager';
import type { Repository } from '../../../src/service/repository/repository';
import { writeSampleFolder, writeSupportArchive } from '../../support/samplePackages/placeSample';
import { samples } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { archiveImport } from '../../support/archiveImport';
import { createTestLog, openTestRepository } from '../repository/sqljs';

describe('a scan for packages', () => {
  const folder = useTemporaryFolder();
  let repository: Repository;
  let imports: ImportManager;
  const media = () => join(folder(), 'media');

  beforeEach(async () => {
    for (const name of ['data', 'media']) fs.mkdirSync(join(folder(), name));
    repository = await openTestRepository(join(folder(), 'data'));
    imports = createImportManager({ repository, limits: defaultArchiveLimits, log: createTestLog() });
  });
  afterEach(async () => {
    await imports.close();
    await repository.close();
  });

  const scan = (method?: ScanMethod, path = media(), report: (progress: Omit<ScanProgress, 'path'>) => void = () => undefined, signal = new AbortController().signal) =>
    imports.scan(path, { method, tenantId: 'environment', signal, report });
  const found = ({ packages }: Omit<ScanResult, 'path'>) => packages.map(({ identity, source, presence }) => `${identity.version} ${source.method} ${source.path.slice(media().length + 1)} ${presence}`);
  const refused = ({ unreadable }: Omit<ScanResult, 'path'>) => unreadable.map(({ path, error }) => `${path.slice(media().length + 1)} ${error.code}`);

  it('finds packages at any depth, unpacked and archived, and says what is there already', async () => {
    await writeSampleFolder(samples.lca, join(media(), 'a', 'b', 'c', 'LCA'));
    await writeSample(samples.lcaNewer, join(media(), 'archives'));
    const present = await writeSample(samples.plugIn, join(media(), 'archives', 'more'));
    await imports.wait((await imports.start(archiveImport(present))).id);
    await writeSampleFolder(samples.plugIn, join(media(), 'z'));
    const result = await scan('repository');
    assert.deepEqual(found(result), [
      '8.5.100.37 repository a/b/c/LCA new',
      `8.5.100.40 repository archives/${samples.lcaNewer.fileName} new`,
      `9.0.001.12 repository archives/more/${samples.plugIn.fileName} identical`,
      '9.0.001.12 repository z present',
    ]);
    assert.deepEqual([result.method, result.stopped, refused(result)], ['repository', false, []]);
    assert.ok(result.packages.every(({ size }) => size > 1000));
    // Each can be imported as it was found.
    for (const { source, presence } of result.packages.filter((one) => one.presence === 'new')) {
      const record = await imports.wait((await imports.start({ source, tenantId: 'environment', group: '' })).id);
      assert.deepEqual([record.state, presence], ['complete', 'new']);
    }
  });

  it('finds out by looking how a package comes', async () => {
    const alone = await writeSample(samples.lca, media());
    assert.deepEqual((await scan(undefined, alone)).method, 'archive');
    const nested = await writeSupportArchive(samples.lcaZip, join(media(), 'support'));
    const result = await scan(undefined, nested);
    assert.deepEqual([result.method, result.packages[0]?.source, result.packages[0]?.identity.version], ['support-archives', { method: 'support-archives', path: nested }, '8.5.100.41']);
    assert.equal((await scan(undefined, join(media(), 'support'))).method, 'support-archives');
    await writeSampleFolder(samples.mediaControl, join(media(), 'mcp'));
    assert.equal((await scan()).method, 'directory');
  });

  it('names what it cannot read, with the reason, and goes on', async () => {
    await writeSampleFolder(samples.lca, join(media(), 'good'));
    fs.mkdirSync(join(media(), 'broken', 'ip'), { recursive: true });
    fs.writeFileSync(join(media(), 'broken', 'ip', 'ip_description.xml'), '<InstallationPackage><Product>');
    fs.writeFileSync(join(media(), 'empty.zip'), '');
    fs.writeFileSync(join(media(), 'text.tar.gz'), 'text');
    execFileSync('zip', ['-q', join(media(), 'other.zip'), 'ip_description.xml'], { cwd: join(media(), 'broken', 'ip') });
    const result = await scan('directory');
    assert.deepEqual(found(result), ['8.5.100.37 directory good new']);
    assert.deepEqual(refused(result), ['broken import/description-unreadable', 'empty.zip archive/empty', 'other.zip import/no-description', 'text.tar.gz archive/not-an-archive']);
  });

  it('follows no link and opens no device', async () => {
    await writeSampleFolder(samples.lca, join(folder(), 'outside'));
    fs.symlinkSync(join(folder(), 'outside'), join(media(), 'out'));
    fs.symlinkSync('..', join(media(), 'loop'));
    fs.symlinkSync(await writeSample(samples.lca, join(folder(), 'elsewhere')), join(media(), 'linked.zip'));
    // Opening a pipe would wait for a writer.
    execFileSync('mkfifo', [join(media(), 'pipe.zip')]);
    fs.mkdirSync(join(media(), 'ip'));
    execFileSync('mkfifo', [join(media(), 'ip', 'ip_description.xml')]);
    const result = await scan('directory');
    assert.deepEqual([found(result), refused(result)], [[], [' import/no-description']]);
  });

  it('takes from MediaInfo.xml where packages and their templates lie', async () => {
    const lca = await writeSampleFolder(samples.lca, join(media(), 'Products', 'LCA'));
    fs.mkdirSync(join(media(), 'AppTemplates'));
    for (const name of fs.readdirSync(join(lca, 'templates'))) fs.renameSync(join(lca, 'templates', name), join(media(), 'AppTemplates', name));
    fs.rmdirSync(join(lca, 'templates'));
    await writeSampleFolder(samples.plugIn, join(media(), 'not named'));
    fs.writeFileSync(join(media(), 'MEDIAINFO.XML'), [
      '<?xml version="1.0"?>', '<media>', '<table name="InstallationPackage">', '<col type="text">ID</col>', '<col type="text">IPNickname</col>', '<col type="text">Location</col>',
      '<row><td>1</td><td>LCA</td><td>products\\lca\\ip</td></row>', '<row><td>2</td><td>Gone</td><td>products/gone</td></row>', '<row><td>3</td><td>Evil</td><td>../outside</td></row>', '</table>',
      '<table name="AppTemplate">', '<col>IPNickname</col>', '<col>File</col>', '<col>Location</col>',
      '<row><td>LCA</td><td>LCA_851.apd</td><td>apptemplates</td></row>', '<row><td>LCA</td><td>LCA_851.xml</td><td>apptemplates</td></row>', '<row><td>LCA</td><td>passwd</td><td>../../../etc</td></row>',
      '</table>', '</media>', '',
    ].join('\n'));
    const result = await scan();
    assert.deepEqual(found(result), ['8.5.100.37 directory Products/LCA new']);
    assert.deepEqual(result.unreadable.map(({ error }) => error.code), ['import/no-description', 'import/no-description']);
    const record = await imports.wait((await imports.start({ source: result.packages[0]!.source, tenantId: 'environment', group: '' })).id);
    const details = await repository.getPackage(record.packageId ?? '');
    assert.deepEqual(details.templates.map(({ path }) => path).sort(), ['templates/LCA_851.apd', 'templates/LCA_851.xml']);
  });

  it('tells live what it finds, and ends when it is taken back', async () => {
    for (let i = 0; i < 30; i++) fs.mkdirSync(join(media(), `empty ${i}`));
    await writeSampleFolder(samples.lca, join(media(), 'last'));
    const told: Omit<ScanProgress, 'path'>[] = [];
    const result = await scan('directory', media(), (progress) => told.push(progress));
    assert.deepEqual(told.flatMap(({ found: some }) => some), result.packages);
    assert.equal(told.at(-1)?.foldersRead, result.foldersRead);
    const stop = new AbortController();
    await assert.rejects(scan('directory', media(), () => stop.abort(), stop.signal), isCancelled);
  });

  it('says of a path that is not there', async () => {
    await assert.rejects(scan('directory', join(media(), 'nothing')), /import\/file-missing/);
  });
});
