import { deepEqual } from 'node:assert/strict';
import { createNameFilter } from '../../../../src/core/packages/list/filter';
import { groupIndexOf } from '../../../../src/core/packages/list/groupIndex';
import { samplePackage } from '../../extension/sampleLists';

describe('the index of a list by group', () => {
  const names = ['Media Control Platform', 'Média Serveur', 'Local Control Agent', 'Stat Server', 'IVR'];
  const packages = Array.from({ length: 60 }, (_, n) => samplePackage({
    id: `p${n}`, name: names[n % names.length] ?? '', nickname: n % 7 === 0 ? 'MCP' : '', group: ['', 'Framework', 'Média'][n % 3] ?? '',
  }));

  for (const text of ['', 'media', 'CONTROL', 'mcp', 'mé', ' stat ', 'no such']) {
    it(`finds what the quick filter finds of “${text}”, in every group`, () => {
      const matches = createNameFilter(text);
      const index = groupIndexOf(packages);
      const counts = index.counts(text);
      for (const group of ['', 'Framework', 'Média', 'Unknown']) {
        const expected = packages.filter((item) => item.group === group && matches(item));
        deepEqual(index.matching(group, text), expected);
        deepEqual(counts.get(group), expected.length === 0 ? undefined : expected.length);
      }
    });
  }

  it('knows names that came with a list made later', () => {
    groupIndexOf(packages).counts('brand');
    const later = [samplePackage({ id: 'later', name: 'Brand New', group: 'Framework' })];
    deepEqual([...groupIndexOf(later).counts('brand')], [['Framework', 1]]);
    deepEqual([...groupIndexOf(packages).counts('brand')], []);
  });
});
