import { deepEqual, equal } from 'node:assert/strict';
import { applicationNameOf, applicationParameters, clearFilledIn, draftInputs, emptyDraft, fillIn, type DeployDraft, type DraftContext, type KnownApplication } from '../../../../src/core/deployment/draft';
import { fillInHosts } from '../../../../src/core/deployment/draftHosts';
import { checkDraft, mayBeChosen } from '../../../../src/core/deployment/draftRules';
import { inputsForHost } from '../../../../src/core/deployment/hostInputs';
import { replacedOn, type Replaceable } from '../../../../src/core/deployment/replaceable';
import { exampleInputs } from './examples';

const replaceable = (name: string, change: Partial<Replaceable> = {}): Replaceable => ({ applicationId: `a-${name}`, applicationName: name, deployedId: `r-${name}`, version: '8.5.100.37', installPath: '/opt/lca', ...change });
const object = (change: Partial<KnownApplication>): KnownApplication => ({ name: 'LCA_one', hostId: 'h1', type: 45, tenantId: 'environment', state: 'enabled', tenantObject: '', port: '4999', primaryServer: 'cfg', backupServer: '', workingDirectory: '', commandLine: '', ...change });
const context: DraftContext = {
  package: {
    id: 'p2', tenantId: 'environment', name: 'Local Control Agent', version: '8.5.100.90', localeId: 'ENU', osGroup: 'linux', computerTypes: [], kind: 'application', nickname: 'LCA', group: '', description: '', updatedAt: '',
    size: 1, sha256: '', buildNumber: '', buildDate: '', releaseType: '', productDescription: '', archiveName: '', archiveFormat: 'tar.gz', importMethod: 'archive', fileCount: 1, unpackedSize: 1, templates: [], tenants: [],
    installerFolder: 'ip', licenseNeeded: false, silentIni: '[IPCommon]\nInstallPath=/opt/new\n',
  },
  hosts: new Map([
    ['h1', { id: 'h1', name: 'eu-01', replaceable: [replaceable('LCA_one')] }],
    ['h2', { id: 'h2', name: 'eu-02', replaceable: [replaceable('LCA_new', { version: '8.5.100.90', barred: 'notHigher' as const }), replaceable('LCA_two')] }],
    ['h3', { id: 'h3', name: 'eu-03', replaceable: [] }],
  ]),
  applications: [object({}), object({ name: 'LCA_two', hostId: 'h2' }), object({ name: 'Other', hostId: 'h1', port: '7000' })], tenants: [{ id: 'environment', name: 'Environment' }], questions: [], savedSecrets: [],
};
const draft = (change: Partial<DeployDraft> = {}): DeployDraft => ({ ...emptyDraft(['h1', 'h2'], 'upgrade'), ...change });
const errors = (changed: DeployDraft): string[] => checkDraft(changed, context, 'en').filter(({ severity }) => severity === 'error').map(({ field, message }) => `${field}: ${message}`);

describe('the draft of an upgrade or a roll back', () => {
  it('replaces what was chosen, else the first that may be, and sends which record that is', () => {
    const [barred, free] = context.hosts.get('h2')?.replaceable ?? [];
    equal(replacedOn('h2', [], context.hosts.get('h2')?.replaceable ?? []), free);
    equal(replacedOn('h2', [{ hostId: 'h2', applicationId: 'a-LCA_new' }], context.hosts.get('h2')?.replaceable ?? []), barred);
    equal(replacedOn('h2', [{ hostId: 'h2', applicationId: 'gone' }], context.hosts.get('h2')?.replaceable ?? []), free);
    const inputs = draftInputs(draft(), context);
    deepEqual([inputs.profile, inputs.replaces, inputs.hostApplications], [
      'upgrade', [{ hostId: 'h1', deployedId: 'r-LCA_one' }, { hostId: 'h2', deployedId: 'r-LCA_two' }], [{ hostId: 'h1', name: 'LCA_one' }, { hostId: 'h2', name: 'LCA_two' }],
    ]);
    equal('replaces' in draftInputs(emptyDraft(['h1']), context), false);
  });

  it('takes parameters from the objects that are replaced, under whatever new name', () => {
    const renamed = draft({ hostApplications: [{ hostId: 'h1', name: 'LCA_{host}' }] });
    equal(applicationNameOf(renamed, context.package, { id: 'h1', name: 'eu-01' }), 'LCA_eu-01');
    deepEqual(applicationParameters(renamed, context), { tenantObject: 'Environment', port: '4999', primaryServer: 'cfg', backupServer: '' });
    deepEqual(errors(renamed), [], 'the port of the object that moves is not taken by it');
  });

  it('names what stands against it', () => {
    equal(mayBeChosen(context, { replaceable: [] }), false);
    equal(mayBeChosen(context, {}), true);
    deepEqual(errors(draft({ hostIds: ['h3'] })), ['hosts: eu-03 has nothing that can be upgraded to 8.5.100.90. Take it out.']);
    deepEqual(errors(draft({ hostIds: ['h2'], replaces: [{ hostId: 'h2', applicationId: 'a-LCA_new' }] })), ['application-h2: LCA_new has 8.5.100.90 already, which is not lower than 8.5.100.90. Take the host out.']);
    deepEqual(errors(draft({ hostIds: ['h1'], hostApplications: [{ hostId: 'h1', name: 'Other' }] })), ['application-h1: Other is another application object of eu-01. Enter another name.']);
  });

  it('gives each added host what was entered for it, and leaves what a person entered', () => {
    const from = { deploymentId: 'd1', at: '2026-10-02T15:41:00.000Z', hostNames: ['eu-01'] };
    const path = (value: string) => ({ section: 'IPCommon', key: 'InstallPath', value });
    const first = { ...fillIn(emptyDraft(['h1'], 'rollBack'), from, { ...exampleInputs(), hostApplications: [], values: [path('/opt/one')] }), replaces: [{ hostId: 'h1', applicationId: 'a-LCA_one' }] };
    const edit = { part: 'field', section: '', key: 'timeout', value: '20' } as const;
    const inputs = { ...exampleInputs(), hostApplications: [], values: [path('/opt/two'), { section: 'LCA', key: 'Mode', value: 'x' }], applicationEdits: [{ ...edit, hostId: 'h2' }, { ...edit, hostId: 'h9' }] };
    const both = fillInHosts({ ...first, hostIds: ['h1', 'h2'] }, { ...from, hostNames: ['eu-02'] }, inputs, [{ hostId: 'h1', applicationId: 'other' }, { hostId: 'h2', applicationId: 'a-LCA_two' }]);
    deepEqual(both.filledFrom?.hostNames, ['eu-01', 'eu-02']);
    deepEqual(both.replaces, [{ hostId: 'h1', applicationId: 'a-LCA_one' }, { hostId: 'h2', applicationId: 'a-LCA_two' }]);
    const sent = draftInputs(both, context);
    deepEqual(inputsForHost(sent, 'h1').values, [path('/opt/one')]);
    deepEqual(inputsForHost(sent, 'h2').values, [path('/opt/two'), { section: 'LCA', key: 'Mode', value: 'x' }]);
    deepEqual(sent.applicationEdits, [{ ...edit, hostId: 'h2' }]);
    const mine = fillInHosts({ ...first, hostValues: [{ hostId: 'h2', ...path('/opt/mine') }] }, from, inputs, [{ hostId: 'h2', applicationId: 'a-LCA_two' }]);
    deepEqual(mine.hostValues.filter(({ key }) => key === 'InstallPath'), [{ hostId: 'h2', ...path('/opt/mine') }]);
    deepEqual(clearFilledIn(both), { ...emptyDraft(['h1', 'h2'], 'rollBack'), replaces: both.replaces });
  });
});
