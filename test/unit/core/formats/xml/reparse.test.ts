import assert from 'node:assert/strict';
import { parseXml } from '../../../../../src/core/formats/xml/parse';
import { reparseXml } from '../../../../../src/core/formats/xml/reparse';
import { analyze } from '../../../../../src/core/language/analyze';
import { diagnoseText } from '../../../../../src/core/language/diagnose';
import { goodFile } from '../../../../support/formats/goodFiles';
import { createRandom } from '../../../../support/random';

const metadata = goodFile('Dialer_91.xml').text;
const pieces = [
  'x', ' ', '"', "'", '<', '>', '/>', '</', '<a', '<a>', '</a>', '<format', '</parameter>', '<parameter name="x">', ' x="1"', '=', '&', '&amp;', '<!--', '-->', '<![CDATA[', ']]>', '<!DOCTYPE', '?>',
  '\n', '\u0001', '\ud83d', 'true', '5',
];

/** Whether trees and their problems are the same; of the parent of a child, where it begins. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const parts = Object.entries(one);
  return parts.length === Object.keys(other).length && parts.every(([key, part]) => {
    const match = (other as Readonly<Record<string, unknown>>)[key];
    return key === 'parent' ? startOf(part) === startOf(match) : isSame(part, match);
  });
}

function startOf(element: unknown): number | undefined {
  return (element as { readonly start: number } | undefined)?.start;
}

describe('reparseXml', () => {
  it('gives what reading all of the text gives, edit after edit', () => {
    const random = createRandom(11);
    const pick = (limit: number) => Math.floor(random(limit));
    let partly = 0;
    for (let round = 0; round < 20; round++) {
      let document = parseXml(metadata);
      for (let i = 0; i < 15; i++) {
        const start = pick(document.text.length);
        const edit = { start, end: Math.min(document.text.length, start + (pick(2) === 0 ? 0 : pick(12))), text: pick(4) === 0 ? '' : pieces[pick(pieces.length)] ?? '' };
        const text = document.text.slice(0, edit.start) + edit.text + document.text.slice(edit.end);
        const whole = parseXml(text);
        const part = reparseXml(document, edit);
        if (part) partly++;
        if (part) assert.ok(isSame(part, whole), `${JSON.stringify(edit)} in ${document.text}`);
        // Damage that stays would soon leave nothing to read in part.
        document = part && pick(4) > 0 ? part : whole.problems.length > 3 ? parseXml(metadata) : whole;
      }
    }
    assert.ok(partly > 100, `${partly} of 300 were read in part`);
  });

  it('keeps the elements outside of the edit, and makes those around it new', () => {
    const before = parseXml('<a><b>1</b><c><d/>2</c><e/></a>');
    const [b, c, e] = before.root?.children ?? [];
    const after = reparseXml(before, { start: 18, end: 19, text: 'two' });
    assert.ok(after?.root);
    const { root } = after;
    assert.deepEqual(root.children.map((child, i) => child === [b, c, e][i]), [true, false, true]);
    assert.ok(root !== before.root);
    assert.ok(root.children.every((child) => child.type === 'element' && child.parent === root));
  });

  for (const [what, text, at, insert] of [
    ['in the name of a start tag', '<a><b></b></a>', 5, 'x'],
    ['in an end tag', '<a></a>', 6, 'x'],
    ['in a second root', '<a></a><b></b>', 10, 'x'],
    ['outside of the root', '<a></a> ', 8, 'x'],
    ['that opens a comment', '<a><b>x</b> <!-- c --></a>', 7, '<!--'],
    ['that closes what stands around', '<a><a>x</a></a>', 7, '</a>'],
    ['that adds the quote which a value before it lacks', '<r><a x="1>\n</a><b>y</b></r>', 20, '"'],
  ] as const) {
    it(`reads all for an edit ${what}`, () => assert.equal(reparseXml(parseXml(text), { start: at, end: at, text: insert }), undefined));
  }
});

describe('an analysis after edits', () => {
  for (const format of ['metadataXml', 'spd', 'ipDescription'] as const) {
    it(`finds in ${format} what reading all anew finds`, () => {
      const original = goodFile({ metadataXml: 'Dialer_91.xml', spd: 'stat.spd', ipDescription: 'linux.ip_description.xml' }[format]).text;
      const random = createRandom(5);
      const values = [...original.matchAll(/"[^"<>]*"/g)].map(({ index, 0: found }) => ({ start: index + 1, end: index + found.length - 1 }));
      for (let round = 0; round < 12; round++) {
        let analysis = analyze(format, original);
        assert.deepEqual(analysis.problems, []);
        const { start, end } = values[Math.floor(random(values.length))] ?? { start: 0, end: 0 };
        const written = original.slice(start, end);
        let length = end - start;
        for (const text of ['', 'zzzz', 'true', written]) {
          analysis = analysis.edited({ start, end: start + length, text });
          length = text.length;
          assert.deepEqual(analysis.problems, diagnoseText(format, analysis.text));
        }
        assert.equal(analysis.text, original);
      }
    });
  }
});
