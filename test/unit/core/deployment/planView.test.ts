import { deepEqual, ok } from 'node:assert/strict';
import type { ApplicationValue } from '../../../../src/core/configuration/mergeApplication';
import { inputsForHost } from '../../../../src/core/deployment/hostInputs';
import { planDeployment } from '../../../../src/core/deployment/plan';
import { viewHostPlan } from '../../../../src/core/deployment/planView';
import { mask } from '../../../../src/core/text/mask';
import { exampleInputs, examplePackage, exampleSubject } from './examples';

describe('the view of a plan', () => {
  it('says of secrets of the application object whether they are there and what becomes of them, never what they are', () => {
    const value = (key: string, change: Partial<ApplicationValue>): ApplicationValue => ({ part: 'options', section: 'db', key, name: `db/${key}`, result: '', why: 'equal', ...change });
    const values = [
      value('password', { existing: 'Sesame1', fresh: 'Sesame2', result: 'Sesame1', why: 'existingKept' }), value('password', { existing: 'Sesame1', fresh: '', result: 'Sesame1', why: 'existingKept' }),
      value('password', { fresh: 'Sesame2', result: 'Sesame2', why: 'added' }), value('host', { existing: 'db1', result: 'db1', why: 'equal' }),
    ];
    const [plan] = planDeployment(exampleInputs(), examplePackage(), [exampleSubject()]);
    ok(plan);
    const view = viewHostPlan({ inputs: inputsForHost(exampleInputs(), 'h1'), package: examplePackage(), plan, warnings: [], merged: { values, added: 0 }, referredBy: [] });
    deepEqual(view.application.values.map(({ existing, fresh, result, why }) => [existing, fresh, result, why]), [
      [mask, mask, mask, 'existingKept'], [mask, '', mask, 'existingKept'], [undefined, mask, mask, 'added'], ['db1', undefined, 'db1', 'equal'],
    ]);
    ok(!JSON.stringify(view).includes('Sesame'));
  });
});
