import assert from 'node:assert/strict';
import { createImportRates, type RatedImport } from '../../../../src/core/packages/importRates';

const running = (done: number, step: RatedImport['record']['step'] = 'store'): readonly RatedImport[] => [{ record: { id: 'a', state: 'running', step, bytes: { done, total: 1000 } } }];

describe('the rate of an import', () => {
  it('is what was read in the last seconds, once there are some', () => {
    const rates = createImportRates();
    rates.take(running(0), 0);
    rates.take(running(50), 500);
    assert.equal(rates.of('a'), undefined);
    rates.take(running(200), 1000);
    assert.equal(rates.of('a'), 200);
    for (let second = 2; second <= 20; second++) rates.take(running(200 + second), second * 1000);
    assert.equal(rates.of('a'), 1, 'what was before says little of what comes');
  });

  it('begins anew with each step, and with nothing known when nothing moves', () => {
    const rates = createImportRates();
    rates.take(running(0, 'entries'), 0);
    rates.take(running(900, 'entries'), 2000);
    rates.take(running(10), 2200);
    assert.equal(rates.of('a'), undefined);
    rates.take(running(10), 4000);
    assert.equal(rates.of('a'), undefined);
  });

  it('is forgotten with the end of the import', () => {
    const rates = createImportRates();
    rates.take(running(0), 0);
    rates.take(running(900), 2000);
    assert.equal(rates.of('a'), 450);
    rates.take([{ record: { id: 'a', state: 'complete', step: 'register' } }], 3000);
    assert.equal(rates.of('a'), undefined);
  });
});
