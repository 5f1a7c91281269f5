import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encodeUtf8 } from '../../../../src/core/text/utf8';
import { readApdFiles, type FileRead } from '../../../../src/extension/pages/apd/apdView';
import { goodApd, goodFile } from '../../../support/formats/goodFiles';

const apd = goodApd();
const { text: metadata } = goodFile('Dialer_91.xml');
const content = (bytes: Uint8Array): FileRead => ({ kind: 'content', bytes });
const read = (apdFile: FileRead, xmlFile: FileRead) => readApdFiles({ apdName: 'Dialer_91.apd', xmlName: 'Dialer_91.xml', apd: apdFile, xml: xmlFile }, 'en', 1);

describe('what the page of an application template is made of', () => {
  it('is something to show whatever the two files hold', () => {
    const changes = fc.array(fc.tuple(fc.nat(apd.length - 1), fc.nat(255)), { maxLength: 4 });
    fc.assert(fc.property(changes, fc.nat(apd.length), fc.nat(metadata.length), fc.constantFrom('', '<', '"', '</section>', '&', ']]>'), (bytes, end, at, added) => {
      const changed = Uint8Array.from(apd);
      for (const [place, value] of bytes) changed[place] = value;
      const reading = read(content(changed.subarray(0, end)), content(encodeUtf8(metadata.slice(0, at) + added + metadata.slice(at + 1))));
      reading.describe('dialing', 'order');
      reading.placeInXml('dialing', 'order');
      if (reading.view.kind === 'unreadable') assert.notEqual(reading.view.reason, '');
      // A file that could not be read as a whole is never called equal or different.
      else if (reading.view.damage !== undefined) assert.notEqual(reading.view.xml?.kind, 'compared');
    }), { numRuns: 120 });
  });

  it('says why a file is not there, too long or not to be read', () => {
    assert.deepEqual(read({ kind: 'failed', reason: 'EACCES' }, { kind: 'missing' }).view, { kind: 'unreadable', file: 'Dialer_91.apd', reason: 'The file cannot be read: EACCES', problems: [] });
    const { view } = read(content(apd), { kind: 'failed', reason: 'EACCES' });
    assert.deepEqual(view.kind === 'template' && view.xml, { kind: 'notCompared', file: 'Dialer_91.xml', reason: 'The file cannot be read: EACCES' });
  });

  it('describes options from an XML that is not well-formed, but compares with none such', () => {
    const { view, describe: describeOption } = read(content(apd), content(encodeUtf8(metadata.replace('</metaData>', ''))));
    assert.equal(view.kind === 'template' && view.xml?.kind, 'notCompared');
    assert.deepEqual(describeOption('dialing', 'order')?.values, ['One of: oldest, newest.']);
    assert.equal(describeOption('dialing', 'nothing'), undefined);
  });
});
