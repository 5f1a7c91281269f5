import assert from 'node:assert/strict';
import { readMetadataXml } from '../../../../../src/core/formats/metadataXml/read';

const body = `
  <cfgApplication type="23" version="9.1.004.17" templateVersion="9.1.1">
    <configuration>
      <core><parameter name="host" mandatory="true"><format type="string" default=""/></parameter></core>
      <options>
        <section name="log">
          <parameter name="verbose" displayName="Verbose" mandatory="true"><description><![CDATA[<b>x</b>]]></description><format type="chooseOne" default="standard "><option value="all"/></format></parameter>
          <parameter name="&lt;queue&gt;.size"><format type="numeric" default="10"/></parameter>
        </section>
      </options>
      <tasks displayName="t"><group name="g"><task name="Agent.canUse" displayName="Can use"/></group><task name="Agent.top"/></tasks>
    </configuration>
    <installation><step name="silentInstallation" displayName="Silent" type="GenesysSilent"><parameter name="p" mandatory="true"/></step></installation>
  </cfgApplication>
`;

describe('readMetadataXml', () => {
  for (const [name, open, close] of [
    ['without a namespace', '<!-- c --><metaData>', '</metaData>'],
    ['with the vendor’s namespace', '<metaData xmlns="http://genesyslab.com/mf/metadata">', '</metaData>'],
    ['with a prefix', '<m:metaData xmlns:m="http://genesyslab.com/mf/metadata">', '</m:metaData>'],
  ] as const) {
    it(`reads options, tasks and steps ${name}`, () => {
      const { template, problems } = readMetadataXml(open + body + close);
      assert.deepEqual(problems, []);
      assert.equal(template?.applicationType, 23);
      assert.equal(template.version, '9.1.004.17');
      assert.equal(template.templateVersion, '9.1.1');
      assert.deepEqual(template.options.map(({ section, name: option, type, defaultValue }) => [section, option, type, defaultValue]),
        [['log', 'verbose', 'chooseOne', 'standard '], ['log', '<queue>.size', 'numeric', '10']]);
      assert.deepEqual(template.tasks, [{ name: 'Agent.canUse', displayName: 'Can use', group: 'g' }, { name: 'Agent.top', displayName: '', group: '' }]);
      assert.deepEqual(template.installationSteps.map(({ name: step, type, parameters }) => [step, type, parameters.map((parameter) => parameter.name)]), [['silentInstallation', 'GenesysSilent', ['p']]]);
      assert.deepEqual(template.unanswered.map((parameter) => parameter.name), ['host', 'p']);
    });
  }

  it('says what is missing or wrong, and reads on where it can', () => {
    const codes = (text: string) => readMetadataXml(text).problems.map((problem) => problem.code);
    assert.deepEqual(codes('<other/>'), ['xml.wrong-root']);
    assert.deepEqual(codes('<metaData/>'), ['xml.missing-element']);
    assert.deepEqual(codes(''), ['xml.no-root']);
    const { template, problems } = readMetadataXml('<metaData><cfgApplication type="many" version="1"></metaData>');
    assert.equal(template?.version, '1');
    assert.equal(template.applicationType, undefined);
    assert.deepEqual(problems.map((problem) => problem.code), ['xml.unclosed-element']);
  });
});
