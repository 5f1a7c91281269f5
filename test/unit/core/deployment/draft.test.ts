import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  applicationParameters, clearFilledIn, draftInputs, emptyDraft, enterOption, enterValue, fillIn, isFilled, valuesFor, type DeployDraft, type DraftContext, type KnownApplication,
} from '../../../../src/core/deployment/draft';
import { checkDraft, errorsOf, formFields, mayBeChosen } from '../../../../src/core/deployment/draftRules';
import { keysOfLines, previewFile } from '../../../../src/core/deployment/filePreview';
import { hostFit } from '../../../../src/core/deployment/hostFit';
import type { PackageQuestion } from '../../../../src/core/deployment/questions';
import type { HostSystem } from '../../../../src/core/hosts/model';
import { mask } from '../../../../src/core/text/mask';
import { exampleInputs } from './examples';

const linux: HostSystem = { osGroup: 'linux', architecture: 'x86_64', bits: 64, release: 'Red Hat Enterprise Linux 8.6' };

const silentIni = `[IPCommon]
InstallPath=/opt/genesys/lca

[ConfigServer]
Host=<Configuration Server host>
Port=2020
User=installer
Password=
ApplicationName=<Application name>
`;

function context(change: Partial<DraftContext> = {}, ofPackage: Partial<DraftContext['package']> = {}): DraftContext {
  return {
    package: {
      id: 'p1', tenantId: 'environment', name: 'Local Control Agent', version: '8.5.100.37', localeId: 'ENU', osGroup: 'linux', computerTypes: ['Intel EM64T'], kind: 'application', nickname: 'LCA',
      group: '', description: '', updatedAt: '', size: 1, sha256: '', buildNumber: '', buildDate: '', releaseType: '', productDescription: '', archiveName: '', archiveFormat: 'tar.gz', importMethod: 'archive', fileCount: 1,
      unpackedSize: 1, templates: [], tenants: [], installerFolder: 'ip', licenseNeeded: false, silentIni, ...ofPackage,
    },
    hosts: new Map([['h1', { id: 'h1', name: 'eu-01', system: linux }], ['h2', { id: 'h2', name: 'eu-02', system: linux }], ['w', { id: 'w', name: 'win', system: { ...linux, osGroup: 'windows', release: 'Windows Server 2019' } }]]),
    applications: [], tenants: [{ id: 'environment', name: 'Environment' }, { id: 'emea', name: 'EMEA' }], questions: [], savedSecrets: [], ...change,
  };
}

function application(change: Partial<KnownApplication>): KnownApplication {
  return { name: 'LCA_eu-01', hostId: 'h1', type: 45, tenantId: 'environment', state: 'enabled', tenantObject: '', port: '', primaryServer: '', backupServer: '', workingDirectory: '', commandLine: '', ...change };
}

function question(change: Partial<PackageQuestion>): PackageQuestion {
  return { id: 'q', target: 'silentIni', section: 'LCA', key: 'Mode', title: 'Mode', kind: 'text', value: '', required: true, file: 'templates/LCA.xml', line: 12, ...change };
}

const draft = (change: Partial<DeployDraft> = {}): DeployDraft => ({ ...enterValue(emptyDraft(['h1', 'h2']), { section: 'ConfigServer', key: 'Host' }, 'cfg'), ...change });
const messages = (changed: DeployDraft, given: DraftContext = context()): string[] => checkDraft(changed, given, 'en').filter(({ severity }) => severity === 'error').map(({ field, message }) => `${field}: ${message}`);

describe('the draft of a deployment', () => {
  it('has nothing wrong once what the package leaves open is entered', () => {
    deepEqual(messages(draft()), []);
    deepEqual(errorsOf(checkDraft(emptyDraft(['h1']), context(), 'en'), 'silentIni').map(({ field }) => field), ['value-ConfigServer-Host']);
  });

  it('wants a host, and none that is gone or does not fit', () => {
    deepEqual(messages(draft({ hostIds: [] })), ['hosts: Choose at least one host.']);
    deepEqual(messages(draft({ hostIds: ['gone', 'w'] })), ['hosts: gone is no longer in the list of hosts. Take it out.', 'hosts: win does not fit: it runs Windows Server 2019, 64. Take it out.']);
    equal(mayBeChosen(context(), {}), true);
    equal(hostFit(context().package, { ...linux, bits: 32 }), 'wrong-width');
    equal(hostFit({ osGroup: 'linux', computerTypes: ['Intel 32 bit'] }, linux), 'fits');
    const listed = { osGroup: 'linux', computerTypes: ['Intel 32 bit', 'Intel EM64T'], supportedSystems: [
      { name: 'Red Hat Enterprise Linux', version: '7', computerType: 'Intel EM64T' }, { name: 'Red Hat Enterprise Linux', version: '8', computerType: 'Intel EM64T' },
      { name: 'Red Hat Enterprise Linux', version: '5', computerType: 'Intel 32 bit' },
    ] };
    const fits = (releaseVersion: string, change: object = {}) => hostFit(listed, { ...linux, releaseVersion, ...change });
    // A 64-bit host may be the 32-bit computer too, so the lowest release of both counts; a 32-bit host is only that one.
    equal(fits('4.9'), 'wrong-release');
    equal(fits('5.0'), 'fits');
    equal(fits('4.9', { bits: 32, architecture: 'i686' }), 'wrong-release');
    equal(hostFit({ ...listed, supportedSystems: listed.supportedSystems.slice(0, 2) }, { ...linux, releaseVersion: '6.10' }), 'wrong-release');
    equal(hostFit({ ...listed, supportedSystems: [{ name: 'Any' }] }, { ...linux, releaseVersion: '1' }), 'fits');
    equal(hostFit(listed, linux), 'fits');
    equal(hostFit({ osGroup: 'linux', computerTypes: ['Sparc'] }, linux), 'wrong-system');
  });

  it('wants names of application objects that are of one host each', () => {
    const named = (name: string, hostId = 'h1') => draft({ hostApplications: [{ hostId, name }] });
    deepEqual(messages(named(' ')), ['application-h1: Enter the name of the application object.']);
    deepEqual(messages(named('x'.repeat(256))), ['application-h1: Enter at most 255 characters.']);
    deepEqual(messages(named('a\u0007')), ['application-h1: Enter a name without control characters.']);
    deepEqual(messages(draft({ hostApplications: [{ hostId: 'h1', name: 'A' }, { hostId: 'h2', name: 'A' }] })), ['application-h2: A is the name for eu-01 too. Enter another name.']);
    deepEqual(messages(draft({ hostIds: ['h2'], hostApplications: [{ hostId: 'h2', name: 'LCA_eu-01' }] }), context({ applications: [application({})] })), ['application-h2: LCA_eu-01 is an application object of eu-01. Enter another name.']);
    deepEqual(messages(named('LCA_{host}')), []);
  });

  it('wants a port that no other application of the host has, and offers one', () => {
    const used = context({ applications: [application({ name: 'SIP', port: '5060' }), application({ name: 'SIP2', port: '5070' })] });
    const port = (value: string, given = used) => messages(draft({ application: { port: value } }), given);
    deepEqual(port('5060'), ['port: Port 5060 is used by SIP on eu-01. Enter another port, for example 5080.']);
    for (const wrong of ['0', '65536', '-1', 'abc', '1.5', '999999']) deepEqual(port(wrong), ['port: Enter a number from 1 to 65535, or nothing.'], wrong);
    deepEqual(port(''), []);
    deepEqual(port('65535'), []);
    deepEqual(port('5060', context({ applications: [application({ port: '5060' })] })), [], 'its own port is its own');
    deepEqual(port('5060', context({ applications: [application({ name: 'SIP', hostId: 'h9', port: '5060' })] })), [], 'of another host');
  });

  it('wants a tenant that was not emptied, and Configuration Servers that make sense together', () => {
    deepEqual(messages(draft({ application: { tenantObject: ' ' } })), ['tenantObject: Enter the tenant of the application object.']);
    deepEqual(messages(draft({ application: { backupServer: 'b' } })), ['primaryServer: Enter the primary Configuration Server too.']);
    deepEqual(messages(draft({ application: { primaryServer: 'a', backupServer: 'a' } })), ['backupServer: The backup is the primary Configuration Server. Enter another one, or nothing.']);
  });

  it('takes tenant and servers of the application objects that are there, else of GAX; nothing where they differ', () => {
    const gax = application({ name: 'GAX', hostId: 'h9', type: 165, primaryServer: 'cs1', backupServer: 'cs2' });
    deepEqual(applicationParameters(draft(), context({ applications: [gax] })), { tenantObject: 'Environment', port: '', primaryServer: 'cs1', backupServer: 'cs2' });
    const own = application({ tenantObject: 'EMEA', primaryServer: 'own' });
    deepEqual(applicationParameters(draft(), context({ applications: [gax, own] })), { tenantObject: 'EMEA', port: '', primaryServer: 'own', backupServer: 'cs2' });
    const other = application({ name: 'LCA_eu-02', hostId: 'h2', tenantId: 'emea' });
    equal(applicationParameters(draft(), context({ applications: [application({}), other] })).tenantObject, '');
    deepEqual(messages(draft(), context({ applications: [application({}), other] })), []);
  });

  it('checks values as the editor does, and one host’s own only for that host', () => {
    const path = { section: 'IPCommon', key: 'InstallPath' };
    const [wrong] = checkDraft(enterValue(draft(), path, 'relative path'), context(), 'en').filter(({ severity }) => severity === 'error');
    equal(wrong?.field, 'value-IPCommon-InstallPath');
    equal(wrong.hostId, undefined);
    const own = checkDraft(enterValue(draft(), path, 'relative path', 'h2'), context(), 'en').filter(({ severity }) => severity === 'error');
    deepEqual(own.map(({ field, hostId }) => [field, hostId]), [['value-IPCommon-InstallPath', 'h2']]);
    deepEqual(messages(enterValue(draft(), { section: 'ConfigServer', key: 'Port' }, '70000')).map((line) => line.split(':')[0]), ['value-ConfigServer-Port']);
  });

  it('asks whether the license is agreed to where the package has one', () => {
    const licensed = context({}, { licenseNeeded: true });
    ok(formFields(draft(), licensed, undefined, 'en').some(({ key, required }) => key === 'LicenseAgreement' && required));
    deepEqual(messages(draft(), licensed).map((line) => line.split(':')[0]), ['value-License-LicenseAgreement']);
    deepEqual(messages(enterValue(draft(), { section: 'License', key: 'LicenseAgreement' }, 'Accepted'), licensed), []);
  });

  it('wants the questions of the package answered, each by its kind, before anything else of silent.ini', () => {
    const asked = (change: Partial<PackageQuestion>, answer?: string) => messages(answer === undefined ? draft() : enterValue(draft(), { section: 'LCA', key: 'Mode' }, answer), context({ questions: [question(change)] }));
    deepEqual(asked({}), ['value-LCA-Mode: Answer this question of the package.']);
    deepEqual(asked({}, 'x'), []);
    deepEqual(asked({ required: false }), []);
    deepEqual(asked({ kind: 'number' }, 'x'), ['value-LCA-Mode: Enter a number.']);
    deepEqual(asked({ kind: 'choice', choices: ['a'] }, 'b'), ['value-LCA-Mode: Choose one of the values.']);
    deepEqual(asked({ kind: 'password' }), ['value-LCA-Mode: Answer this question of the package.']);
    deepEqual(messages(draft(), context({ questions: [question({ kind: 'password' })], savedSecrets: [{ section: 'LCA', key: 'Mode' }] })), []);
    const [first] = checkDraft(emptyDraft(['h1']), context({ questions: [question({})] }), 'en');
    equal(first?.field, 'value-LCA-Mode');
  });

  it('writes what a question offers, into silent.ini or the application object', () => {
    const offered = context({ questions: [question({ value: 'full' }), question({ id: 'o', target: 'option', section: 'log', key: 'verbose', value: 'all' })] });
    const inputs = draftInputs(draft(), offered);
    ok(inputs.values.some(({ key, value }) => key === 'Mode' && value === 'full'));
    deepEqual(inputs.options, [{ section: 'log', key: 'verbose', value: 'all' }]);
    deepEqual(draftInputs(enterOption(draft(), { section: 'log', key: 'verbose' }, 'none'), offered).options, [{ section: 'log', key: 'verbose', value: 'none' }]);
  });

  it('sends names of all hosts, and own values of chosen hosts alone', () => {
    const inputs = draftInputs(draft({ hostIds: ['h2'], hostValues: [{ hostId: 'h1', section: 'A', key: 'B', value: '1' }, { hostId: 'h2', section: 'A', key: 'B', value: '2' }] }), context());
    deepEqual(inputs.hostApplications, [{ hostId: 'h2', name: 'LCA_eu-02' }]);
    deepEqual(inputs.hostValues, [{ hostId: 'h2', section: 'A', key: 'B', value: '2' }]);
    deepEqual(valuesFor(draft({ hostValues: [{ hostId: 'h2', section: 'ConfigServer', key: 'Host', value: 'own' }] }), context(), 'h2'), [{ section: 'ConfigServer', key: 'Host', value: 'own' }]);
  });

  it('shows the file of each host with its name and values, every secret masked, and survives what cannot be written', () => {
    const own = enterValue(draft(), { section: 'IPCommon', key: 'InstallPath' }, '/opt/two', 'h2');
    const secret = context({ savedSecrets: [{ section: 'ConfigServer', key: 'Password' }] });
    ok(previewFile(own, secret, 'h2').includes('InstallPath=/opt/two') && previewFile(own, secret, 'h2').includes('ApplicationName=LCA_eu-02'));
    ok(previewFile(own, secret).includes('InstallPath=/opt/genesys/lca') && previewFile(own, secret).includes(`Password=${mask}`));
    equal(previewFile(enterValue(own, { section: 'a]b', key: 'c' }, 'x'), secret).includes('a]b'), false);
    deepEqual(keysOfLines('[A]\nb=1\n#c=2\n\nd=3').map((key) => key?.key), [undefined, 'b', undefined, undefined, 'd']);
  });

  it('takes over an earlier deployment but its hosts, and lets it be taken back', () => {
    const from = { deploymentId: 'd1', at: '2026-10-02T15:41:00.000Z', hostNames: ['eu-01'] };
    const inputs = exampleInputs({ hostIds: ['h1'], values: [{ section: 'A', key: 'B', value: '1' }], applicationName: 'X_{host}', skipReinstallation: true, application: { tenantObject: 'EMEA', port: '', primaryServer: '', backupServer: '' } });
    const filled = fillIn(emptyDraft(['h2']), from, inputs);
    deepEqual(filled.hostIds, ['h2']);
    deepEqual(filled.hostApplications, [{ hostId: 'h1', name: 'X_{host}' }]);
    deepEqual(filled.application, { tenantObject: 'EMEA' });
    equal(filled.skipReinstallation, true);
    deepEqual(clearFilledIn(filled), emptyDraft(['h2']));
    equal(isFilled(emptyDraft()), false);
    equal(isFilled(emptyDraft(['h1'])), true);
  });

  it('says what is wrong in French too', () => {
    deepEqual(checkDraft(draft({ hostIds: [] }), context(), 'fr').filter(({ step }) => step === 'hosts').map(({ message }) => message), ['Choisissez au moins un hôte.']);
  });
});
