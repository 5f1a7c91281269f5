import assert from 'node:assert/strict';
import type { SilentIniContext } from '../../../../../src/core/formats/silentIni/conditions';
import { parseSilentIni } from '../../../../../src/core/formats/silentIni/parse';
import { checkSilentIni } from '../../../../../src/core/formats/silentIni/rules';
import { silentIniKeys } from '../../../../../src/core/formats/silentIni/schema';

const good = '[IPCommon]\nInstallPath=/opt/agent\nDataModel=64\n\n[ConfigServer]\nHost=config\nPort=2020\nUser=setup\nPassword=\n\n[QRAgent]\nMode=1\n';

/** Problems as `code@text they cover`. */
function problemsOf(text: string, context?: SilentIniContext): string[] {
  return checkSilentIni(parseSilentIni(text), context).map((problem) => `${problem.code}@${text.slice(problem.start, problem.end)}`);
}

describe('checkSilentIni', () => {
  it('finds nothing to say about a good file', () => {
    assert.deepEqual(problemsOf(good), []);
  });

  for (const [name, from, to, ...expected] of [
    ['text before the first section', '[IPCommon]', 'a=1\n[IPCommon]', 'silentIni.text-outside-section@a=1'],
    ['a section line with something after it', '[QRAgent]', '[QRAgent] ', 'silentIni.bad-section-line@[QRAgent] '],
    ['an indented section line', '[QRAgent]\nMode=1', ' [QRAgent]', 'silentIni.bad-section-line@ [QRAgent]'],
    ['an empty section', 'Mode=1\n', '', 'silentIni.empty-section@[QRAgent]'],
    ['a repeated section', '[QRAgent]', '[IPCommon]\nComponents=a\n[QRAgent]', 'silentIni.repeated-section@[IPCommon]'],
    ['a section in other case', '[QRAgent]', '[license]', 'silentIni.section-case@[license]'],
    ['an indented comment', 'Mode=1', ' # Mode=1', 'silentIni.indented-comment@ # Mode=1'],
    ['a line without equals sign', 'Mode=1', 'Mode=1\nnothing', 'silentIni.no-equals@nothing'],
    ['a blank before the equals sign', 'DataModel=64', 'DataModel =64', 'silentIni.blank-around-key@DataModel '],
    ['an indented key', 'DataModel=64', '\tDataModel=64', 'silentIni.blank-around-key@\tDataModel'],
    ['a blank after the equals sign', 'DataModel=64', 'DataModel= 64', 'silentIni.blank-around-value@ 64'],
    ['a blank at the end of a free value', 'Mode=1', 'Mode=1 ', 'silentIni.blank-in-text@1 '],
    ['a repeated key', 'Mode=1', 'Mode=1\nMode=2', 'silentIni.repeated-key@Mode'],
    ['a key in other case', 'DataModel=64', 'datamodel=64', 'silentIni.key-case@datamodel'],
    ['a misspelt key', 'DataModel=64', 'DataModle=64', 'silentIni.misspelt-key@DataModle'],
    ['an unknown key in a closed section', 'DataModel=64', 'Colour=64', 'silentIni.unknown-key@Colour'],
    ['a missing key', 'User=setup\n', '', 'silentIni.required-key@[ConfigServer]'],
    ['a missing password', 'Password=\n', '', 'silentIni.required-key@[ConfigServer]'],
    ['a key without its value', 'Port=2020', 'Port=', 'silentIni.required-value@Port='],
    ['a placeholder', 'Host=config', 'Host=<Host name>', 'silentIni.placeholder@<Host name>'],
    ['a value that is not allowed', 'DataModel=64', 'DataModel=65', 'silentIni.value-not-allowed@65'],
    ['an allowed value in other case', '[QRAgent]\nMode=1', '[LCA]\nUseGDA=use', 'silentIni.value-not-allowed@use'],
    ['a value outside of an open list', 'DataModel=64', 'RunTimeMode=Other', 'silentIni.value-not-known@Other'],
    ['a port that is none', 'Port=2020', 'Port=65536', 'silentIni.bad-port@65536'],
    ['a host that is none', 'Host=config', 'Host=my host', 'silentIni.bad-host@my host'],
    ['a license host with a character the installer refuses', 'Mode=1', 'Mode=1\n[License]\nHost=a_b', 'silentIni.bad-host@a_b'],
    ['a relative install path', '/opt/agent', 'opt/agent', 'silentIni.install-path-relative@opt/agent'],
    ['a home in the install path', '/opt/agent', '~/agent', 'silentIni.install-path-home@~/agent'],
    ['dots in the install path', '/opt/agent', '/opt/../agent', 'silentIni.install-path-dots@/opt/../agent'],
    ['a hidden folder in the install path', '/opt/agent', '/opt/.agent', 'silentIni.install-path-dots@/opt/.agent'],
    ['both passwords', 'Password=\n', 'Password=a\nxPassword=b\n', 'silentIni.plain-password@a', 'silentIni.both-passwords@xPassword'],
    ['a plain password', 'Password=\n', 'Password=secret\n', 'silentIni.plain-password@secret'],
    ['a plain password of an unknown key', 'Mode=1', 'KeyStorePassword=x', 'silentIni.plain-password@x'],
    ['a license file that is not named', 'Mode=1', 'Mode=1\n[License]\nAccessType=LicenseFile', 'silentIni.required-key@[License]'],
  ] as const) {
    it(`reports ${name}`, () => {
      const text = good.replace(from, to);
      assert.notEqual(text, good);
      assert.deepEqual(problemsOf(text), expected);
    });
  }

  for (const [name, from, to] of [
    ['the encrypted password alone', 'Password=\n', 'xPassword=AbCd\n'],
    ['a commented line of any content', 'Mode=1', '#  = what\n;x\nMode=1'],
    ['an equals sign and blanks inside of a value', 'Mode=1', 'Mode=a = b'],
    ['dots inside of a path part', '/opt/agent', '/opt/agent-8.5.1'],
    ['two quotes for an empty transport port', 'Password=\n', 'Password=\ntransport-port=""\n'],
    ['an unknown key of a product’s own section', 'Mode=1', 'Whatever=1'],
    ['a Windows path, when the system is not known', '/opt/agent', 'C:\\agent'],
    ['a key of a GAX plug-in', 'Mode=1', 'GAX_Directory=/opt/gax'],
  ] as const) {
    it(`accepts ${name}`, () => {
      const text = good.replace(from, to);
      assert.notEqual(text, good);
      assert.deepEqual(problemsOf(text), []);
    });
  }

  it('wants no Configuration Server from an agent that installs without it', () => {
    assert.deepEqual(problemsOf('[IPCommon]\nInstallPath=/x\n[ConfigServer]\nUser=a\n[LCA]\nSilent_Installation_Without_ConfigServer=yes\n'), []);
    assert.equal(problemsOf('[IPCommon]\nInstallPath=/x\n[ConfigServer]\nUser=a\n[LCA]\nSilent_Installation_Without_ConfigServer=no\n').length, 3);
  });

  it('lets Configuration Server stand in for InstallPath, and nothing else', () => {
    assert.deepEqual(problemsOf(good.replace('InstallPath=/opt/agent\n', '')), []);
    assert.deepEqual(problemsOf('[QRAgent]\nMode=1\n'), ['silentIni.required-key@[QRAgent]']);
  });

  it('minds the system of the package in InstallPath', () => {
    assert.deepEqual(problemsOf('[IPCommon]\nInstallPath=C:\\x\n', { osGroup: 'linux' }), ['silentIni.install-path-relative@C:\\x']);
    assert.deepEqual(problemsOf('[IPCommon]\nInstallPath=/x\n', { osGroup: 'windows' }), ['silentIni.install-path-relative@/x']);
  });

  it('wants the license agreement where the package needs a license', () => {
    assert.deepEqual(problemsOf(good, { licenseNeeded: true }), ['silentIni.required-key@[IPCommon]']);
    assert.deepEqual(problemsOf(`${good}[License]\nLicenseAgreement=Accepted\n`, { licenseNeeded: true }), []);
  });

  it('compares keys with those of the package’s own file, live or commented out', () => {
    const known = parseSilentIni('[IPCommon]\nInstallPath=/x\n#[QRAgent]\n#Mode=<1 or 2>\n');
    assert.deepEqual(problemsOf(good, { known }), []);
    assert.deepEqual(problemsOf(good.replace('Mode=1', 'mode=1'), { known }), ['silentIni.key-case@mode']);
    assert.deepEqual(problemsOf(good.replace('Mode=1', 'Speed=1'), { known }), ['silentIni.not-in-package@Speed']);
  });
});

describe('silentIniKeys', () => {
  it('documents every key in both languages, with an example that passes its own check', () => {
    for (const { section, key, documentation, example, values, open } of silentIniKeys) {
      assert.ok(documentation.en !== '' && documentation.fr !== '' && documentation.en !== documentation.fr, `${section}/${key}`);
      if (values && !open) assert.ok(values.includes(example), `${section}/${key}`);
      const problems = checkSilentIni(parseSilentIni(`[${section === '*' ? 'Product' : section}]\n${key}=${example}\n`));
      assert.deepEqual(problems.filter((problem) => !problem.code.startsWith('silentIni.required')), [], `${section}/${key}`);
    }
  });
});
