import { deepEqual, doesNotThrow, equal, throws } from 'node:assert/strict';
import { makeDefinition, parseDefinition, refuseSecrets, resolveDefinition, type NamedThings } from '../../../../src/extension/tasks/definition';
import { sampleHost, samplePackage } from '../sampleLists';

const things: NamedThings = {
  packages: [
    samplePackage({ id: 'p1', version: '8.5.100.31' }), samplePackage({ id: 'p2' }),
    samplePackage({ id: 'p3', name: 'Media Control Platform', nickname: 'MCP', version: '9.0.1' }),
    samplePackage({ id: 'p3', name: 'Media Control Platform', nickname: 'MCP', version: '9.0.1', tenantId: 't2' }),
  ],
  hosts: [sampleHost({ id: 'h1', name: 'eu-mcp-01' }), sampleHost({ id: 'h2', name: 'eu-mcp-02' })],
  tenants: [{ id: 'environment', name: 'Environment' }, { id: 't2', name: 'EMEA' }],
};
const field = { section: 'ConfigServer', key: 'Password', value: '', secret: true, required: false };

describe('the definition of a task', () => {
  const parse = (raw: Record<string, unknown>) => parseDefinition('en', 'roll out', { type: 'gaxPackages', ...raw });

  it('takes names of a package and of hosts, and values of silent.ini', () => {
    deepEqual(parse({ package: 'LCA@8.5.100.37', hosts: ['a'], values: { 'IPCommon.InstallPath': '/opt/x' }, application: 'LCA_{host}', tenant: 'EMEA' }), {
      type: 'gaxPackages', profile: 'install', package: 'LCA@8.5.100.37', hosts: ['a'], values: { 'IPCommon.InstallPath': '/opt/x' }, application: 'LCA_{host}', tenant: 'EMEA',
    });
    deepEqual(parse({ package: 'LCA', hosts: ['a'], values: {}, application: '' }), { type: 'gaxPackages', profile: 'install', package: 'LCA', hosts: ['a'] });
  });

  for (const [what, raw, reason] of [
    ['an unknown profile', { package: 'LCA', hosts: ['a'], profile: 'remove' }, /“profile” must be/],
    ['a missing package', { hosts: ['a'] }, /“package” must be/],
    ['no host', { package: 'LCA', hosts: [] }, /“hosts” must be/],
    ['a host that is no text', { package: 'LCA', hosts: [1] }, /“hosts” must be/],
    ['a value of two lines', { package: 'LCA', hosts: ['a'], values: { 'A.B': 'x\ny' } }, /“values” must be/],
    ['a value that is no text', { package: 'LCA', hosts: ['a'], values: { 'A.B': 1 } }, /“values” must be/],
    ['a key without its section', { package: 'LCA', hosts: ['a'], values: { InstallPath: '/x' } }, /written as section\.key/],
    ['a parameter nobody knows', { package: 'LCA', hosts: ['a'], applicationParameters: { ports: '1' } }, /“applicationParameters” must/],
    ['an option without its section', { package: 'LCA', hosts: ['a'], options: { verbose: 'all' } }, /section\.option/],
    ['own values that are no texts', { package: 'LCA', hosts: ['a'], hostValues: { a: { 'A.B': 1 } } }, /“hostValues” must/],
    ['own values of a host that is not chosen', { package: 'LCA', hosts: ['a'], hostValues: { b: { 'A.B': '1' } } }, /must be one of “hosts”/],
    ['an application name that is no text', { package: 'LCA', hosts: ['a'], hostApplications: { a: 1 } }, /“hostApplications” must/],
    ['an order that is none', { package: 'LCA', hosts: ['a'], order: 'batches:0' }, /“order” must/],
    ['a count that is none', { package: 'LCA', hosts: ['a'], stopAfterFailures: -1 }, /“stopAfterFailures” must/],
    ['a switch that is no switch', { package: 'LCA', hosts: ['a'], skipReinstallation: 'yes' }, /“skipReinstallation” must/],
    ['a tenant without a name', { package: 'LCA', hosts: ['a'], tenant: ' ' }, /“tenant” must be/],
  ] as const) {
    it(`refuses ${what}, and names the task`, () => {
      throws(() => parse(raw), { code: 'editor/task-wrong', message: reason });
      throws(() => parse(raw), /roll out/);
    });
  }

  it('is looked up by name in any case, in its tenant', () => {
    const { package: item, inputs } = resolveDefinition('t', parse({ package: 'mcp', hosts: ['EU-MCP-02'], tenant: 'emea', values: { 'vp.a.b': '1' } }), things);
    equal(item.tenantId, 't2');
    deepEqual(inputs, {
      packageId: 'p3', tenantId: 't2', profile: 'install', hostIds: ['h2'], values: [{ section: 'vp', key: 'a.b', value: '1' }], secretKeys: [], applicationName: '',
    });
  });

  it('carries profile and values of application objects there and back, for all hosts and for single ones', () => {
    const raw = {
      profile: 'upgrade', package: 'LCA@8.5.100.37', hosts: ['eu-mcp-01', 'eu-mcp-02'], applicationValues: { timeout: '10', 'log/verbose': 'all' },
      hostApplicationValues: { 'eu-mcp-02': { 'connections/MessageServer/mode': 'CFGTMBoth' } },
    };
    const { inputs } = resolveDefinition('t', parse(raw), things);
    equal(inputs.profile, 'upgrade');
    deepEqual(inputs.applicationEdits, [
      { part: 'field', section: '', key: 'timeout', value: '10' }, { part: 'options', section: 'log', key: 'verbose', value: 'all' },
      { hostId: 'h2', part: 'connections', section: 'MessageServer', key: 'mode', value: 'CFGTMBoth' },
    ]);
    deepEqual(makeDefinition(inputs, things), { type: 'gaxPackages', ...raw });
    throws(() => parse({ ...raw, applicationValues: { version: '9' } }), /names of the plan/);
    throws(() => parse({ ...raw, hostApplicationValues: { other: { timeout: '1' } } }), /must be one of “hosts”/);
  });

  it('carries the GAX application objects and GAX directories of a plug-in, host by host', () => {
    const raw = {
      package: 'LCA@8.5.100.37', hosts: ['eu-mcp-01', 'eu-mcp-02'], values: { 'IPCommon.InstallPath': '/opt/rpt' },
      hostApplications: { 'eu-mcp-01': 'GAX_one', 'eu-mcp-02': 'GAX_two' }, hostValues: { 'eu-mcp-02': { 'gaxSampleRpt.GAX_Directory': '/srv/gax' } },
    };
    const { inputs } = resolveDefinition('t', parse(raw), things);
    deepEqual(inputs.hostApplications, [{ hostId: 'h1', name: 'GAX_one' }, { hostId: 'h2', name: 'GAX_two' }]);
    deepEqual(inputs.hostValues, [{ hostId: 'h2', section: 'gaxSampleRpt', key: 'GAX_Directory', value: '/srv/gax' }]);
    deepEqual(makeDefinition(inputs, things), { type: 'gaxPackages', profile: 'install', ...raw });
    throws(() => parse({ ...raw, hostApplications: { 'eu-mcp-09': 'GAX' } }), /must be one of “hosts”/);
    throws(() => parse({ ...raw, hostValues: { 'eu-mcp-01': { GAX_Directory: '/srv/gax' } } }), /written as section\.key/);
    throws(() => parse({ ...raw, hostValues: { 'eu-mcp-01': '/srv/gax' } }), /“hostValues” must/);
  });

  it('is refused by name where something it names is not there, or stands for several', () => {
    const resolve = (raw: Record<string, unknown>) => () => resolveDefinition('t', parse({ hosts: ['eu-mcp-01'], ...raw }), things);
    throws(resolve({ package: 'Chat' }), { code: 'editor/task-package-unknown' });
    throws(resolve({ package: 'LCA' }), { code: 'editor/task-package-ambiguous', message: /LCA@8\.5\.100\.31, LCA@8\.5\.100\.37/ });
    throws(resolve({ package: 'MCP', hosts: ['eu-mcp-09'] }), { code: 'editor/task-host-unknown', message: /eu-mcp-09/ });
    throws(resolve({ package: 'MCP', tenant: 'APAC' }), { code: 'editor/task-tenant-unknown', message: /Environment, EMEA/ });
    doesNotThrow(resolve({ package: 'LCA@8.5.100.37' }));
  });

  it('is refused when it holds a value that the form calls secret', () => {
    const { inputs } = resolveDefinition('t', parse({ package: 'MCP', hosts: ['eu-mcp-01'], values: { 'ConfigServer.Password': 'x' } }), things);
    throws(() => refuseSecrets('t', inputs, [field]), { code: 'editor/task-secret', message: /ConfigServer\.Password/ });
    throws(() => refuseSecrets('t', { ...inputs, values: [], hostValues: [{ hostId: 'h1', section: 'ConfigServer', key: 'Password', value: 'x' }] }, [field]), { code: 'editor/task-secret' });
    doesNotThrow(() => refuseSecrets('t', { ...inputs, values: [] }, [field]));
  });

  it('keeps everything that was entered: parameters, options, and what is a single host’s own', () => {
    const inputs = {
      packageId: 'p2', tenantId: 'environment', profile: 'install', hostIds: ['h2', 'h1'], applicationName: '', values: [], secretKeys: [{ section: 'LCA', key: 'Token' }],
      skipReinstallation: true, order: { kind: 'batches', size: 3 }, stopAfterFailures: 2, application: { tenantObject: '', port: '4999', primaryServer: 'cs1', backupServer: '' }, options: [{ section: 'log', key: 'verbose', value: 'all' }],
      hostValues: [{ hostId: 'h1', section: 'IPCommon', key: 'InstallPath', value: '/opt/1' }, { hostId: 'h1', section: 'LCA', key: 'Token', value: 'leaked' }, { hostId: 'gone', section: 'A', key: 'B', value: '1' }],
      hostApplications: [{ hostId: 'h2', name: 'LCA_two' }, { hostId: 'h1', name: '' }],
    } as const;
    const definition = makeDefinition(inputs, things);
    deepEqual(definition, {
      type: 'gaxPackages', profile: 'install', package: 'LCA@8.5.100.37', hosts: ['eu-mcp-02', 'eu-mcp-01'], applicationParameters: { port: '4999', primaryServer: 'cs1' },
      options: { 'log.verbose': 'all' }, hostValues: { 'eu-mcp-01': { 'IPCommon.InstallPath': '/opt/1' } }, hostApplications: { 'eu-mcp-02': 'LCA_two' }, skipReinstallation: true, order: 'batches:3', stopAfterFailures: 2,
    });
    deepEqual(resolveDefinition('t', parseDefinition('en', 't', definition as unknown as Record<string, unknown>), things).inputs, {
      ...inputs, secretKeys: [], hostValues: [inputs.hostValues[0]], hostApplications: [inputs.hostApplications[0]],
    });
  });

  it('of a deployment that was chosen names everything and holds no secret', () => {
    const inputs = {
      packageId: 'p3', tenantId: 't2', profile: 'install', hostIds: ['h2', 'h1'], applicationName: 'X_{host}',
      values: [{ section: 'IPCommon', key: 'InstallPath', value: '/opt/x' }, { section: 'ConfigServer', key: 'Password', value: 'leaked' }],
      secretKeys: [{ section: 'ConfigServer', key: 'Password' }],
    } as const;
    const definition = makeDefinition(inputs, things);
    deepEqual(definition, {
      type: 'gaxPackages', profile: 'install', package: 'MCP@9.0.1', hosts: ['eu-mcp-02', 'eu-mcp-01'], values: { 'IPCommon.InstallPath': '/opt/x' },
      application: 'X_{host}', tenant: 'EMEA',
    });
    deepEqual(resolveDefinition('t', parseDefinition('en', 't', definition as unknown as Record<string, unknown>), things).inputs.hostIds, ['h2', 'h1']);
  });
});
