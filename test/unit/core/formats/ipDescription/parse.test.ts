import assert from 'node:assert/strict';
import { parseIpDescription } from '../../../../../src/core/formats/ipDescription/parse';

const good = `<?xml version="1.0" encoding="UTF-8"?>
<InstallationPackage FormatVersion="8.0">
  <Product License="Required" AppClass="Application">
    <Release Version="9.1.004.17" BuildDate="2024-02-29" BuildNumber="3" Type="General"/>
    <Name><Long>Queue &amp; Route Agent</Long><Nickname>QRAgent</Nickname></Name>
    <Language LocaleId="ENU"><Name>English (United States)</Name></Language>
    <Description>
      First line
        second line
    </Description>
  </Product>
  <Platforms OSGroupName="linux">
    <Computer Type="Intel EM64T">
      <OS Name="Red Hat Enterprise Linux" Version="8.1"/>
      <OS Name="Ubuntu" CfgOSType="16"/>
    </Computer>
    <Computer Type="Intel 32 bit"><OS Name="Red Hat Enterprise Linux" Version="6"/></Computer>
  </Platforms>
</InstallationPackage>
`;

/** Problems as `code@text they cover`, after one change to the good file. */
function problemsAfter(from: string | RegExp, to: string): string[] {
  const text = good.replace(from, to);
  assert.notEqual(text, good, 'the change must change something');
  return parseIpDescription(text).problems.map((problem) => `${problem.code}@${text.slice(problem.start, problem.end)}`);
}

describe('parseIpDescription', () => {
  it('reads everything of a good file', () => {
    const { description, problems } = parseIpDescription(good);
    assert.deepEqual(problems, []);
    assert.deepEqual(description, {
      name: 'Queue & Route Agent', nickname: 'QRAgent', version: '9.1.004.17', localeId: 'ENU', osGroup: 'linux',
      computerTypes: ['Intel 32 bit', 'Intel EM64T'], formatVersion: '8.0', buildNumber: '3', buildDate: '2024-02-29', releaseType: 'General',
      licenseNeeded: true, appClass: 'Application', languageName: 'English (United States)', description: 'First line\nsecond line',
      computers: [
        { type: 'Intel EM64T', operatingSystems: [{ name: 'Red Hat Enterprise Linux', version: '8.1' }, { name: 'Ubuntu', cfgOsType: 16 }] },
        { type: 'Intel 32 bit', operatingSystems: [{ name: 'Red Hat Enterprise Linux', version: '6' }] },
      ],
      looksLikePlugin: false,
    });
  });

  it('reads a file with CR LF line ends and a byte order mark just the same', () => {
    const { description, problems } = parseIpDescription(`\ufeff${good.replaceAll('\n', '\r\n')}`);
    assert.deepEqual(problems, []);
    assert.equal(description?.description, 'First line\nsecond line');
  });

  it('takes a license for unneeded only when the file says so', () => {
    assert.equal(parseIpDescription(good.replace('License="Required"', 'License="NotRequired"')).description?.licenseNeeded, false);
  });

  it('recognises a plug-in by its names', () => {
    assert.equal(parseIpDescription(good.replace('Route Agent', 'Route Plug-in')).description?.looksLikePlugin, true);
  });

  for (const [from, to, expected] of [
    [/<InstallationPackage[^]*$/, '<metaData/>', 'xml.wrong-root@metaData'],
    [/<Release[^>]*>/, '', 'xml.missing-element@Product'],
    [' Version="9.1.004.17"', '', 'xml.missing-attribute@Release'],
    ['9.1.004.17', '', 'xml.empty-value@'],
    ['9.1.004.17', 'nine', 'ipDescription.bad-version@nine'],
    ['<Nickname>QRAgent</Nickname>', '<Nickname> </Nickname>', 'xml.empty-value@ '],
    [' OSGroupName="linux"', '', 'xml.missing-attribute@Platforms'],
    ['FormatVersion="8.0"', 'FormatVersion="3.1"', 'ipDescription.format-version@3.1'],
    ['</Product>', '</Product', 'xml.unclosed-tag@</Product'],
  ] as const) {
    it(`refuses a file with ${expected}`, () => {
      assert.deepEqual(problemsAfter(from, to), [expected]);
      assert.equal(parseIpDescription(good.replace(from, to)).description, undefined);
    });
  }

  for (const [from, to, expected] of [
    ['9.1.004.17', '9.1', 'ipDescription.version-parts@9.1'],
    ['2024-02-29', '2023-02-29', 'ipDescription.bad-date@2023-02-29'],
    ['BuildNumber="3"', 'BuildNumber="b3"', 'ipDescription.bad-integer@b3'],
    ['LocaleId="ENU"', 'LocaleId="en"', 'ipDescription.locale@en'],
    ['OSGroupName="linux"', 'OSGroupName="beos"', 'ipDescription.os-group@beos'],
    ['CfgOSType="16"', 'CfgOSType="99"', 'ipDescription.os-type@99'],
    ['Version="8.1"', 'Version="x"', 'ipDescription.os-version@x'],
    [/BuildDate=\S+ BuildNumber="3"/, 'BuildNumber="3" BuildDate="2024-02-29"', 'ipDescription.attribute-order@BuildDate'],
    [/<Computer[^]*<\/Computer>/, '', 'xml.expected-element@Platforms'],
    [' License="Required"', '', 'xml.expected-attribute@Product'],
    [' License="Required"', ' License="Required" Licence="x"', 'xml.misspelt-attribute@Licence'],
    ['</Product>', '<Extra/></Product>', 'xml.unknown-element@Extra'],
    ['</Name>\n', '</Name><Name/>\n', 'xml.repeated-element@Name'],
  ] as const) {
    it(`accepts a file with ${expected}, and says so`, () => {
      assert.deepEqual(problemsAfter(from, to), [expected]);
      assert.ok(parseIpDescription(good.replace(from, to)).description);
    });
  }
});
