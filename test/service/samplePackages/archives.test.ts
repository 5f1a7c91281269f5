import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { basename, join } from 'node:path';
import { decodeApd } from '../../../src/core/formats/apd/decode';
import { apdOptions } from '../../../src/core/formats/apd/model';
import { parseIpDescription } from '../../../src/core/formats/ipDescription/parse';
import { readMetadataXml } from '../../../src/core/formats/metadataXml/read';
import { checkSilentIni } from '../../../src/core/formats/silentIni/rules';
import { parseSilentIni } from '../../../src/core/formats/silentIni/parse';
import { defaultArchiveLimits } from '../../../src/service/archive/archive';
import { openFileSource } from '../../../src/service/archive/fileSource';
import { readArchive } from '../../../src/service/archive/readArchive';
import { manyFilesSample, samples } from '../../support/samplePackages/samples';
import { writeLargeSample, writeSample } from '../../support/samplePackages/writeSample';
import { useTemporaryFolder } from '../../support/temporaryFolder';

/** Every file of an archive with its content, and its modes. */
async function read(path: string): Promise<{ contents: Map<string, Buffer>; modes: Map<string, number | undefined>; unpackedSize: number }> {
  const source = await openFileSource(path);
  const contents = new Map<string, Buffer>();
  try {
    const { files, unpackedSize } = await readArchive(source, defaultArchiveLimits, {
      wantsContent: (file) => (file.size < 1e6 ? 1e6 : undefined),
      onContent: (file, content) => void contents.set(file.path, Buffer.from(content)),
    });
    return { contents, modes: new Map(files.map((file) => [file.path, file.mode])), unpackedSize };
  } finally {
    await source.close();
  }
}

describe('sample packages', () => {
  const folder = useTemporaryFolder();

  it('are named as the vendor names them', () => {
    assert.deepEqual(Object.values(samples).map((sample) => sample.fileName).sort(), [
      'IP_LCA_8510037b1_ENU_linux.tar.gz', 'IP_LCA_8510040b1_ENU_linux.tar.gz', 'IP_LCA_8510041b1_ENU_linux.zip',
      'IP_eSChatSrv64_8510610b1_ENU_windows.zip', 'IP_gaxSampleRpt_9000112b1_ENU_linux.tar.gz', 'IP_vpMediaControl_9004606b1_ENU_linux.tar.gz',
    ]);
  });

  for (const [name, sample] of Object.entries(samples)) {
    it(`${name}: valid files in the vendor’s layout, the same bytes each time`, async () => {
      const path = await writeSample(sample, join(folder(), 'one'));
      assert.ok(fs.readFileSync(path).equals(fs.readFileSync(await writeSample(sample, join(folder(), 'two')))));
      const { contents, modes } = await read(path);
      const { description, problems } = parseIpDescription(contents.get('ip/ip_description.xml')?.toString() ?? '');
      assert.deepEqual(problems.filter((problem) => problem.severity !== 'hint'), []);
      assert.equal(description?.version, sample.description.version);
      assert.deepEqual(checkSilentIni(parseSilentIni(contents.get('ip/genesys_silent.ini')?.toString() ?? '')).filter((problem) => problem.severity === 'error' && problem.code !== 'silentIni.placeholder'), []);
      if (sample.description.osGroup === 'linux') {
        assert.ok(['install.sh', 'data.tar.gz', 'installer.tar.gz', 'iscript.tar.gz', 'gunzip', 'ospatchlist.txt', 'read_me.html'].every((file) => contents.has(`ip/${file}`)));
        assert.equal(modes.get('ip/install.sh'), sample.format === 'zip' ? undefined : 0o755);
      }
      for (const [file, content] of contents) {
        if (!file.endsWith('.apd')) continue;
        const binary = decodeApd(content);
        const text = readMetadataXml(contents.get(file.replace(/apd$/, 'xml'))?.toString() ?? '');
        assert.deepEqual([binary.problems, text.problems], [[], []]);
        assert.equal(binary.template?.applicationType, text.template?.applicationType);
        assert.deepEqual(
          binary.template && apdOptions(binary.template).map(({ section, option, value }) => [section, option, value]),
          text.template?.options.map(({ section, name: option, defaultValue }) => [section, option, defaultValue]),
        );
      }
    });
  }

  it('of many small files has so many', async () => {
    const { contents } = await read(await writeSample(manyFilesSample(1200), folder()));
    assert.equal([...contents.keys()].filter((path) => path.startsWith('ip/files/')).length, 1200);
  });

  for (const format of ['tar.gz', 'zip'] as const) {
    it(`of a given size, as ${format}: that size, incompressible, the same bytes each time`, async () => {
      const size = 5_000_000;
      const path = await writeLargeSample(size, join(folder(), 'one'), 1, format);
      const bytes = fs.readFileSync(path);
      assert.ok(bytes.length > size && bytes.length < size + 60_000, `${bytes.length} bytes`);
      assert.ok(bytes.equals(fs.readFileSync(await writeLargeSample(size, join(folder(), 'two'), 1, format))));
      assert.ok((await read(path)).unpackedSize > size);
      assert.notEqual(basename(await writeLargeSample(1000, folder(), 2, format)), basename(path));
    });
  }

  it('unpack with tar, payload included', async () => {
    const path = await writeLargeSample(300_000, folder());
    execFileSync('tar', ['-xzf', path, '-C', folder()]);
    const listed = execFileSync('tar', ['-tzf', join(folder(), 'ip/data.tar.gz')], { encoding: 'utf8' });
    assert.ok(listed.split('\n').includes('content.bin'));
  });
});
