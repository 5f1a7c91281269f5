// First: what declares sentences must find it at work.
import { stockOf } from '../../../src/core/packages/stock';
import '../../support/pseudo/pseudoLocale';
import { deepEqual, equal, match } from 'node:assert/strict';
import { createText, formatMessage } from '../../../src/core/text/messages';
import { viewText } from '../../../src/core/text/viewText';
import { extensionText } from '../../../src/core/text/extensionText';
import { planQuestion, planText } from '../../../src/extension/deploying/planText';
import { summarizeStatus } from '../../../src/extension/statusBar/statusSummary';
import { progressLine } from '../../../src/extension/tasks/progressLine';
import { deployedNodes } from '../../../src/extension/views/nodes/deployedNodes';
import { hostNodes } from '../../../src/extension/views/nodes/hostNodes';
import { createNodeContext } from '../../../src/extension/views/nodes/nodeContext';
import { objectNodes } from '../../../src/extension/views/nodes/objectNodes';
import { packageNodes } from '../../../src/extension/views/nodes/packageNodes';
import type { ViewNode } from '../../../src/extension/views/nodes/viewNode';
import { asPseudo, findPlainWords } from '../../support/pseudo/asPseudo';
import { createScriptedRepository } from '../../webview/support';
import { exampleInputs } from '../core/deployment/examples';
import { sampleApplication, sampleDeployed, sampleDeployment, sampleHost, sampleImport, samplePackage, sampleRun, sampleTemplates } from './sampleLists';

const context = createNodeContext('en', () => 1, 'UTC');
const item = samplePackage({ id: 'p1', sha256: 'AB' });
const lists = {
  tenants: [{ id: 'environment', name: 'Environment' }], packages: [item, samplePackage({ id: 'p2', osGroup: 'windows', group: '' })],
  imports: [sampleImport({ id: 'i1' }), sampleImport({ id: 'i2', state: 'failed', error: { code: 'import/interrupted', args: { file: 'IP_MCP.tar.gz' } } })],
  deployments: [
    sampleDeployment({ id: 'd1', hosts: [
      sampleRun({ hostId: 'H1', state: 'running', step: 'transfer', stepPercent: 61 }), sampleRun({ hostId: 'H2', state: 'waiting', step: 'connect', question: 'hostKey' }),
      sampleRun({ hostId: 'H3', state: 'skipped', reason: 'application-exists' }), sampleRun({ hostId: 'H4' }), sampleRun({ hostId: 'H5', state: 'complete', left: ['/var/tmp/X'] }),
    ] }),
    sampleDeployment({ id: 'd2', state: 'failed', hosts: [
      sampleRun({ hostId: 'H6', state: 'failed', step: 'install', error: { code: 'deploy/installer-error', args: { host: 'H6', message: 'SETUP-7' } } }), sampleRun({ hostId: 'H7', state: 'unknown', step: 'install' }),
    ] }),
    sampleDeployment({ id: 'd3', state: 'interrupted', hosts: [sampleRun({ hostId: 'H8', state: 'interrupted', step: 'transfer' }), sampleRun({ hostId: 'H9', state: 'cancelled' })] }),
  ],
  deployedPackages: [sampleDeployed({ id: 'r1' }), sampleDeployed({ id: 'r2', applicationId: 'a2', applicationName: 'LCA_2', status: 'unknown' })],
  templates: [sampleTemplates({ packageId: 'p1' }), sampleTemplates({ packageId: 'p2', templates: [{ name: 'T', path: 't.apd', format: 'apd', applicationType: 98765 }] })],
  applications: [sampleApplication({ id: 'a1' }), sampleApplication({ id: 'a2', hostId: 'H1' })],
  hosts: (['reachable', 'unreachable', 'key-unknown', 'key-changed', 'login-refused'] as const).map((state) => sampleHost({ id: `H-${state.toUpperCase()}`, contact: { state, at: '2026-03-04T05:06:07.000Z' } })),
};
const held = { ...lists, packages: stockOf(lists.packages) };
/** The vendor's own names. */
const names = ['Windows', 'Linux', 'Database Access Point'];
const data = [...stringsOf(lists), ...names];
/** Users, and what links of tooltips and icons of the status bar are made of. */
const entered = ['ana@desk', 'genesys', 'x86_64', 'genesys_silent.ini', 'silent.ini'];

function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

/** All that the editor shows or says of the rows of a tree. */
function shown(nodes: readonly ViewNode[]): readonly string[] {
  return nodes.flatMap((node) => [
    node.label, node.description, node.accessibilityLabel(), node.tooltip().replaceAll(/&\w+;/g, ' ').replaceAll('\\', '').replaceAll(/\]\(command:[^)]*\)/g, ']'), ...shown(node.children),
  ]);
}

describe('in the pseudo-locale the editor is shown words of a catalogue alone', () => {
  const plain = (texts: readonly string[]) => findPlainWords(texts.flatMap((text) => text.split('\n')), { data, entered });

  it('in the trees', () => {
    const nodes = [...packageNodes(held, context), ...objectNodes(held, context, { text: '', tenantIds: undefined }), ...deployedNodes(lists, new Set(), context), ...hostNodes([...lists.hosts, sampleHost({ id: 'H0' })], new Set(['H0']), createNodeContext('en', () => undefined, 'UTC'))];
    deepEqual(plain(shown(nodes)), []);
  });

  it('in the status bar and in the last line of a task', () => {
    const { snapshot } = createScriptedRepository(lists).state;
    const offline = summarizeStatus({ ...snapshot, ...held, connection: 'offline' }, () => false, createText('en', viewText));
    deepEqual(plain([...(offline?.lines ?? []), progressLine('en', lists.deployments[0]!, 400)]), []);
    equal(offline?.lines.length, 5);
  });

  it('in a plan and its question', () => {
    const plan = { package: item, inputs: { ...exampleInputs({ packageId: 'p1', hostIds: ['H0'] }), values: [] }, hosts: [sampleHost({ id: 'H0' })], preview: '', warnings: [] };
    const text = createText('en', extensionText);
    const { message, detail } = planQuestion(text, 'en', plan);
    deepEqual(plain([message, detail, planText(text, 'en', plan)]), []);
  });

  it('which a plural form and a placeholder survive', () => {
    equal(formatMessage('en', asPseudo('{n, plural, one {# host} other {# hosts}} of {name}'), { n: 2, name: 'Ana' }), '⟦2 ĥóšţš óƒ Ana⟧');
    match(createText('en', viewText)('complete'), /^⟦.*⟧$/);
    deepEqual(findPlainWords(['⟦Ðóñé⟧ now', '⟦Ðóñé⟧ Ana', '⟦12 MB⟧'], { data: ['Ana'] }), ['⟦Ðóñé⟧ now']);
  });
});
