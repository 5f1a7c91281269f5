import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { parseXml } from '../../../../../src/core/formats/xml/parse';
import { attribute, childElement, childElements, textOf, type XmlDocument, type XmlElement, type XmlNode } from '../../../../../src/core/formats/xml/tree';

/** Problems as `code@text they cover`. */
function problemsOf(text: string): string[] {
  return parseXml(text).problems.map((problem) => `${problem.code}@${text.slice(problem.start, problem.end)}`);
}

/** Fails unless the nodes of every element, and of the document, lie side by side without gap or overlap. */
function assertTiled(document: XmlDocument): void {
  const open: { nodes: readonly XmlNode[]; start: number; end: number }[] = [{ nodes: document.children, start: 0, end: document.text.length }];
  for (let area = open.pop(); area; area = open.pop()) {
    let position = area.start;
    for (const node of area.nodes) {
      assert.equal(node.start, position);
      assert.ok(node.end > node.start);
      position = node.end;
      if (node.type === 'element' && !node.selfClosing) open.push({ nodes: node.children, start: node.openEnd, end: node.closeStart ?? node.end });
    }
    assert.equal(position, area.end);
  }
}

describe('parseXml', () => {
  it('reads elements, attributes, text, CDATA, comments and instructions with their exact places', () => {
    const text = '\ufeff<?xml version="1.0"?>\r\n<!-- c --><a:r x = "1 &lt; 2" y=\'"\'><b/>t&#65;&#x42;<![CDATA[<&]]></a:r>\n';
    const document = parseXml(text);
    assert.deepEqual(document.problems, []);
    assertTiled(document);
    const root = document.root as XmlElement;
    assert.equal(root.name, 'a:r');
    assert.equal(attribute(root, 'x')?.value, '1 < 2');
    const y = attribute(root, 'y');
    assert.equal(y && text.slice(y.valueStart, y.valueEnd), '"');
    assert.equal(textOf(root), 'tAB<&');
    assert.equal(text.slice(root.closeStart, root.end), '</a:r>');
    assert.equal(childElement(root, 'b')?.selfClosing, true);
    assert.equal(childElements(document, 'r').length, 1);
  });

  for (const [text, ...expected] of [
    ['', 'xml.no-root@'],
    ['words', 'xml.no-root@w', 'xml.text-outside-root@words'],
    ['<a/><b/>', 'xml.several-roots@b'],
    ['<a></a>tail', 'xml.text-outside-root@tail'],
    ['<a><b></a>', 'xml.unclosed-element@b'],
    ['<a></b></a>', 'xml.unexpected-end-tag@</b>'],
    ['<a><name></nmae></a>', 'xml.end-tag-mismatch@nmae'],
    ['<a><os:list></list></a>', 'xml.wrong-prefix@list'],
    ['<a></other></a>', 'xml.unexpected-end-tag@</other>'],
    ['<a></></a>', 'xml.unexpected-end-tag@</>'],
    ['<a><b x="1"<c/></b></a>', 'xml.unclosed-tag@b'],
    ['<a></a', 'xml.unclosed-tag@</a'],
    ['<a><!-- x</a>', 'xml.unclosed-comment@<!--'],
    ['<a><!-- x -- y --></a>', 'xml.double-hyphen@--'],
    ['<a><![CDATA[ x</a>', 'xml.unclosed-cdata@<![CDATA['],
    ['<a><?x </a>', 'xml.unclosed-instruction@<?'],
    ['<a>1 < 2</a>', 'xml.bare-less-than@<'],
    ['<a>1 & 2</a>', 'xml.bare-ampersand@&'],
    ['<a>&nbsp;&#0;</a>', 'xml.unknown-entity@&nbsp;', 'xml.unknown-entity@&#0;'],
    ['<a>]]></a>', 'xml.cdata-end-in-text@]]>'],
    ['<a>\u0001</a>', 'xml.control-character@\u0001'],
    ['<a x/>', 'xml.attribute-without-value@x'],
    ['<a x=></a>', 'xml.attribute-without-value@x'],
    ['<a x=1/>', 'xml.attribute-without-quotes@1'],
    ['<a x="1" x="2"/>', 'xml.repeated-attribute@x'],
    ['<a x="1"y="2"/>', 'xml.missing-blank@y'],
    ['<a x="1" ! y="2"/>', 'xml.stray-character@!'],
    ['<a x="1<2"/>', 'xml.less-than-in-value@<'],
    ['<a><b x="1/><c y="2"/></a>', 'xml.unclosed-value@"'],
    ['<a x="1>\n<b/></a>', 'xml.unclosed-value@"'],
    [' <?xml version="1.0"?><a/>', 'xml.late-declaration@<?xml'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'xml.doctype-ignored@<!DOCTYPE', 'xml.unknown-entity@&x;'],
  ] as const) {
    it(`reports ${expected.join(' and ')} in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(problemsOf(text).sort(), [...expected].sort());
      assertTiled(parseXml(text));
    });
  }

  it('goes on after a missing quote, so that later elements are still found', () => {
    const document = parseXml('<a><b x="1/><c y="2"/></a>');
    assert.deepEqual(childElements(document.root as XmlElement).map((element) => element.name), ['b', 'c']);
  });

  it('makes a tree of every text, which tiles it', () => {
    const piece = fc.constantFrom('<a', '>', '</a>', '</b', ' x="', "'", '"', '/>', '<!--', '-->', '<![CDATA[', ']]>', '<?p', '?>', '&amp;', '&x', '<', '\n', 't', 'é', '\ud83d', '<!DOCTYPE', '[', '=');
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => assertTiled(parseXml(pieces.join('')))), { numRuns: 500 });
  });

  it('calls no text well-formed that an independent parser refuses', () => {
    const judge = new XMLParser({ processEntities: false });
    const piece = fc.constantFrom('<a>', '</a>', '<b x="1">', '</b>', '<c/>', 't', '&lt;', '<!-- c -->', '<', '"', ' y=2', '<d ', '>');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = `<r>${pieces.join('')}</r>`;
        // oxlint-disable-next-line typescript/no-deprecated -- its successor is a package of its own; the check is the same
        if (parseXml(text).problems.length === 0) assert.doesNotThrow(() => judge.parse(text, true), text);
      }),
      { numRuns: 500 },
    );
  });

  it('reads hostile nesting without a deep stack and keeps the number of problems bounded', () => {
    const document = parseXml('<a>'.repeat(40_000));
    assert.equal(document.problems.length, 1000);
    assert.equal(parseXml(`${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`).problems.length, 0);
  });
});
