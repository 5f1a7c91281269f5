import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeApd } from '../../../../../src/core/formats/apd/decode';
import type { ApdTemplate, ApdText } from '../../../../../src/core/formats/apd/model';
import { compareTemplates } from '../../../../../src/core/formats/templatePair/compare';
import { apdFromMetadata, metadataFromApd } from '../../../../../src/core/formats/templatePair/convert';
import { checkMetadataXml } from '../../../../../src/core/formats/metadataXml/rules';
import { parseXml } from '../../../../../src/core/formats/xml/parse';
import { describeLosses } from '../../../../../src/core/text/templateText';
import { goodApd, goodFile } from '../../../../support/formats/goodFiles';

const metadata = goodFile('Dialer_91.xml').text;

function makeApd(xml: string, name = 'Dialer_91') {
  const conversion = apdFromMetadata(parseXml(xml), name);
  assert.ok('made' in conversion, JSON.stringify(conversion));
  const { template, problems } = decodeApd(conversion.made);
  assert.ok(template);
  assert.deepEqual(problems, []);
  return { template, lost: conversion.lost };
}

function problemOf(xml: string): readonly [code: string, place: string] | undefined {
  const conversion = apdFromMetadata(parseXml(xml), 'x');
  return 'problem' in conversion ? [conversion.problem.code, xml.slice(conversion.problem.start, conversion.problem.end)] : undefined;
}

const text = (value: string): ApdText => ({ text: value, encoding: 'utf8' });

function template(sections: readonly (readonly [string, readonly (readonly [string, ApdText])[]])[]): ApdTemplate {
  const place = { start: 0, end: 0 };
  return {
    mark: 0x10000, reserved: 0, name: { value: text('x') }, applicationType: 23, version: { value: text('9.1.0') }, state: 1,
    sections: { pairs: sections.map(([key, options]) => ({ key: text(key), value: { pairs: options.map(([name, value]) => ({ key: text(name), value, ...place })) }, ...place })) },
  };
}

describe('an APD made from its XML', () => {
  it('has its type, version, sections and options, the blanks at the ends of defaults too', () => {
    const { template: made } = makeApd(metadata);
    assert.deepEqual([made.name.value.text, made.applicationType, made.version.value.text, made.state], ['Dialer_91', 23, '9.1.004.17', 1]);
    assert.deepEqual(compareTemplates(made, parseXml(metadata)), { xml: [], apd: [] });
  });

  it('is said to lack what an APD cannot say', () => {
    const { lost } = makeApd(metadata);
    assert.deepEqual(lost, { displayNames: 6, descriptions: 3, valueRules: 4, properties: 4, privileges: 2, installationSteps: 1 });
    assert.equal(describeLosses('en', lost), '6 display names, 3 descriptions, rules for the values of 4 options, 4 properties outside of the options, 2 privileges, 1 installation step');
    assert.match(describeLosses('fr', lost), /^6 noms affichés, 3 descriptions, les règles des valeurs de 4 options/);
  });

  it('keeps the first of options of one name and says how many it left out', () => {
    const { template: made, lost } = makeApd('<metaData><cfgApplication type="1" version="1.0"><configuration><options><section name="s"><parameter name="a"><format type="string" default="1"/></parameter><parameter name="a"><format type="string" default="2"/></parameter></section></options></configuration></cfgApplication></metaData>');
    assert.deepEqual(lost, { repeatedOptions: 1 });
    assert.equal(JSON.stringify(made.sections).includes('"text":"2"'), false);
  });

  it('is refused with the place where the XML is broken, another XML, or more than an APD can hold', () => {
    const options = (parameters: string) => `<metaData><cfgApplication type="1" version="1.0"><configuration><options><section name="s">${parameters}</section></options></configuration></cfgApplication></metaData>`;
    assert.equal(problemOf(metadata.replace('</section>', '</sectoin>'))?.[0].startsWith('xml.'), true);
    assert.deepEqual(problemOf('<project/>'), ['xml.wrong-root', 'project']);
    assert.deepEqual(problemOf(''), ['xml.no-root', '']);
    assert.deepEqual(problemOf('<metaData/>'), ['xml.missing-element', 'metaData']);
    assert.deepEqual(problemOf('<metaData><cfgApplication version="1.0"/></metaData>'), ['metadataXml.bad-type', 'cfgApplication']);
    assert.deepEqual(problemOf('<metaData><cfgApplication type="x" version="1.0"/></metaData>'), ['metadataXml.bad-type', 'x']);
    assert.deepEqual(problemOf(options(`<parameter name="small"><format type="string" default="1"/></parameter><parameter name="big"><format type="string" default="${'x'.repeat(65_536)}"/></parameter>`)), ['apd.too-long', 'big']);
  });
});

describe('an XML template made from its APD', () => {
  it('has nothing wrong and differs in nothing that an APD says', () => {
    const { template: apd } = decodeApd(goodApd());
    assert.ok(apd);
    const { made, lost } = metadataFromApd(apd, 'Dialer_91');
    assert.deepEqual(lost, {});
    const document = parseXml(made);
    assert.deepEqual(checkMetadataXml(document), []);
    assert.deepEqual(compareTemplates(apd, document), { xml: [], apd: [] });
  });

  it('comes back as the same APD, whatever texts it holds that XML can hold', () => {
    const character = fc.constantFrom('a', 'é', '\u{1F4DE}', '<', '>', '&', '"', "'", ' ', '\n', '\t', '\r', ']]>', '&lt;', '\ufeff');
    const words = fc.array(character, { maxLength: 4 }).map((pieces) => pieces.join(''));
    const options = fc.uniqueArray(fc.tuple(words, words.map(text)), { selector: ([name]) => name, minLength: 1, maxLength: 4 });
    fc.assert(fc.property(fc.uniqueArray(fc.tuple(words, options), { selector: ([name]) => name, maxLength: 4 }), (sections) => {
      const apd = template(sections);
      const { made, lost } = metadataFromApd(apd, 'x');
      assert.deepEqual(lost, {});
      const back = makeApd(made, 'x').template;
      assert.deepEqual(JSON.stringify(back.sections, withoutPlaces), JSON.stringify(apd.sections, withoutPlaces));
    }), { numRuns: 150 });
  });

  it('is said to lack what XML cannot hold', () => {
    const latin1: ApdText = { text: 'é', encoding: 'latin1' };
    const apd = template([['s', [['a', text('1')], ['a', text('2')], ['b', text('\u0001')], ['c', latin1]]], ['\u0000', [['d', text('')]]]]);
    const odd = { ...apd, state: 2, trailing: Uint8Array.of(1, 2), sections: { pairs: [...apd.sections.pairs, { key: text('t'), value: text('top'), start: 0, end: 0 }] } };
    const { made, lost } = metadataFromApd(odd, 'Other');
    assert.deepEqual(lost, { name: 1, state: 1, repeatedOptions: 1, noText: 1, otherEncoding: 1, notXml: 2, otherBytes: 2 });
    assert.deepEqual([...made.matchAll(/parameter name="(\w)"/g)].map(([, name]) => name), ['a', 'c']);
    assert.deepEqual(parseXml(made).problems, []);
  });
});

function withoutPlaces(key: string, value: unknown): unknown {
  return key === 'start' || key === 'end' ? undefined : value;
}
