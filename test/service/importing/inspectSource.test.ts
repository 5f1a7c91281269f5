import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { basename, join } from 'node:path';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { isCancelled, isProductError, type ErrorCode } from '../../../src/core/errors';
import type { ServiceClient } from '../../../src/service/client';
import { samples } from '../../support/samplePackages/samples';
import { writeLargeSample, writeSample } from '../../support/samplePackages/writeSample';
import { useService } from '../../support/serviceProcess';
import { tarEntry } from '../archive/support/buildTar';
import { gzipSync } from 'node:zlib';

describe('what an archive is, asked of the service', () => {
  const service = useService();
  const packages = () => join(service.folder(), 'packages');
  const refuses = async (client: ServiceClient, path: string, code: ErrorCode): Promise<void> => {
    await assert.rejects(client.request('imports/inspect', { source: { method: 'archive', path } }), (error) => isProductError(error, code) && JSON.stringify(error.args).includes(basename(path)));
  };

  it('tells name, version, locale, system, kind, templates and size, and keeps nothing', async () => {
    const client = await service.connect();
    const path = await writeSample(samples.lca, packages());
    const found = await client.request('imports/inspect', { source: { method: 'archive', path } });
    const { name, version, osGroup, computerTypes, nickname } = samples.lca.description;
    assert.deepEqual(found.identity, { name, version, localeId: 'ENU', osGroup, computerTypes });
    assert.deepEqual([found.nickname, found.kind, found.size, found.presentIn], [nickname, 'application', fs.statSync(path).size, []]);
    assert.deepEqual([...new Set(found.templates.map((template) => template.name))], ['LCA_851']);
    assert.deepEqual([await client.request('imports/list', {}), await client.request('packages/list', {})], [[], []]);
    assert.equal(fs.existsSync(join(service.dataFolder(), 'repository', 'volumes')) ? fs.readdirSync(join(service.dataFolder(), 'repository', 'volumes')).length : 0, 0);
  });

  it('tells which tenants hold the package already', async () => {
    const client = await service.connect();
    const path = await writeSample(samples.lca, packages());
    const north = await client.request('tenants/add', { name: 'North' });
    await client.request('tenants/add', { name: 'South' });
    for (const tenant of ['Environment', 'North']) await client.request('imports/wait', await client.request('imports/start', { source: { method: 'archive', path }, tenant }).then(({ id }) => ({ id })));
    assert.deepEqual([...(await client.request('imports/inspect', { source: { method: 'archive', path } })).presentIn].sort(), ['environment', north.id].sort());
    const newer = await writeSample(samples.lcaNewer, packages());
    assert.deepEqual((await client.request('imports/inspect', { source: { method: 'archive', path: newer } })).presentIn, []);
  });

  it('refuses for the reasons of an import, with its sentence', async () => {
    const client = await service.connect();
    fs.mkdirSync(packages());
    const write = (name: string, bytes: Buffer | string): string => {
      fs.writeFileSync(join(packages(), name), bytes);
      return join(packages(), name);
    };
    const whole = fs.readFileSync(await writeSample(samples.lca, packages()));
    await refuses(client, join(packages(), 'missing.zip'), 'import/file-missing');
    await refuses(client, packages(), 'import/not-a-file');
    await refuses(client, write('text.zip', 'no archive'), 'archive/not-an-archive');
    await refuses(client, write('half.tar.gz', whole.subarray(0, whole.length / 2)), 'archive/truncated');
    const outside = Buffer.concat([tarEntry({ name: '../../etc/cron.d/x', content: 'x' }), Buffer.alloc(1024)]);
    await refuses(client, write('outside.tar.gz', gzipSync(outside)), 'archive/name-traversal');
    const other = Buffer.concat([tarEntry({ name: 'readme.txt', content: 'x' }), Buffer.alloc(1024)]);
    await refuses(client, write('other.tar.gz', gzipSync(other)), 'import/no-description');
    await assert.rejects(client.request('imports/inspect', { source: { method: 'archive', path: 'text.zip' } }), /no absolute path/);
  });

  it('tells the client that asked how far it is, and ends when the request is taken back', async () => {
    const client = await service.connect();
    const other = await service.connect();
    const path = await writeLargeSample(40_000_000, packages());
    const percents: number[] = [];
    const taken = new CancellationTokenSource();
    client.on('importInspection', (event) => {
      assert.equal(event.source.path, path);
      percents.push(event.percent);
      if (event.percent >= 5) taken.cancel();
    });
    other.on('importInspection', () => assert.fail('it did not ask'));
    await assert.rejects(client.request('imports/inspect', { source: { method: 'archive', path } }, taken.token), isCancelled);
    assert.equal(percents[0], 0);
    assert.deepEqual([...percents].sort((a, b) => a - b), percents);
    assert.ok((percents.at(-1) ?? 100) < 100, percents.join());
  });
});
