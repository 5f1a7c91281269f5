import { deepEqual, equal, ok } from 'node:assert/strict';
import { firstError, lineColumn } from '../../../../../src/core/formats/problem';
import { readSpd, type SolutionDefinition } from '../../../../../src/core/formats/spd/read';
import { writeDefinition } from '../../../../support/samplePackages/definitions';

function read(text: string): SolutionDefinition {
  const { definition } = readSpd(text);
  ok(definition, 'it is a definition');
  return definition;
}

/** Why a text is no definition, with the line. */
function refusal(text: string): [code: string | undefined, line: number] {
  const { definition, problems } = readSpd(text);
  equal(definition, undefined);
  const problem = firstError(problems);
  return [problem?.code, lineColumn(text, problem?.start ?? 0).line];
}

describe('a solution definition is read', () => {
  it('with its identity, texts, and the pages and inputs of each profile', () => {
    const found = read(writeDefinition());
    deepEqual([found.name, found.version, found.schemaVersion, found.deploymentKey], ['Voice Platform Segment', '2.1.0', '2.0.0', '${TENANT}-${segment}']);
    deepEqual([found.description, found.summary], ['Agents and media control of one segment.', 'Installs an agent and media control.']);
    deepEqual(found.profiles.map(({ name, summary, dialogs }) => [name, summary, dialogs.map(({ title, inputs }) => [title, inputs.map((input) => input.name)])]), [
      ['install', 'Everything on one host.', [['Where', ['segment', 'hostName']], ['', ['mcpVersion', 'secret']]]],
      ['uninstall', '', []],
    ]);
    deepEqual(found.profiles[0]?.dialogs[0]?.inputs[0], {
      name: 'segment', title: 'Segment', type: 'string', defaultValue: 'Segment_01', required: true, description: 'Number of the segment.', line: 11,
    });
  });

  it('without the default of a password, which is a secret', () => {
    const found = read(writeDefinition());
    equal(JSON.stringify(found).includes('top-secret-default'), false);
    deepEqual(found.profiles[0]?.dialogs[1]?.inputs.map(({ type, defaultValue }) => [type, defaultValue]), [['string', '9.0.046.06'], ['password', '']]);
  });

  it('with its commands and the packages they name in file order, each with its line, also below a condition', () => {
    const [install] = read(writeDefinition()).profiles;
    deepEqual(install?.commands.map(({ name, line }) => `${line} ${name}`), [
      '21 script', '22 os:installPackage', '27 os:installPackage', '28 if', '29 cfg:createFolder', '30 os:execShellCmd', '31 os:installPackage', '33 os:execShellCmd',
    ]);
    deepEqual(install.packages, [
      { longName: 'Local Control Agent', version: '8.5.100.37', line: 22 }, { longName: 'Media Control Platform', version: '${mcpVersion}', line: 27 },
      { longName: 'Chat Server', version: '8.5.106.10', line: 31 },
    ]);
  });

  it('in the namespace of either family of releases, with any prefix', () => {
    equal(read(writeDefinition().replaceAll('http://genesys.com/', 'http://genesyslab.com/')).name, 'Voice Platform Segment');
    const prefixed = writeDefinition().replaceAll(/<(\/?)(?=\w+[\s>/])/g, '<$1asd:').replace('xmlns=', 'xmlns:asd=');
    deepEqual(read(prefixed), { ...read(writeDefinition()), profiles: read(prefixed).profiles });
    deepEqual(read(prefixed).profiles[0]?.packages, read(writeDefinition()).profiles[0]?.packages);
  });

  it('when the editor only warns of something in it', () => {
    equal(read(writeDefinition().replace("log('nothing to do');", 'log(')).name, 'Voice Platform Segment');
  });

  it('however deep its conditions stand in one another', () => {
    const deep = 3000;
    const found = read(writeDefinition({ more: `${'<if cond="1">'.repeat(deep)}<os:verifyHost/>${'</if>'.repeat(deep)}` }));
    equal(found.profiles[0]?.commands.length, deep + 9);
  });
});

describe('a text is no solution definition', () => {
  it('that is not well-formed, or has another root', () => {
    deepEqual(refusal(writeDefinition().replace('</dialog>', '</dialogue>')), ['xml.end-tag-mismatch', 15]);
    deepEqual(refusal('<?xml version="1.0"?>\n<metaData/>'), ['xml.wrong-root', 2]);
    deepEqual(refusal(''), ['xml.no-root', 1]);
  });

  it('without what it is known by', () => {
    deepEqual(refusal(writeDefinition().replace('<name>Voice Platform Segment</name>', '')), ['xml.missing-element', 2]);
    deepEqual(refusal(writeDefinition({ version: '  ' })), ['xml.empty-value', 5]);
    deepEqual(refusal(writeDefinition().replace(/<deploymentkey>.*<\/deploymentkey>/, '')), ['xml.missing-element', 2]);
    deepEqual(refusal(writeDefinition().replace(/<profile [^]*<\/profile>/, '')), ['xml.missing-element', 2]);
  });

  it('that the vendor’s pages rule out', () => {
    deepEqual(refusal(writeDefinition().replace('<name>', '<deploymentkey>x</deploymentkey><name>')), ['spd.several-deployment-keys', 4]);
    deepEqual(refusal(writeDefinition().replace('required="true"', 'required="yes"')), ['spd.bad-boolean', 11]);
  });
});
