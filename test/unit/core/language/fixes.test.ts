import assert from 'node:assert/strict';
import { applyEdits, gatherFixes } from '../../../../src/core/language/applyEdits';
import { diagnoseText, type TextFormatId } from '../../../../src/core/language/diagnose';
import { goodFile } from '../../../support/formats/goodFiles';

function broken(name: string, from: string, to: string): string {
  const { text } = goodFile(name);
  const changed = text.replace(from, () => to);
  assert.notEqual(changed, text);
  return changed;
}

describe('the mends of problems', () => {
  for (const [format, name, from, to, mended] of [
    ['silentIni', 'linux.genesys_silent.ini', 'DataModel=64', 'Datamodel=64', 'DataModel=64'],
    ['silentIni', 'linux.genesys_silent.ini', 'DataModel=64', 'DataModel =64', 'DataModel=64'],
    ['silentIni', 'linux.genesys_silent.ini', 'DataModel=64', 'DataModel= 64', 'DataModel=64'],
    ['silentIni', 'linux.genesys_silent.ini', 'DataModel=64', 'DateModel=64', 'DataModel=64'],
    ['silentIni', 'linux.genesys_silent.ini', '[vpMediaControl]', '[vpmediacontrol]', '[vpMediaControl]'],
    ['silentIni', 'linux.genesys_silent.ini', '[vpMediaControl]', ' [vpMediaControl] ', '[vpMediaControl]'],
    ['silentIni', 'linux.genesys_silent.ini', '; [LCA]', '  ; [LCA]', '; [LCA]'],
    ['silentIni', 'linux.genesys_silent.ini', 'UseLicense=Required', 'UseLicense=required', 'UseLicense=Required'],
    ['silentIni', 'linux.genesys_silent.ini', 'Password=', 'Password=secret', 'Password='],
    ['silentIni', 'linux.genesys_silent.ini', '#Other=<anything>', 'Other words', '#Other words'],
    ['ipDescription', 'linux.ip_description.xml', 'Place="Web"', 'Place=Web', 'Place="Web"'],
    ['ipDescription', 'linux.ip_description.xml', '&amp;', '&', '&amp;'],
    ['ipDescription', 'linux.ip_description.xml', '"FRA"', '"fra"', '"FRA"'],
    ['ipDescription', 'linux.ip_description.xml', '2023-05-31', '2023/5/31', '2023-05-31'],
    ['ipDescription', 'linux.ip_description.xml', 'Version="9.0.017.08" BuildDate="2023-05-31"', 'BuildDate="2023-05-31" Version="9.0.017.08"', 'Version="9.0.017.08" BuildDate="2023-05-31"'],
    ['ipDescription', 'linux.ip_description.xml', '</Nickname>', '</x:Nickname>', '</Nickname>'],
    ['ipDescription', 'linux.ip_description.xml', '<Long>Installer</Long>', '<Longg>Installer</Longg>', '<Long>Installer</Long>'],
    ['ipDescription', 'linux.ip_description.xml', '"Web" WebDBId', '"Web"WebDBId', '"Web" WebDBId'],
    ['metadataXml', 'Dialer_91.xml', 'mandatory="true"', 'mandatory="True"', 'mandatory="true"'],
    ['metadataXml', 'Dialer_91.xml', 'default="oldest"', 'default="Oldest"', 'default="oldest"'],
    ['spd', 'stat.spd', '"${target}"', '"${targe}"', '"${target}"'],
    ['spd', 'stat.spd', 'name="silentInstall"', 'name="silentinstall"', 'name="silentInstall"'],
  ] as const satisfies readonly (readonly [TextFormatId, string, string, string, string])[]) {
    it(`make ${JSON.stringify(mended)} of ${JSON.stringify(to)}`, () => {
      const text = broken(name, from, to);
      const after = applyEdits(text, gatherFixes(diagnoseText(format, text)));
      assert.equal(after, goodFile(name).text.replace(from, () => mended));
      assert.ok(diagnoseText(format, after).every((problem) => !problem.fix), 'nothing is left to mend');
    });
  }

  it('take one of two that touch the same place', () => {
    const problem = (start: number, end: number, text: string) =>
      ({ code: 'x', severity: 'error', start, end, args: {}, fix: { title: 'replace', args: { text }, edits: [{ start, end, text }] } }) as const;
    assert.equal(applyEdits('abcdef', gatherFixes([problem(1, 3, 'X'), problem(2, 4, 'Y'), problem(5, 6, '')])), 'aXde');
  });
});
