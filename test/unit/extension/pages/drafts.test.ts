import assert from 'node:assert/strict';
import * as v from 'valibot';
import { createDraftStore } from '../../../../src/extension/pages/drafts';
import { createMemento } from '../memento';

const schema = v.strictObject({ words: v.string() });

describe('drafts of wizards', () => {
  it('a draft is kept for its wizard and subject alone, with the time of its last change', async () => {
    const memento = createMemento();
    let now = new Date('2026-11-22T10:00:00Z');
    const imports = createDraftStore(memento, 'importWizard', schema, () => now);
    const deployments = createDraftStore(memento, 'deployWizard', schema, () => now);
    await imports.write({}, { words: 'a' });
    now = new Date('2026-11-22T10:05:00Z');
    await imports.write({}, { words: 'b' });
    await deployments.write({ id: 'p1', tenantId: 't1' }, { words: 'c' });
    assert.deepEqual(imports.read({}), { draft: { words: 'b' }, savedAt: now });
    assert.equal(imports.read({ id: 'p1', tenantId: 't1' }), undefined);
    assert.equal(deployments.read({ id: 'p1', tenantId: 't2' }), undefined);
    assert.deepEqual(createDraftStore(memento, 'deployWizard', schema).read({ id: 'p1', tenantId: 't1' })?.draft, { words: 'c' });
  });

  it('is gone when it is forgotten, and another is not', async () => {
    const store = createDraftStore(createMemento(), 'deployWizard', schema);
    await store.write({ id: 'p1' }, { words: 'a' });
    await store.write({ id: 'p2' }, { words: 'b' });
    await store.forget({ id: 'p1' });
    assert.deepEqual([store.read({ id: 'p1' }), store.read({ id: 'p2' })?.draft], [undefined, { words: 'b' }]);
  });

  for (const [what, value] of Object.entries({
    'another shape': { savedAt: '2026-11-22T10:00:00.000Z', draft: { words: 1 } },
    'a key too many': { savedAt: '2026-11-22T10:00:00.000Z', draft: { words: '', more: 1 } },
    'no time': { draft: { words: 'a' } },
    'no object': 'a',
  })) {
    it(`what is kept in another shape (${what}) is no draft`, async () => {
      const memento = createMemento();
      const store = createDraftStore(memento, 'importWizard', schema);
      await store.write({}, { words: 'a' });
      const [key] = memento.keys();
      await memento.update(key ?? '', value);
      assert.equal(store.read({}), undefined);
    });
  }

  it('the longest untouched drafts go when there are too many, those of other wizards stay', async () => {
    const memento = createMemento();
    let minute = 0;
    const now = () => new Date(Date.UTC(2026, 10, 22, 0, minute++));
    const other = createDraftStore(memento, 'importWizard', schema, now);
    await other.write({}, { words: 'import' });
    const store = createDraftStore(memento, 'deployWizard', schema, now);
    for (let i = 1; i <= 30; i++) await store.write({ id: `p${i}` }, { words: String(i) });
    await store.write({ id: 'p1' }, { words: 'again' });
    await store.write({ id: 'p31' }, { words: '31' });
    assert.deepEqual(store.read({ id: 'p1' })?.draft, { words: 'again' });
    assert.equal(store.read({ id: 'p2' }), undefined);
    assert.deepEqual(store.read({ id: 'p3' })?.draft, { words: '3' });
    assert.deepEqual(other.read({})?.draft, { words: 'import' });
  });
});
