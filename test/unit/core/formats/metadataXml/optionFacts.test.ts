import assert from 'node:assert/strict';
import { findOptionFacts } from '../../../../../src/core/formats/metadataXml/optionFacts';
import { parseXml } from '../../../../../src/core/formats/xml/parse';
import { goodFile } from '../../../../support/formats/goodFiles';

const { text } = goodFile('Dialer_91.xml');
const document = parseXml(text);

describe('what a metadata template says of an option', () => {
  it('is its description, when it takes effect, its rules, and its place', () => {
    const facts = findOptionFacts(document, 'dialing', '<media-type>.lines', 'en');
    assert.deepEqual(facts, {
      displayName: 'Lines - For A Media', description: 'How many lines:\n• more is faster', takesEffect: 'At the next start.', validValues: 'Any number above zero',
      rules: ['Integer from 1 to 500.', 'A value is needed.'], start: text.indexOf('<parameter name="&lt;media-type'),
    });
    assert.deepEqual(findOptionFacts(document, 'dialing', 'days', 'fr')?.rules, ['Des valeurs parmi : mon, tue, wed.'.replace(' :', '\u00a0:')]);
    assert.deepEqual(findOptionFacts(document, 'dialing', 'prefix', 'en')?.rules, ['Matches ^[0-9#*]*$']);
    assert.deepEqual(findOptionFacts(document, 'log', 'verbose', 'en')?.rules, []);
  });

  it('is nothing for an option, section or file that is not there', () => {
    for (const [section, option] of [['dialing', 'verbose'], ['no', 'verbose']] as const) assert.equal(findOptionFacts(document, section, option, 'en'), undefined);
    assert.equal(findOptionFacts(parseXml('<a><b'), 's', 'o', 'en'), undefined);
  });

  it('is text, never markup: the HTML of descriptions becomes lines', () => {
    const described = (content: string) => findOptionFacts(parseXml(`<metaData><cfgApplication><configuration><options><section name="s"><parameter name="o"><description>${content}</description></parameter></section></options></configuration></cfgApplication></metaData>`), 's', 'o', 'en')?.description;
    assert.equal(described('<![CDATA[One\n   sentence.<br/>Another <b class="x">bold</b> &lt;media-type&gt;&nbsp;x <media-type> 1 < 2.<p>End</p>]]>'), 'One sentence.\nAnother bold <media-type> x <media-type> 1 < 2.\nEnd');
    assert.equal(described('a <tt>b</tt><ul><li>c</li><li>d</li></ul>'), 'a b\n• c\n• d');
    assert.equal(described('&lt;img src=x&gt;'), '<img src=x>');
  });
});
