import { deepEqual } from 'node:assert/strict';
import { readConnectionChecks, type ContactEnd } from '../../../../src/core/hosts/contact';

const checks = (end: Partial<ContactEnd>): readonly string[] => Object.values(readConnectionChecks({ state: undefined, failed: false, hasSystem: false, ...end }));

describe('how far the last contact with a host came', () => {
  it('is open before the first one', () => deepEqual(checks({}), ['open', 'open', 'open', 'open']));

  it('ends at the check that failed; those after it were not come to', () => {
    deepEqual(checks({ state: 'unreachable', failed: true }), ['failed', 'open', 'open', 'open']);
    deepEqual(checks({ state: 'key-unknown', failed: true }), ['passed', 'failed', 'open', 'open']);
    deepEqual(checks({ state: 'key-changed', failed: true, hasSystem: true }), ['passed', 'failed', 'open', 'open']);
    deepEqual(checks({ state: 'login-refused', failed: true }), ['passed', 'passed', 'failed', 'open']);
  });

  it('tells a host that was signed in to but is none to deploy to', () => {
    deepEqual(checks({ state: 'reachable', failed: true, hasSystem: true }), ['passed', 'passed', 'passed', 'failed']);
    deepEqual(checks({ state: 'reachable', hasSystem: true }), ['passed', 'passed', 'passed', 'passed']);
    deepEqual(checks({ state: 'reachable' }), ['passed', 'passed', 'passed', 'open']);
  });
});
