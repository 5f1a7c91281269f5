import assert from 'node:assert/strict';
import { decodeApd } from '../../../../../src/core/formats/apd/decode';
import { compareTemplates } from '../../../../../src/core/formats/templatePair/compare';
import { templatePairMessages } from '../../../../../src/core/formats/templatePair/messages';
import { parseXml } from '../../../../../src/core/formats/xml/parse';
import { describeRuleCases } from '../../../../support/formats/describeRules';
import { goodApd, goodFile } from '../../../../support/formats/goodFiles';

const good = goodFile('Dialer_91.xml').text;
const comparedWith = (bytes: Uint8Array) => (text: string) => {
  const { template } = decodeApd(bytes);
  assert.ok(template);
  return compareTemplates(template, parseXml(text));
};
const apd = goodApd();
/** Where a text stands in the good APD. */
const placeInApd = (text: string) => Buffer.from(apd).toString('latin1').indexOf(text);
const ofApd = ['templatePair.not-in-xml'];

describeRuleCases({
  format: 'templatePair, on the XML',
  good,
  diagnose: (text) => comparedWith(apd)(text).xml,
  codes: Object.keys(templatePairMessages.en).filter((code) => !ofApd.includes(code)),
  breaks: [
    ['templatePair.not-in-apd', '<section name="log">', '<section name="log"><parameter name="⟦colour⟧"/>'],
    ['templatePair.not-in-apd', '<section name="log">', '<section name="more"><parameter name="⟦verbose⟧"/></section><section name="log">'],
    ['templatePair.default-differs', 'default="standard"', 'default="⟦all⟧"'],
    ['templatePair.default-blank', 'default="standard"', 'default="⟦standard ⟧"'],
    ['templatePair.type-differs', 'type="23"', 'type="⟦24⟧"'],
    ['templatePair.version-differs', ' version="9.1.004.17"', ' version="⟦9.2.004.17⟧"'],
  ],
  nearMisses: [
    ['templatePair.not-in-apd', '<section name="log">', '<section name="log"><!-- <parameter name="colour"/> -->'],
    ['templatePair.default-differs', ' default="standard"', ''],
    ['templatePair.default-blank', 'default="Re: "', "default='Re: '"],
    ['templatePair.type-differs', 'type="23"', 'type="023"'],
    ['templatePair.version-differs', ' version="9.1.004.17"', ' version="9.1.044.17"'],
  ],
});

describe('the rules of templatePair, on the APD', () => {
  const codes = Object.keys(templatePairMessages.en).filter((code) => code !== 'templatePair.not-in-apd');
  const breaks = [
    ['templatePair.not-in-xml', good.replace(/<parameter name="subject".*/, ''), placeInApd('subject') - 3, placeInApd('Re: ') + 4],
    ['templatePair.default-differs', good.replace('default="standard"', 'default="all"'), placeInApd('verbose') - 3, placeInApd('standard') + 8],
    ['templatePair.default-blank', good.replace('"Re: "', '"Re:"'), placeInApd('subject') - 3, placeInApd('Re: ') + 4],
    ['templatePair.type-differs', good.replace('type="23"', 'type="24"'), 0x88, 0x8c],
    ['templatePair.version-differs', good.replace(' version="9.1.004.17"', ' version="8.1"'), 0x8c, 0x10c],
  ] as const;
  for (const [code, text, start, end] of breaks) {
    it(`report ${code} at its bytes`, () => assert.deepEqual(comparedWith(apd)(text).apd.map((problem) => [problem.code, problem.start, problem.end]), [[code, start, end]]));
  }

  it('stay silent about templatePair.not-in-xml for an option whose name the XML writes with entities', () => {
    assert.deepEqual(comparedWith(apd)(good.replace('name="subject"', 'name="sub&#106;ect"')).apd, []);
  });

  it('each have such a case', () => assert.deepEqual(breaks.map(([code]) => code), codes.sort((a, b) => breaks.findIndex(([one]) => one === a) - breaks.findIndex(([one]) => one === b))));
});
