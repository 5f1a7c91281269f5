import assert from 'node:assert/strict';
import { describeError, ProductError } from '../../../../src/core/errors';
import { describeProblem } from '../../../../src/core/formats/describeProblem';

describe('describeProblem', () => {
  it('puts the arguments into the sentence of the reader’s language', () => {
    const problem = { code: 'ipDescription.bad-version', args: { name: 'Version', value: 'nine' } };
    assert.match(describeProblem('en', problem), /^Version nine is no version/);
    assert.match(describeProblem('fr', problem), /^Version nine n’est pas une version/);
  });

  it('keeps the code of a problem it does not know', () => {
    assert.equal(describeProblem('en', { code: 'later.rule', args: {} }), 'later.rule');
  });

  it('gives the reason of an error in the reader’s language', () => {
    const args = { file: 'a.zip', entry: 'ip/ip_description.xml', line: 3, column: 7, problem: 'ipDescription.bad-version', name: 'Version', value: 'nine', reason: 'Version nine is no version' };
    const error = new ProductError('import/description-unreadable', args);
    assert.match(describeError('en', error), /line 3, column 7: Version nine is no version: dotted numbers are needed/);
    assert.match(describeError('fr', error), /ligne 3, colonne 7\u00a0: Version nine n’est pas une version/);
    assert.doesNotMatch(describeError('fr', error), /is no version/);
  });
});
