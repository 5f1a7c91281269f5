import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseSilentIni } from '../../../../src/core/formats/silentIni/parse';
import { readMetadataXml } from '../../../../src/core/formats/metadataXml/read';
import { analyze } from '../../../../src/core/language/analyze';
import { applyEdits } from '../../../../src/core/language/applyEdits';
import { diagnoseText, type TextFormatId } from '../../../../src/core/language/diagnose';
import { formatText } from '../../../../src/core/language/formatText';
import { goodFile, goodTexts } from '../../../support/formats/goodFiles';

function format(id: TextFormatId, text: string, indent = '  '): string {
  return applyEdits(text, formatText(analyze(id, text), { indent }));
}

/** What the installer reads: its sections and settings, in order. */
function settings(text: string): unknown {
  return parseSilentIni(text).lines.filter((line) => line.kind !== 'blank' && line.kind !== 'comment').map((line) => line.text);
}

function options(text: string): unknown {
  return readMetadataXml(text).template?.options.map(({ start: _, ...option }) => option);
}

describe('formatText', () => {
  for (const { name, format: id, text } of goodTexts() as readonly { name: string; format: TextFormatId; text: string }[]) {
    it(`lays out ${name} so that nothing is wrong with it and a second time changes nothing`, () => {
      const once = format(id, text);
      assert.equal(format(id, once), once);
      assert.deepEqual(diagnoseText(id, once), []);
      assert.equal(once.replaceAll(/\s+/g, ''), text.replaceAll(/\s+/g, ''));
      if (id === 'metadataXml') assert.deepEqual(options(once), options(text));
    });
  }

  it('makes one line of XML readable, and back the same from any layout', () => {
    const laidOut = format('metadataXml', goodFile('Dialer_91.xml').text);
    const squeezed = laidOut.replaceAll(/>\s+</g, '><');
    assert.equal(format('metadataXml', squeezed).replaceAll(/\n\n/g, '\n'), laidOut.replaceAll(/> <\/format>/g, '></format>').replaceAll(/\n\n/g, '\n'));
    assert.match(format('spd', '<solutionDefinition><profile/></solutionDefinition>', '\t'), /\n\t<profile\/>\n/);
  });

  it('leaves text, CDATA and what asks to be preserved as it is', () => {
    for (const text of ['<metaData><cfgApplication><description> a <tt> b </tt> c </description></cfgApplication></metaData>', '<metaData xml:space="preserve">  <cfgApplication/> </metaData>', '<metaData><a><![CDATA[ x ]]><b/></a></metaData>']) {
      const once = format('metadataXml', text);
      for (const kept of [' a <tt> b </tt> c ', '>  <cfgApplication/> <', '<a><![CDATA[ x ]]><b/></a>']) if (text.includes(kept)) assert.ok(once.includes(kept), once);
    }
  });

  it('keeps the line ends of a file', () => {
    assert.equal(format('spd', '<solutionDefinition>\r\n<profile/></solutionDefinition>'), '<solutionDefinition>\r\n  <profile/>\r\n</solutionDefinition>\r\n');
    assert.equal(format('silentIni', 'A=1\r\n[B]\r\nC=2'), 'A=1\r\n\r\n[B]\r\nC=2\r\n');
  });

  it('tidies a silent.ini: one blank line between sections, none twice, no blanks behind comments', () => {
    assert.equal(format('silentIni', '\n\n[A]\nx=1 \n[B]\n\n\ny=2\n  \n# c  \n[C]\nz=\n\n\n'), '[A]\nx=1 \n\n[B]\n\ny=2\n\n# c\n[C]\nz=\n');
  });

  it('never changes what the installer reads of a silent.ini, whatever it is', () => {
    const piece = fc.constantFrom('[A]', '[B]', ' [C]', 'k=v', ' k = v ', '#c ', ';', ' #x=1', 'text', '', ' ', '\t', '=');
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\n\r');
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), lineEnd, fc.boolean(), (lines, end, closed) => {
      const text = lines.join(end) + (closed ? end : '');
      const once = format('silentIni', text);
      assert.deepEqual(settings(once), settings(text));
      assert.equal(format('silentIni', once), once);
    }), { numRuns: 500 });
  });

  it('never changes what XML says, whatever its layout', () => {
    const piece: fc.Arbitrary<string> = fc.constantFrom('<profile>', '</profile>', '<dialog/>', '<!-- c -->', '\n', '\n\n\n', '  ', '<?p?>', '<name> a </name>');
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = `<solutionDefinition>${pieces.join('')}</solutionDefinition>`;
      const once = format('spd', text);
      assert.equal(once.replaceAll(/\s+/g, ''), text.replaceAll(/\s+/g, ''));
      assert.equal(format('spd', once), once);
    }), { numRuns: 500 });
  });
});
