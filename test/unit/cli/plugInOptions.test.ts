import { deepEqual, rejects, throws } from 'node:assert/strict';
import { textIn, type CliContext } from '../../../src/cli/context';
import { readDeployOptions } from '../../../src/cli/deployOptions';
import { overlayPlugIn } from '../../../src/cli/plugInOptions';
import type { DeploymentInputs } from '../../../src/core/deployment/model';
import type { PackageSummary } from '../../../src/core/packages/model';
import type { ServiceClient } from '../../../src/service/client';
import { sampleHost, samplePackage } from '../extension/sampleLists';

const context = { text: textIn('en') } as CliContext;
const hosts = [sampleHost({ id: 'h1', name: 'eu-gax-01' }), sampleHost({ id: 'h2', name: 'eu-gax-02' }), sampleHost({ id: 'h3', name: 'eu-other' })];
const plugIn = samplePackage({ id: 'p1', name: 'Sample Reporting', nickname: 'gaxSampleRpt', version: '9.0.001.12', kind: 'plug-in', osGroup: 'linux' });
const inputs: DeploymentInputs = { packageId: 'p1', tenantId: 'environment', profile: 'install', hostIds: ['h1', 'h2'], values: [], secretKeys: [], applicationName: '' };
const key = { section: 'gaxSampleRpt', key: 'GAX_Directory' };

/** Answers what the options are looked up in: the package and the hosts of the repository. */
function clientWith(item: PackageSummary): Pick<ServiceClient, 'request'> {
  return {
    request: ((method: string) => Promise.resolve(method === 'hosts/list' ? hosts : { ...item, silentIni: '[gaxSampleRpt]\nGAX_Directory=/opt/genesys/gax\n' })) as ServiceClient['request'],
  };
}

const optionsOf = (...args: string[]) => readDeployOptions(['gaxSampleRpt', '--host', 'eu-gax-01,eu-gax-02', ...args]);
const overlay = (args: readonly string[], { item = plugIn, given = inputs } = {}) => overlayPlugIn(context, clientWith(item), given, optionsOf(...args));

describe('what a command line says of the GAX of a plug-in', () => {
  it('is a GAX directory for all hosts, and another one for a host whose name stands before it in any case', async () => {
    deepEqual((await overlay(['--gax-directory', '/opt/gax'])).hostValues, [{ hostId: 'h1', ...key, value: '/opt/gax' }, { hostId: 'h2', ...key, value: '/opt/gax' }]);
    deepEqual((await overlay(['--gax-directory', 'EU-GAX-02=/srv/gax'])).hostValues, [{ hostId: 'h2', ...key, value: '/srv/gax' }]);
    deepEqual((await overlay(['--gax-directory', '/opt/a=b'])).hostValues?.map(({ value }) => value), ['/opt/a=b', '/opt/a=b'], 'a path may hold an equals sign');
  });

  it('wins over what an earlier deployment had for the same host, and leaves its other values', async () => {
    const other = { hostId: 'h1', section: 'IPCommon', key: 'InstallPath', value: '/opt/rpt' };
    const given = { ...inputs, hostValues: [other, { hostId: 'h1', ...key, value: '/old' }, { hostId: 'h2', ...key, value: '/kept' }] };
    deepEqual((await overlay(['--gax-directory', 'eu-gax-01=/new'], { given })).hostValues, [other, { hostId: 'h2', ...key, value: '/kept' }, { hostId: 'h1', ...key, value: '/new' }]);
  });

  it('is the name of a GAX application object for each host, in which {host} stands for it', async () => {
    const { applicationName, hostApplications } = await overlay(['--gax-application', 'GAX_{host}']);
    deepEqual([applicationName, hostApplications], ['', [{ hostId: 'h1', name: 'GAX_eu-gax-01' }, { hostId: 'h2', name: 'GAX_eu-gax-02' }]]);
  });

  it('is nothing where nothing was said: the service finds GAX by itself', async () => {
    deepEqual(await overlay([]), inputs);
  });

  const refusals: readonly (readonly [what: string, args: readonly string[], message: RegExp, item?: PackageSummary])[] = [
    ['a GAX application for a package that is no plug-in', ['--gax-application', 'GAX'], /Sample Reporting 9\.0\.001\.12 is no plug-in of GAX: leave out --gax-application/, { ...plugIn, kind: 'application' }],
    ['a GAX directory for a package that is no plug-in', ['--gax-directory', '/opt/gax'], /is no plug-in of GAX/, { ...plugIn, kind: 'application' }],
    ['a GAX directory for a plug-in of Windows', ['--gax-directory', 'C:\\GCTI\\GAX'], /finds GAX by itself: leave out --gax-directory/, { ...plugIn, osGroup: 'windows' }],
    ['the GAX directory of a host that is not deployed to', ['--gax-directory', 'eu-other=/opt/gax'], /names eu-other, which is none of the hosts of --host/],
  ];
  for (const [what, args, message, item] of refusals) {
    it(`is refused with its reason: ${what}`, async () => {
      await rejects(overlay(args, item && { item }), { name: 'CliFailure', message });
    });
  }

  it('is refused where both names of one thing are given', () => {
    throws(() => optionsOf('--gax-application', 'GAX', '--app', 'Other'), { name: 'UsageError' });
  });
});
