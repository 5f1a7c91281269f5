import assert from 'node:assert/strict';
import { compareVersions } from '../../../../src/core/packages/version';

describe('compareVersions', () => {
  it('orders parts as numbers, so that 8.5.9 comes before 8.5.10', () => {
    assert.deepEqual(['8.5.10', '8.5.9', '10.0', '8.5.9.1'].sort(compareVersions), ['8.5.9', '8.5.9.1', '8.5.10', '10.0']);
  });
  it('gives equal numbers with different spelling a fixed order', () => {
    assert.ok(compareVersions('9.0.046', '9.0.46') !== 0);
    assert.equal(Math.sign(compareVersions('9.0.046', '9.0.46')), -Math.sign(compareVersions('9.0.46', '9.0.046')));
  });
});
