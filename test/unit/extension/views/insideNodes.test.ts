import { stockOf } from '../../../../src/core/packages/stock';
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { ProductError } from '../../../../src/core/errors';
import type { PackageFile } from '../../../../src/core/packages/model';
import { createPackageIndex } from '../../../../src/extension/documents/packageIndex';
import { packageInside, type PackageReader } from '../../../../src/extension/views/nodes/insideNodes';
import { createNodeContext } from '../../../../src/extension/views/nodes/nodeContext';
import { packageNodes } from '../../../../src/extension/views/nodes/packageNodes';
import type { ViewNode } from '../../../../src/extension/views/nodes/viewNode';
import { samplePackage } from '../sampleLists';

const english = createNodeContext('en', () => undefined, 'UTC');
const french = createNodeContext('fr', () => undefined, 'UTC');
const item = samplePackage({ id: 'p1' });
const file = (path: string, change: Partial<PackageFile> = {}): PackageFile => ({ path, type: 'file', size: 1, sha256: 'ab', ...change });

function readerOf(files: readonly PackageFile[], fileCount = files.length): PackageReader {
  return {
    details: () => Promise.resolve({
      installerFolder: 'ip', fileCount,
      templates: [{ name: 'LCA_851', path: 'templates/LCA_851.xml', format: 'xml' }, { name: 'LCA_851', path: 'templates/LCA_851.apd', format: 'apd' }],
    }),
    files: () => Promise.resolve(createPackageIndex(files)),
  };
}

const shown = (nodes: readonly ViewNode[]): readonly string[] => nodes.map((node) => `${node.label} [${node.description}] ${node.icon.id} ${node.collapse}`);
const read = (node: ViewNode | undefined): Promise<readonly ViewNode[]> => node?.inside?.read() ?? Promise.resolve([]);
const filesOf = async (reader: PackageReader, context = english): Promise<ViewNode | undefined> => (await packageInside(item, reader, context).read())[2];

describe('the inside of a package in the tree', () => {
  it('is its description, its templates and its files, with their numbers', async () => {
    const rows = await packageInside(item, readerOf([], 1284), english).read();
    deepEqual(shown(rows), ['ip_description.xml [] file-code none', 'Templates [2] folder collapsed', 'Files [1,284] folder collapsed']);
    deepEqual(shown(await packageInside(item, readerOf([], 1284), french).read()).slice(1), ['Modèles [2] folder collapsed', 'Fichiers [1\u202f284] folder collapsed']);
    deepEqual(shown(await read(rows[1])), ['LCA_851.apd [] file-binary none', 'LCA_851.xml [] file-code none']);
  });

  it('is read when the package is unfolded, not before', () => {
    let asked = 0;
    const reader: PackageReader = { ...readerOf([]), details: (of) => {
      asked++;
      return readerOf([]).details(of);
    } };
    const lists = { tenants: [{ id: 'environment', name: 'Environment' }], packages: stockOf([item]), imports: [], deployments: [] };
    const row = packageNodes(lists, english, { text: '', tenantIds: undefined }, { ...reader, tenantReady: () => Promise.resolve() })[0]?.children[0]?.children[0];
    deepEqual([row?.label, row?.collapse, row?.children, asked], ['Local Control Agent', 'collapsed', [], 0]);
    return read(row).then((rows) => deepEqual([rows.length, asked], [3, 1]));
  });

  it('opens each file by a click on it, and knows where in the package it is', async () => {
    const rows = await packageInside(item, readerOf([]), english).read();
    const opened = [rows[0], ...await read(rows[1])].map((node) => [node?.command, node?.subject.kind === 'packageFile' && [node.subject.package.id, node.subject.path]]);
    const command = 'gaxPackages.packages.openFile';
    deepEqual(opened, [[command, ['p1', 'ip/ip_description.xml']], [command, ['p1', 'templates/LCA_851.apd']], [command, ['p1', 'templates/LCA_851.xml']]]);
  });

  it('does not unfold what is empty', async () => {
    const reader: PackageReader = { ...readerOf([]), details: () => Promise.resolve({ installerFolder: '', fileCount: 1, templates: [] }) };
    const [description, templates] = await packageInside(item, reader, english).read();
    equal(description?.subject.kind === 'packageFile' && description.subject.path, 'ip_description.xml');
    deepEqual(shown(templates ? [templates] : []), ['Templates [0] folder none']);
  });

  it('shows folders before files, each by name with numbers by value, and reads a folder when it is unfolded', async () => {
    const folder = await filesOf(readerOf([file('ip/part10.bin'), file('ip/part9.bin'), file('ip/data/a.txt'), file('README'), file('ip/install.APD')]));
    const roots = await read(folder);
    deepEqual(shown(roots), ['ip [] folder collapsed', 'README [] file none']);
    const inner = await read(roots[0]);
    deepEqual(shown(inner), ['data [] folder collapsed', 'install.APD [] file-binary none', 'part9.bin [] file none', 'part10.bin [] file none']);
    deepEqual(shown(await read(inner[0])), ['a.txt [] file none']);
  });

  it('says where a link leads, and opens only one that leads to a file of the package', async () => {
    const link = (path: string, target: string) => file(path, { type: 'symlink', target });
    const rows = await read(await filesOf(readerOf([file('bin/lca'), link('good', 'bin/lca'), link('out', '../../etc/passwd'), link('folder', 'bin')])));
    deepEqual(rows.slice(1).map(({ label, description, command }) => [label, description, command !== undefined]), [['folder', '→ bin', false], ['good', '→ bin/lca', true], ['out', '→ ../../etc/passwd', false]]);
  });

  it('shows a hostile name as the text it is, also in the tooltip', async () => {
    const name = '$(trash) **<b>** [x](command:evil) é';
    const [row] = await read(await filesOf(readerOf([file(name)])));
    equal(row?.label, name);
    equal(row.accessibilityLabel(), name);
    ok(row.tooltip().startsWith('**\\$\\(trash\\) \\*\\*\\<b\\>\\*\\* \\[x\\]\\(command:evil\\) é**'), row.tooltip());
  });

  it('shows 500 rows of a folder and a row that shows more of it', async () => {
    const files = Array.from({ length: 1200 }, (_, i) => file(`ip/f${i}`));
    const rows = async (limit: number | undefined): Promise<readonly ViewNode[]> => {
      const context = createNodeContext('en', (id) => (id === 'folder:environment:p1:ip' ? limit : undefined));
      return read((await read(await filesOf(readerOf(files), context)))[0]);
    };
    const first = await rows(undefined);
    deepEqual([first.length, first[499]?.label, first[500]?.label, first[500]?.subject], [501, 'f499', 'Show 500 more', { kind: 'more', parentId: 'folder:environment:p1:ip' }]);
    equal((await rows(1500)).length, 1200);
  });

  it('says in a row why it could not be read; a click on it tries again', async () => {
    let fails = true;
    const reader: PackageReader = { ...readerOf([]), details: (asked) => (fails ? Promise.reject(new ProductError('general/not-found', { kind: 'package', name: 'p1' })) : readerOf([]).details(asked)) };
    const inside = packageInside(item, reader, english);
    const [row, ...others] = await inside.read();
    deepEqual([row?.subject, row?.command, row?.icon.id, others], [{ kind: 'unread', parentId: 'package:environment:p1' }, 'gaxPackages.views.showMore', 'error', []]);
    match(row?.label ?? '', /p1/);
    fails = false;
    equal((await inside.read()).length, 3);
  });

  it('has another key when the package was replaced, and ids of its own in each tenant', async () => {
    const reader = readerOf([file('a')]);
    const keyOf = (sha256: string) => packageInside({ ...item, sha256 }, reader, english).key;
    equal(keyOf('ab') === keyOf('ab') && keyOf('ab') !== keyOf('cd'), true);
    const ids = async (tenantId: string) => (await packageInside({ ...item, tenantId }, reader, english).read()).map(({ id }) => id);
    equal(new Set([...await ids('environment'), ...await ids('emea')]).size, 6);
  });
});
