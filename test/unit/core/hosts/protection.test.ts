import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { confirmationOf, isConfirmed, isPhrase, protectingTags, withOwnProtection, wordsToConfirm } from '../../../../src/core/hosts/protection';
import { orderTags, printTags, readTags } from '../../../../src/core/hosts/tags';

const host = (name: string, ...protectedBy: readonly string[]) => ({ name, tags: protectedBy, protectedBy });

describe('tags of hosts', () => {
  it('are read from one line, without repeats in any case, in the order of their letters', () => {
    deepEqual(readTags(' Production, emea;x\tlab,production '), ['emea;x', 'lab', 'Production']);
    deepEqual(readTags(' , '), []);
  });

  it('stay as they are on the way into a line and back', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-zA-Zé:._-]{1,12}$/), { maxLength: 8 }), (tags) => {
      deepEqual(readTags(printTags(orderTags(tags))), orderTags(tags));
    }));
  });
});

describe('a protected host', () => {
  it('is one with a protected tag in whatever case; a person’s own setting adds protection and takes none away', () => {
    deepEqual(protectingTags(['emea', 'Production'], ['production', 'core']), ['Production']);
    const lab = { ...host('a'), tags: ['lab', 'production'], protectedBy: ['production'] };
    deepEqual(withOwnProtection(lab, ['LAB']).protectedBy, ['lab', 'production']);
    deepEqual(withOwnProtection(lab, []).protectedBy, ['production']);
  });

  it('wants its name typed; several want the tags that protect them, each counted under its first one', () => {
    deepEqual(wordsToConfirm([host('a'), host('b')]), []);
    deepEqual(wordsToConfirm([host('a'), host('eu-sip-04', 'production')]), ['eu-sip-04']);
    deepEqual(wordsToConfirm([host('a', 'production'), host('b', 'production'), host('c')]), ['production']);
    deepEqual(wordsToConfirm([host('a', 'core', 'production'), host('b', 'production'), host('c', 'Production')]), ['core', 'Production']);
  });

  it('is confirmed by exactly these words, whatever blanks stand around them', () => {
    equal(isPhrase('  core   production ', ['core', 'production']), true);
    for (const typed of ['', 'core', 'production core', 'Core production', 'coreproduction']) equal(isPhrase(typed, ['core', 'production']), false, typed);
  });

  it('may be deployed to with the words, or with the name of every one; with less it may not', () => {
    const hosts = [host('a', 'production'), host('b', 'production'), host('c')];
    equal(isConfirmed(hosts, []), false);
    equal(isConfirmed(hosts, ['a']), false);
    equal(isConfirmed(hosts, ['c']), false);
    equal(isConfirmed(hosts, ['production']), true);
    equal(isConfirmed(hosts, ['a', 'B']), true);
    equal(isConfirmed([host('a', 'production')], ['production']), false, 'one host is confirmed by its name');
    equal(isConfirmed([host('c')], []), true);
  });

  it('is confirmed for the service by whatever a client has asked for that protects more than the repository', () => {
    const tag = fc.constantFrom('production', 'core', 'lab');
    const hosts = fc.uniqueArray(fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), tags: fc.uniqueArray(tag, { maxLength: 3 }) }), { selector: ({ name }) => name });
    fc.assert(fc.property(hosts, fc.array(tag), fc.array(tag), (all, ofRepository, own) => {
      const known = all.map((one) => ({ ...one, protectedBy: protectingTags(one.tags, ofRepository) }));
      equal(isConfirmed(known, confirmationOf(known.map((one) => withOwnProtection(one, own)))), true);
    }));
  });
});
