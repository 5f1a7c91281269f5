import assert from 'node:assert/strict';
import { checksumList, parseChecksumFailures } from '../../../../src/core/deployment/checksums';

const hash = 'a'.repeat(64);

describe('the list of checksums', () => {
  it('has one line a file, odd names escaped as GNU sha256sum reads them', () => {
    const paths = ['ip/a b', "it's *", '-n', 'back\\slash', 'two\nlines', 'é'];
    assert.deepEqual(checksumList(paths.map((path) => ({ path, sha256: hash }))).split('\n'), [
      `${hash}  ip/a b`, `${hash}  it's *`, `${hash}  -n`, `\\${hash}  back\\\\slash`, `\\${hash}  two\\nlines`, `${hash}  é`, '',
    ]);
  });

  it('leaves out what has no content', () => {
    assert.equal(checksumList([{ path: 'folder' }]), '');
  });

  it('reads back the names of those that failed', () => {
    const output = 'ip/a b: FAILED\n\\two\\nlines: FAILED open or read\n\\back\\\\slash: FAILED\nodd: OK\nodd: FAILED\n';
    assert.deepEqual(parseChecksumFailures(output), ['ip/a b', 'two\nlines', 'back\\slash', 'odd']);
  });
});
