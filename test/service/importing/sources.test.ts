import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { basename, join } from 'node:path';
import { describeError, isErrorData } from '../../../src/core/errors';
import type { ImportSource } from '../../../src/core/packages/importSource';
import type { ImportRecord, PackageDetails } from '../../../src/core/packages/model';
import { describeNote } from '../../../src/core/text/contentText';
import { defaultArchiveLimits } from '../../../src/service/archive/archive';
import { createImportManager, type ImportManager } from '../../../src/service/importing/importManager';
import type { Repository } from '../../../src/service/repository/repository';
import { writeSampleFolder, writeSampleParts, writeSupportArchive } from '../../support/samplePackages/placeSample';
import { linuxPackageEntries } from '../../support/samplePackages/packageEntries';
import { samples, type Sample } from '../../support/samplePackages/samples';
import { commonOptions, writeApd, writeMetadataXml, type SampleTemplate } from '../../support/samplePackages/templates';
import { writeZip } from '../../support/samplePackages/writeArchive';
import { writeSample } from '../../support/samplePackages/writeSample';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { createTestLog, openTestRepository } from '../repository/sqljs';

describe('a source of an import', () => {
  const folder = useTemporaryFolder();
  let repository: Repository;
  let imports: ImportManager;
  const volumes = () => fs.readdirSync(join(folder(), 'data', 'volumes'));

  const create = (over: Partial<Repository> = {}) => createImportManager({ repository: { ...repository, ...over }, limits: defaultArchiveLimits, log: createTestLog() });
  beforeEach(async () => {
    fs.mkdirSync(join(folder(), 'data'));
    repository = await openTestRepository(join(folder(), 'data'));
    imports = create();
  });
  afterEach(async () => {
    await imports.close();
    await repository.close();
  });

  const run = async (source: ImportSource): Promise<ImportRecord> => imports.wait((await imports.start({ source, tenantId: 'environment', group: '' })).id);
  async function taken(source: ImportSource): Promise<PackageDetails> {
    const record = await run(source);
    assert.equal(record.state, 'complete', record.error && describeError('en', record.error));
    return repository.getPackage(record.packageId ?? '');
  }
  async function refused(source: ImportSource): Promise<string> {
    const { state, step, error } = await run(source);
    assert.equal(state, 'failed');
    assert.deepEqual([await repository.listPackages(), volumes()], [[], []], 'nothing stays');
    assert.ok(isErrorData(error));
    return `${step}: ${error.code}: ${describeError('en', error)} ${describeError('fr', error)}`;
  }

  describe('in parts', () => {
    const template: SampleTemplate = { name: 'LCA_851', applicationType: 107, version: '8.5.100.37', options: { ...commonOptions, general: { lookup_clienthost: 'false' } } };
    /** A package without templates, so that the two files can be anything. */
    const bare: Sample = { ...samples.lca, entries: () => linuxPackageEntries({ description: samples.lca.description, silentIni: '[IPCommon]\nInstallPath=/opt\n', templates: [] }) };

    async function place(xml: SampleTemplate, apd: SampleTemplate, sample = bare): Promise<Extract<ImportSource, { method: 'parts' }>> {
      const source = { method: 'parts', path: await writeSample(sample, folder()), xml: join(folder(), `${xml.name}.xml`), apd: join(folder(), `${apd.name}.apd`) } as const;
      fs.writeFileSync(source.xml, writeMetadataXml(xml));
      fs.writeFileSync(source.apd, writeApd(apd));
      return source;
    }

    it('is taken with templates that the package does not hold, and says that they cannot be compared', async () => {
      const details = await taken(await place(template, template));
      assert.deepEqual(details.notes?.map(({ kind }) => kind), ['templateNotInPackage']);
      assert.deepEqual(details.templates.map(({ path }) => path), ['LCA_851.xml', 'LCA_851.apd']);
      assert.match(describeNote('en', details.notes[0] ?? assert.fail()), /LCA_851/);
    });

    it('is refused when the templates differ in name, type or options, each difference named', async () => {
      assert.match(await refused(await place(template, { ...template, name: 'Other' })), /^entries: import\/templates-named-differently: LCA_851\.xml and Other\.apd/);
      const different = await place(template, { ...template, applicationType: 99, options: { ...commonOptions, other: { added: '1' } } });
      const said = await refused(different);
      assert.match(said, /import\/templates-disagree: .*application type is 107 in the XML file and 99 in the APD file/);
      assert.match(said, /option lookup_clienthost of section general is missing in the APD/);
      assert.match(said, /option added of section other is missing in the XML/);
      assert.match(said, /Le type d’application est 107/);
    });

    it('is taken with other versions and defaults, which are named', async () => {
      const details = await taken(await place({ ...template, version: '9.0' }, { ...template, version: '9.0', options: { ...template.options, general: { lookup_clienthost: 'true' } } }));
      assert.deepEqual(details.notes?.map(({ kind, path }) => `${kind} ${path}`), ['templateDefaults LCA_851.xml', 'templateNotInPackage LCA_851', 'templateVersion LCA_851.xml', 'templateVersion LCA_851.apd']);
      for (const note of details.notes ?? []) assert.doesNotMatch(describeNote('en', note) + describeNote('fr', note), /\{|\}/);
    });

    it('is refused when the package holds another file of that name', async () => {
      const source = await writeSampleParts(samples.lca, join(folder(), 'parts'));
      fs.appendFileSync(source.xml, '\n');
      assert.match(await refused(source), /^templates: import\/template-changed: LCA_851\.xml .*templates\/LCA_851\.xml/);
    });

    it('is refused when the package has two templates or more', async () => {
      assert.match(await refused(await place({ ...template, name: 'VP_MediaControl_90' }, { ...template, name: 'VP_MediaControl_90' }, samples.mediaControl)), /^templates: import\/several-templates: .*2 templates: VP_MediaControl_90, VP_MediaControl_Legacy_90.*--method archive/);
    });

    it('is refused when a part is something else', async () => {
      const source = await place(template, template);
      assert.match(await refused({ ...source, xml: source.apd }), /import\/wrong-part/);
      fs.writeFileSync(source.xml, '<metaData');
      assert.match(await refused(source), /import\/template-unreadable: LCA_851\.xml/);
      fs.writeFileSync(source.xml, writeMetadataXml(template));
      fs.writeFileSync(source.apd, 'text');
      assert.match(await refused(source), /import\/template-unreadable: LCA_851\.apd/);
      assert.match(await refused({ ...source, xml: join(folder(), 'none.xml') }), /^open: import\/file-missing/);
    });
  });

  describe('as a folder', () => {
    it('is its installer, also under another name', async () => {
      const root = await writeSampleFolder(samples.plugIn, join(folder(), 'cd'));
      fs.renameSync(join(root, 'ip'), join(root, 'linux'));
      const details = await taken({ method: 'directory', path: join(root, 'linux') });
      assert.deepEqual([details.installerFolder, details.templates], ['linux', []]);
      assert.ok((await repository.listPackageFiles(details.id)).some(({ path }) => path === 'linux/install.sh'));
    });

    it('leaves out other packages that lie in it', async () => {
      const root = await writeSampleFolder(samples.lca, join(folder(), 'cd'));
      await writeSampleFolder(samples.plugIn, join(root, 'plug-in'));
      fs.writeFileSync(join(root, 'read me.txt'), 'x');
      const details = await taken({ method: 'directory', path: root });
      const folders = new Set((await repository.listPackageFiles(details.id)).map(({ path }) => path.split('/')[0]));
      assert.deepEqual([details.nickname, [...folders].sort()], ['LCA', ['ip', 'templates']]);
    });

    it('is refused with links that lead out, and takes those that stay inside', async () => {
      const root = await writeSampleFolder(samples.lca, join(folder(), 'cd'));
      fs.symlinkSync('install.sh', join(root, 'ip', 'again.sh'));
      fs.symlinkSync('/etc/passwd', join(root, 'ip', 'secrets'));
      assert.match(await refused({ method: 'directory', path: root }), /archive\/link-absolute: .*ip\/secrets/);
      fs.rmSync(join(root, 'ip', 'secrets'));
      const details = await taken({ method: 'directory', path: root });
      assert.equal((await repository.listPackageFiles(details.id)).find(({ path }) => path === 'ip/again.sh')?.target, 'install.sh');
    });

    for (const [name, change] of [
      ['a file is added', (root: string) => fs.writeFileSync(join(root, 'ip', 'added'), 'x')],
      ['a file is removed', (root: string) => fs.rmSync(join(root, 'ip', 'read_me.html'))],
      ['a file is written to', (root: string) => fs.appendFileSync(join(root, 'ip', 'data.tar.gz'), 'x')],
      ['a file becomes a link', (root: string) => {
        fs.rmSync(join(root, 'ip', 'read_me.html'));
        fs.symlinkSync('install.sh', join(root, 'ip', 'read_me.html'));
      }],
    ] as const) {
      it(`is refused when ${name} while it is stored`, async () => {
        const root = await writeSampleFolder(samples.lca, join(folder(), 'cd'));
        imports = create({
          writeContent: (size) => {
            change(root);
            return repository.writeContent(size);
          },
        });
        assert.match(await refused({ method: 'directory', path: root }), /^store: import\/source-changed/);
      });
    }
  });

  describe('from support', () => {
    it('names the template that differs from the one in the package', async () => {
      const inner = await writeSample(samples.lca, folder());
      const path = join(folder(), 'support.zip');
      await writeZip(path, [{ path: samples.lca.fileName, content: fs.readFileSync(inner) }, { path: 'LCA_851.apd', content: 'another' }], false);
      assert.match(await refused({ method: 'support-archives', path }), /import\/template-changed: LCA_851\.apd .*templates\/LCA_851\.apd in support\.zip/);
    });

    it('is refused with several packages, and as an ordinary archive', async () => {
      const path = join(folder(), 'support.zip');
      const entries = await Promise.all([samples.lca, samples.lcaZip].map(async (sample) => ({ path: sample.fileName, content: fs.readFileSync(await writeSample(sample, folder())) })));
      await writeZip(path, entries, false);
      assert.match(await refused({ method: 'support-archives', path }), /import\/several-packages/);
      const one = await writeSupportArchive(samples.lca, join(folder(), 'one'));
      assert.match(await refused({ method: 'archive', path: one }), new RegExp(`import/archive-in-archive: ${basename(one)} `));
    });
  });
});
