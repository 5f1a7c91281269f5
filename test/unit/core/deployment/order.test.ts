import assert from 'node:assert/strict';
import { parseOrder, printOrder } from '../../../../src/core/deployment/order';

describe('the order of hosts, as it is written', () => {
  it('is read and written the same', () => {
    for (const text of ['all', 'canary', 'batches:1', 'batches:20', 'batches:5000']) {
      const order = parseOrder(text);
      assert.equal(order && printOrder(order), text);
    }
  });

  it('is nothing else', () => {
    for (const text of ['', 'All', 'batches', 'batches:', 'batches:0', 'batches:5001', 'batches:2.5', 'batches:-1', 'rolling']) assert.equal(parseOrder(text), undefined, text);
  });
});
