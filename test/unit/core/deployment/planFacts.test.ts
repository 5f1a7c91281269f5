import assert from 'node:assert/strict';
import { nothingSaid } from '../../../../src/core/deployment/model';
import { changedFacts, isPlannedSkip, planFacts, planFactsOfSkipped } from '../../../../src/core/deployment/planFacts';
import { planDeployment } from '../../../../src/core/deployment/plan';
import { planWarnings } from '../../../../src/core/deployment/planWarnings';
import { describeError } from '../../../../src/core/errors';
import { sampleApplication } from '../../extension/sampleLists';
import { exampleFacts, exampleFolder, exampleInputs, examplePackage, exampleSubject } from './examples';

const digest = (text: string): string => String(text.length);
const application = { ...sampleApplication({ id: 'a1' }), ...nothingSaid, port: '4999' };
const filled = { ...exampleFolder('/opt/genesys/lca'), filled: true, backups: ['backup_1'], installed: { name: 'Local Control Agent', nickname: 'LCA', version: '8.5.1' } };

describe('what a plan rests on', () => {
  const planned = planFacts(exampleFacts({ target: filled }), application, digest);
  const changes = (...now: Parameters<typeof planFacts>) => changedFacts('eu-sip-04', planned, planFacts(...now)).map(({ args: { what, value, before, now: is } }) => [what, value, before, is]);

  it('has not changed while the host and its application object are as they were, whatever their free space', () => {
    assert.deepEqual(changes(exampleFacts({ target: { ...filled, free: 5 }, leftovers: [{ deploymentId: 'd', sha256: 's' }] }), { ...application }, digest), []);
  });

  it('tells each change of the host by itself', () => {
    const installed = { ...filled, backups: ['backup_1', 'backup_2'], installed: { ...filled.installed, version: '8.5.2' } };
    assert.deepEqual(changes(exampleFacts({ target: installed, releaseVersion: '9.1', missingTools: ['tar'] }), application, digest), [
      ['releaseVersion', '', '8.6', '9.1'], ['tools', '', '–', 'tar'], ['installed', '', 'Local Control Agent 8.5.1', 'Local Control Agent 8.5.2'], ['backups', '', '1', '2'],
    ]);
    assert.deepEqual(changes(exampleFacts({ target: { ...exampleFolder('/opt/genesys/lca'), filled: true, backups: ['backup_1'] } }), application, digest), [['installed', '', 'Local Control Agent 8.5.1', 'files']]);
  });

  it('tells values of the application object, and which of its tables is another', () => {
    const now = { ...application, port: '5000', settings: { attempts: '3' }, options: { log: { verbose: 'all' } } };
    assert.deepEqual(changes(exampleFacts({ target: filled }), now, digest).map(([what, value, before, is]) => [what, value, before, what === 'table' ? '' : is]), [
      ['value', 'port', '4999', '5000'], ['value', 'attempts', '–', '3'], ['table', 'options', '–', ''],
    ]);
    const [gone] = changes(exampleFacts({ target: filled }), undefined, digest);
    assert.deepEqual(gone, ['application', '', 'LCA_eu-mcp-01', '–']);
  });

  it('says in both languages what is another, and how many changes more there are', () => {
    const [first] = changedFacts('eu-sip-04', planned, planFacts(exampleFacts({ target: { ...filled, backups: [] } }), { ...application, port: '5000' }, digest));
    assert.equal(describeError('en', first!), 'eu-sip-04 is not as it was when the plan was made. The number of backup folders: 1 then, 0 now; one more difference is in the log. Nothing was changed; check this host again, and look at its new plan.');
    assert.match(describeError('fr', first!), /Le nombre de dossiers de sauvegarde\u00a0: 1 alors, 0 maintenant\u00a0; une autre différence/);
  });

  it('is the application object alone for a host that is left out', () => {
    const skipped = planFactsOfSkipped(application, 'application-exists', digest);
    assert.ok(isPlannedSkip(skipped) && !isPlannedSkip(planned));
    assert.deepEqual(changedFacts('eu-sip-04', skipped, planned), []);
    assert.equal(changedFacts('eu-sip-04', skipped, planFacts(exampleFacts(), undefined, digest))[0]?.args['what'], 'application');
  });
});

describe('planWarnings', () => {
  const warnings = (change: Partial<Parameters<typeof planWarnings>[0]>): string[] => {
    const [plan] = planDeployment(exampleInputs(), examplePackage(), [exampleSubject()]);
    return planWarnings({ host: 'h', inputs: exampleInputs(), package: examplePackage(), plan: plan!, facts: exampleFacts(), existing: undefined, merged: application, ...change }).map(({ code }) => code);
  };

  it('has none for a first installation', () => {
    assert.deepEqual(warnings({}), []);
  });

  it('warns of a version that goes down, except for a roll back', () => {
    const facts = exampleFacts({ target: { ...filled, installed: { ...filled.installed, version: '8.5.100.100' } } });
    assert.deepEqual(warnings({ facts }), ['deploy/version-down']);
    assert.deepEqual(warnings({ facts, inputs: { profile: 'rollBack' } }), []);
    assert.deepEqual(warnings({ existing: { ...application, version: '99', workingDirectory: '' } }), ['deploy/version-down']);
  });

  it('warns of backup folders that pile up', () => {
    assert.deepEqual(warnings({ facts: exampleFacts({ target: { ...filled, backups: ['1', '2'] } }) }), []);
    assert.deepEqual(warnings({ facts: exampleFacts({ target: { ...filled, backups: ['1', '2', '3'] } }) }), ['deploy/backups-pile-up']);
  });

  it('warns of an installation in another folder', () => {
    assert.deepEqual(warnings({ existing: { ...application, version: '8', workingDirectory: '/elsewhere' } }), ['deploy/installed-elsewhere']);
  });
});
