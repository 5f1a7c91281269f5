import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { canBeEdited, editOf, enterEdit, resetEdit } from '../../../../src/core/deployment/applicationEdits';
import { batchSizeOf, orderInputs } from '../../../../src/core/deployment/draftOrder';
import { inputsForHost } from '../../../../src/core/deployment/hostInputs';
import type { ApplicationEdit, ApplicationKey } from '../../../../src/core/deployment/model';
import { exampleInputs } from './examples';

const keys: readonly ApplicationKey[] = [{ part: 'field', section: '', key: 'port' }, { part: 'options', section: 'log', key: 'verbose' }, { part: 'connections', section: 'log', key: 'verbose' }];
const hosts = ['h1', 'h2'] as const;
const inForce = (edits: readonly ApplicationEdit[], key: ApplicationKey, hostId: string): string | undefined =>
  inputsForHost({ ...exampleInputs(), applicationEdits: edits }, hostId).applicationEdits?.findLast((edit) => edit.part === key.part && edit.section === key.section && edit.key === key.key)?.value;

describe('values of an application object that are entered in a plan', () => {
  it('hold for the host or the hosts they were entered for, whatever was entered before, and go when they are reset', () => {
    const step = fc.record({ key: fc.constantFrom(...keys), value: fc.constantFrom('a', 'b', ''), hostId: fc.constantFrom(undefined, ...hosts), reset: fc.boolean() });
    fc.assert(fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let edits: readonly ApplicationEdit[] = [];
      for (const { key, value, hostId, reset } of steps) {
        const others = keys.filter((other) => other !== key).map((other) => hosts.map((host) => inForce(edits, other, host)));
        if (reset) {
          const at = hostId ?? 'h1';
          const held = editOf(edits, key, at);
          edits = resetEdit(edits, key, at);
          equal(edits.includes(held as ApplicationEdit), false);
        } else {
          edits = enterEdit(edits, key, value, hostId);
          for (const host of hostId === undefined ? hosts : [hostId]) equal(inForce(edits, key, host), value);
        }
        for (const host of hosts) equal(editOf(edits, key, host)?.value, inForce(edits, key, host), 'what is shown is what is sent');
        deepEqual(keys.filter((other) => other !== key).map((other) => hosts.map((host) => inForce(edits, other, host))), others, 'nothing else is touched');
      }
    }));
  });

  it('are not those of the installation itself, nor secrets', () => {
    equal(canBeEdited({ part: 'field', section: '', key: 'version' }), false);
    equal(canBeEdited({ part: 'options', section: 'sip', key: 'proxy-password' }), false);
    equal(canBeEdited({ part: 'options', section: 'sip', key: 'threads' }), true);
  });
});

describe('the order of hosts as it was chosen', () => {
  it('is sent only where there are hosts to be ordered, and says nothing where nothing was chosen', () => {
    deepEqual(orderInputs({ order: { kind: 'canary' }, stopAfterFailures: 2 }, 1), {});
    deepEqual(orderInputs({ order: { kind: 'canary' }, stopAfterFailures: 2 }, 2), { order: { kind: 'canary' }, stopAfterFailures: 2 });
    deepEqual(orderInputs({ order: { kind: 'all' }, stopAfterFailures: 0 }, 2), { stopAfterFailures: 0 });
    deepEqual([batchSizeOf({ kind: 'all' }), batchSizeOf({ kind: 'batches', size: 7 })], [2, 7]);
  });
});
