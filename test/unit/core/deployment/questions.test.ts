import assert from 'node:assert/strict';
import { readQuestions, type PackageQuestions } from '../../../../src/core/deployment/questions';

const metadata = `<metaData>
<cfgApplication type="23" version="9.1">
<configuration>
<core><parameter name="host" mandatory="true"><format type="string" default=""/></parameter></core>
<core><parameter name="mystery" mandatory="true"/></core>
<options><section name="log">
<parameter name="server" displayName="Log server" mandatory="true"><description><![CDATA[<ul><li>Where <b>logs</b> go</li></ul>]]></description><format type="chooseOne" default=""><option value="a"/><option value="b"/></format></parameter>
<parameter name="password" mandatory="true"><format type="string" default=""/></parameter>
<parameter name="verbose" mandatory="true"><format type="string" default="all"/></parameter>
<parameter name="trace" mandatory="true"><value>on</value><format type="string" default=""/></parameter>
</section></options>
</configuration>
<installation><step name="silentInstallation" type="GenesysSilent">
<parameter name="Threads" displayName="Number of threads" mandatory="true"><format type="numeric" default="4"/></parameter>
<section name="Paths"><parameter name="Spool"><format type="string"/></parameter></section>
<parameter name="AdminPassword"><format type="string" default="never shown"/></parameter>
<parameter name="Mode"><format type="boolean" default="true"/><dependsOn key="x"/></parameter>
<condition expression="os == linux"/>
<parameter name="Odd"><format type="matrix"/></parameter>
</step></installation>
</cfgApplication>
</metaData>`;

describe('the questions of a package', () => {
  const asked = ask(metadata);

  it('are every parameter below installation/step, of the product’s section unless it stands in one', () => {
    assert.deepEqual(asked.questions.filter(({ target }) => target === 'silentIni').map(({ section, key, kind, value, required, line }) => [section, key, kind, value, required, line]), [
      ['WDE', 'Threads', 'number', '4', true, 14],
      ['Paths', 'Spool', 'text', '', false, 15],
      ['WDE', 'AdminPassword', 'password', '', false, 16],
      ['WDE', 'Mode', 'choice', 'true', false, 17],
      ['WDE', 'Odd', 'text', '', false, 19],
    ]);
  });

  it('are the options that are mandatory and have no value, in words without markup', () => {
    assert.deepEqual(asked.questions.filter(({ target }) => target === 'option'), [{
      id: '["option","log","server"]', target: 'option', section: 'log', key: 'server', title: 'Log server', description: 'Where logs go', kind: 'choice', choices: ['a', 'b'],
      value: '', required: true, file: 'templates/WDE.xml', line: 7,
    }]);
  });

  it('name what nobody understands with its line: unknown elements and types, secrets for an open place, open parameters of unknown meaning', () => {
    assert.deepEqual(asked.notUnderstood.map(({ line, text }) => [line, text.slice(0, 30)]), [
      [17, '<parameter name="Mode"><format'],
      [18, '<condition expression="os == l'],
      [19, '<parameter name="Odd"><format '],
      [8, '<parameter name="password" man'],
      [5, '<core><parameter name="mystery'],
    ]);
    assert.ok(asked.notUnderstood.every(({ file }) => file === 'templates/WDE.xml'));
  });

  it('are the placeholders of silent.ini, with what the vendor wrote in them', () => {
    const { questions, notUnderstood } = ask('<metaData><cfgApplication/></metaData>', '[IPCommon]\nInstallPath=<path to install to>\nDataModel=<32 or 64>\n[ConfigServer]\nPassword=<password>\nHost=cs\n#User=<user>\n');
    assert.deepEqual(questions.map(({ section, key, kind, description, required, file, line }) => [section, key, kind, description, required, file, line]), [
      ['IPCommon', 'InstallPath', 'text', 'path to install to', true, 'ip/genesys_silent.ini', 2],
      ['IPCommon', 'DataModel', 'choice', '32 or 64', true, 'ip/genesys_silent.ini', 3],
      ['ConfigServer', 'Password', 'password', 'password', false, 'ip/genesys_silent.ini', 5],
    ]);
    assert.deepEqual(notUnderstood, []);
  });

  it('survive broken and hostile metadata', () => {
    assert.deepEqual(ask('<metaData').notUnderstood.map(({ text }) => text), ['<metaData']);
    assert.deepEqual(ask('').questions, []);
    const many = `<metaData><cfgApplication><installation><step>${'<parameter name="p\u0007" displayName="\u001b[31mred"/><x/>\n'.repeat(3000)}</step></installation></cfgApplication></metaData>`;
    const { questions, notUnderstood } = ask(many);
    assert.equal(questions.length, 1);
    assert.ok(questions[0]!.title === 'red' && notUnderstood.length === 500 && notUnderstood.every(({ text }) => text.length <= 200));
  });
});

function ask(xml: string, silentIni = ''): PackageQuestions {
  return readQuestions({ nickname: 'WDE', silentIni: { file: 'ip/genesys_silent.ini', text: silentIni }, metadata: [{ file: 'templates/WDE.xml', text: xml }] });
}
