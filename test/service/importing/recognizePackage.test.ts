import assert from 'node:assert/strict';
import { describeError, isProductError, type ProductError } from '../../../src/core/errors';
import { defaultArchiveLimits } from '../../../src/service/archive/archive';
import { readArchive } from '../../../src/service/archive/readArchive';
import { createPackageRecognizer, type RecognizedPackage } from '../../../src/service/importing/recognizePackage';
import { writeIpDescription } from '../../support/samplePackages/description';
import { samples } from '../../support/samplePackages/samples';
import { writeApd, writeMetadataXml } from '../../support/samplePackages/templates';
import { buildZip } from '../archive/support/buildZip';
import { memorySource } from '../archive/support/memorySource';

const description = writeIpDescription(samples.lca.description);
const template = { name: 'LCA_851', applicationType: 107, version: '8.5.100.37', options: { log: { verbose: 'standard' } } };
const apd = Buffer.from(writeApd(template));
const xml = writeMetadataXml(template);

async function recognize(files: Readonly<Record<string, string | Buffer>>): Promise<RecognizedPackage> {
  const { bytes } = buildZip(Object.entries(files).map(([name, content]) => ({ name, content })));
  const recognizer = createPackageRecognizer('package.zip');
  await readArchive(memorySource(bytes), defaultArchiveLimits, recognizer);
  recognizer.description();
  return recognizer.result();
}

async function refusal(files: Readonly<Record<string, string | Buffer>>): Promise<ProductError> {
  try {
    await recognize(files);
  } catch (error) {
    if (isProductError(error)) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: 'it was recognized' });
}

describe('an archive is recognized as a package', () => {
  it('by the vendor’s layout, whatever the order of its files', async () => {
    const found = await recognize({ 'templates/LCA_851.apd': apd, 'templates/LCA_851.xml': xml, 'ip/genesys_silent.ini': '[IPCommon]\n', 'ip/ip_description.xml': description });
    assert.equal(found.description.nickname, 'LCA');
    assert.equal(found.installerFolder, 'ip');
    assert.equal(found.kind, 'application');
    assert.equal(found.silentIni, '[IPCommon]\n');
    assert.deepEqual(found.templates, [
      { name: 'LCA_851', path: 'templates/LCA_851.apd', format: 'apd', applicationType: 107 },
      { name: 'LCA_851', path: 'templates/LCA_851.xml', format: 'xml', applicationType: 107 },
    ]);
  });

  for (const [folder, templates] of [['ip', 'Templates'], ['IP', 'TEMPLATES'], ['Ip', 'TemplateS']] as const) {
    it(`with folders named ${folder} and ${templates}`, async () => {
      const found = await recognize({ [`${folder}/ip_description.xml`]: description, [`${templates}/a.APD`]: apd });
      assert.equal(found.installerFolder, folder);
      assert.deepEqual(found.templates, [{ name: 'a', path: `${templates}/a.APD`, format: 'apd', applicationType: 107 }]);
    });
  }

  it('inside one folder; what lies elsewhere is not its own', async () => {
    const found = await recognize({
      'IP_LCA/ip/ip_description.xml': description, 'IP_LCA/ip/genesys_silent.ini': 'own', 'IP_LCA/templates/own.apd': apd,
      'templates/other.apd': apd, 'other/templates/other.apd': apd, 'IP_LCA/ip/templates/inner.apd': apd, 'genesys_silent.ini': 'other',
    });
    assert.equal(found.installerFolder, 'IP_LCA/ip');
    assert.equal(found.silentIni, 'own');
    assert.deepEqual(found.templates.map((each) => each.path), ['IP_LCA/templates/own.apd']);
  });

  it('as a plug-in by its .tpl', async () => {
    const found = await recognize({ 'ip/ip_description.xml': description, 'templates/plug.tpl': '[s]\nk = v\n' });
    assert.equal(found.kind, 'plug-in');
    assert.deepEqual(found.templates, [{ name: 'plug', path: 'templates/plug.tpl', format: 'tpl', optionCount: 1 }]);
  });

  it('with templates that cannot be read, and files that are none', async () => {
    const found = await recognize({ 'ip/ip_description.xml': description, 'templates/broken.apd': 'x', 'templates/broken.xml': '<x', 'templates/read.me': '', 'templates/broken.tpl': '' });
    assert.deepEqual(found.templates.map((each) => [each.path, each.applicationType]), [
      ['templates/broken.apd', undefined], ['templates/broken.xml', undefined], ['templates/broken.tpl', undefined],
    ]);
  });

  it('with a response file in Latin-1', async () => {
    const found = await recognize({ 'ip/ip_description.xml': description, 'ip/genesys_silent.ini': Buffer.from('# \xe9', 'latin1') });
    assert.equal(found.silentIni, '# é');
  });
});

describe('an archive is no package', () => {
  it('without a description, or with one too deep', async () => {
    assert.equal((await refusal({ 'ip/install.sh': '' })).code, 'import/no-description');
    assert.equal((await refusal({ 'a/b/ip/ip_description.xml': description })).code, 'import/no-description');
    assert.equal((await refusal({ 'ip_description.xml': description })).code, 'import/no-description');
  });

  it('with several descriptions; the message names them', async () => {
    const error = await refusal({ 'a/ip/ip_description.xml': description, 'b/ip/ip_description.xml': description });
    assert.equal(error.code, 'import/several-packages');
    assert.match(describeError('en', error), /holds 2 packages: a\/ip\/ip_description\.xml, b\/ip\/ip_description\.xml/);
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}/ip/ip_description.xml`, description]));
    assert.match(describeError('fr', await refusal(many)), /contient 9 packages\u00a0: .* 4\/ip\/ip_description\.xml, …/);
  });

  it('with a description that cannot be read; the message says where and why in both languages', async () => {
    const error = await refusal({ 'ip/ip_description.xml': description.replace('</Name>', '</Nam>') });
    assert.equal(error.code, 'import/description-unreadable');
    assert.deepEqual([error.args['entry'], error.args['line'], error.args['column']], ['ip/ip_description.xml', 8, 7]);
    assert.match(describeError('en', error), /package\.zip: ip\/ip_description\.xml cannot be used, line 8, column 7: The end tag says Nam/);
    assert.match(describeError('fr', error), /ligne 8, colonne 7\u00a0: La balise de fin indique Nam/);
  });

  it('with an empty description, or an immense one', async () => {
    assert.equal((await refusal({ 'ip/ip_description.xml': '' })).code, 'import/description-unreadable');
    assert.equal((await refusal({ 'ip/ip_description.xml': 'x'.repeat(1_100_000) })).code, 'archive/entry-too-large');
  });
});
