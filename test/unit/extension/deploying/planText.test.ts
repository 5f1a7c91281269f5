import { deepEqual, ok } from 'node:assert/strict';
import { extensionText } from '../../../../src/core/text/extensionText';
import { createText } from '../../../../src/core/text/messages';
import { planQuestion, planText, type PlanParts } from '../../../../src/extension/deploying/planText';
import { sampleHost, samplePackage } from '../sampleLists';

const text = createText('en', extensionText);
const plan: PlanParts = {
  package: samplePackage({ id: 'p1' }),
  inputs: {
    packageId: 'p1', tenantId: 'environment', profile: 'install', hostIds: ['h1', 'h2'], applicationName: '',
    values: [{ section: 'IPCommon', key: 'InstallPath', value: '/opt/x' }], secretKeys: [{ section: 'ConfigServer', key: 'Password' }],
  },
  hosts: [sampleHost({ id: 'h1' }), sampleHost({ id: 'h2', system: { osGroup: 'linux', architecture: 'x86_64', bits: 64, release: 'Debian' } })],
  preview: '[IPCommon]\nInstallPath=/opt/x\nPassword=not this one\n[ConfigServer]\nPassword=as in the package\nHost=c\n',
  warnings: [{ code: 'x', message: 'h1 was not asked yet.', severity: 'warning' }],
};

describe('the plan of a deployment', () => {
  it('is asked about in one sentence, with hosts, application objects, changes, secrets and warnings below', () => {
    deepEqual(planQuestion(text, 'en', plan), {
      message: 'Install Local Control Agent 8.5.100.37 on 2 hosts?',
      detail: [
        'Hosts: h1, h2', 'Application Object: LCA_h1, LCA_h2', 'Changed values: IPCommon.InstallPath = /opt/x',
        'Secret values entered: ConfigServer.Password', 'To consider: h1 was not asked yet.',
      ].join('\n'),
    });
  });

  it('can be read whole, with silent.ini as it will be written and every secret masked', () => {
    const document = planText(text, 'en', plan);
    ok(document.includes('- h1  10.20.4.31  not tested yet  Application Object LCA_h1\n- h2  10.20.4.31  Linux 64-bit  Application Object LCA_h2\n'), document);
    ok(document.includes('[ConfigServer]\nPassword=••••••••\nHost=c\n'), document);
    ok(document.includes('Password=not this one'), 'a key of the same name in another section stays as it is');
    ok(document.includes('To consider\n- h1 was not asked yet.'), document);
  });

  it('says when the package has no silent.ini', () => {
    ok(planText(text, 'en', { ...plan, preview: '' }).includes('The package has no silent.ini.'));
  });
});
