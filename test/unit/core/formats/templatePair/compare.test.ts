import assert from 'node:assert/strict';
import { decodeApd } from '../../../../../src/core/formats/apd/decode';
import { compareTemplates } from '../../../../../src/core/formats/templatePair/compare';
import { parseXml } from '../../../../../src/core/formats/xml/parse';
import { goodApd, goodFile } from '../../../../support/formats/goodFiles';

const xml = goodFile('Dialer_91.xml').text;
const options = { log: { verbose: 'standard' }, dialing: { '<media-type>.lines': '10', prefix: '00', order: 'oldest', days: 'mon, tue', subject: 'Re: ' } };

/** Problems as `severity code@what it covers`, of both files. */
function differences(text: string, bytes: Uint8Array): { xml: string[]; apd: string[] } {
  const { template } = decodeApd(bytes);
  assert.ok(template);
  const found = compareTemplates(template, parseXml(text));
  return {
    xml: found.xml.map(({ severity, code, start, end }) => `${severity} ${code}@${text.slice(start, end)}`),
    apd: found.apd.map(({ severity, code, start, end }) => `${severity} ${code}@${Buffer.from(bytes.subarray(start, end)).toString('latin1').replaceAll(/[^ -~]+/g, '·')}`),
  };
}

describe('compareTemplates', () => {
  it('says nothing of a pair that agrees, in whatever order', () => {
    assert.deepEqual(differences(xml, goodApd()), { xml: [], apd: [] });
  });

  it('names an option that only one of the two has, where it stands', () => {
    const { subject: _, ...dialing } = options.dialing;
    assert.deepEqual(differences(xml, goodApd({ ...options, dialing, log: { ...options.log, colour: 'red' } })), {
      xml: ['warning templatePair.not-in-apd@subject'], apd: ['warning templatePair.not-in-xml@·colour·red'],
    });
  });

  it('names a default that differs, on both files', () => {
    assert.deepEqual(differences(xml, goodApd({ ...options, log: { verbose: 'all' } })), {
      xml: ['warning templatePair.default-differs@standard'], apd: ['warning templatePair.default-differs@·verbose·all'],
    });
  });

  it('takes a lost blank at the end of a default for no more than a hint', () => {
    assert.deepEqual(differences(xml, goodApd({ ...options, dialing: { ...options.dialing, subject: 'Re:' } })), {
      xml: ['hint templatePair.default-blank@Re: '], apd: ['hint templatePair.default-blank@·subject·Re:'],
    });
  });

  it('names another type, and a version of another line', () => {
    assert.deepEqual(differences(xml, goodApd(options, '9.2', 24)).xml, ['warning templatePair.type-differs@23', 'warning templatePair.version-differs@9.1.004.17']);
    assert.equal(differences(xml, goodApd(options, '9.2', 24)).apd.length, 2);
    assert.deepEqual(differences(xml, goodApd(options, '9.1.004.17')).xml, []);
  });

  it('has nothing to say of an XML file of another kind', () => {
    assert.deepEqual(differences('<metaData/>', goodApd()), { xml: [], apd: [] });
  });
});
