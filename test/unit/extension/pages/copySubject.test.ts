import { deepEqual, equal, notDeepEqual, ok } from 'node:assert/strict';
import * as v from 'valibot';
import { copyItemsOf, copySubject, singleItem } from '../../../../src/extension/pages/copyToTenants/copySubject';
import { pageSubject } from '../../../../src/protocol/page/page';

const held = (id: string, tenantId = 'environment') => ({ id, tenantId });

describe('the page that copies packages', () => {
  it('is one for a set of packages, whatever the order they were selected in', () => {
    const subject = copySubject(copyItemsOf([held('b'), held('a'), held('c')]));
    deepEqual(copySubject(copyItemsOf([held('c'), held('b'), held('a')])), subject);
    notDeepEqual(copySubject(copyItemsOf([held('a'), held('b')])), subject);
    notDeepEqual(copySubject(copyItemsOf([held('a'), held('b'), held('c', 'emea')])), subject);
    ok(v.is(pageSubject, subject));
    equal(singleItem(subject), undefined);
  });

  it('names a single package, also when two of its tenants were selected: as the first has it', () => {
    const items = copyItemsOf([held('a', 'emea'), held('a')]);
    deepEqual(items, [held('a', 'emea')]);
    deepEqual(singleItem(copySubject(items)), items);
  });
});
