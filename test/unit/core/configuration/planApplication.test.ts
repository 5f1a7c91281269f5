import assert from 'node:assert/strict';
import { mergeApplication } from '../../../../src/core/configuration/mergeApplication';
import { configServerArguments, enteredValues, planApplication } from '../../../../src/core/configuration/planApplication';
import { chooseTemplates, readTemplates } from '../../../../src/core/configuration/templateContent';
import { inputsForHost } from '../../../../src/core/deployment/hostInputs';
import type { ApplicationObject, DeploymentInputs } from '../../../../src/core/deployment/model';
import { encodeUtf8 } from '../../../../src/core/text/utf8';
import { goodApd } from '../../../support/formats/goodFiles';
import { exampleInputs, examplePackage } from '../deployment/examples';

const template = { applicationType: 107, options: { log: { verbose: 'all', segment: '1' } } };

describe('what a deployment makes of an application object', () => {
  it('is new: what was entered, what the package adds, and the defaults', () => {
    const change: Partial<DeploymentInputs> = { application: { tenantObject: '', port: '4999', primaryServer: 'cs1', backupServer: '' } };
    assert.deepEqual(rows(undefined, change), [
      'version: – | 8.5.100.37 | 8.5.100.37 newVersion',
      'workingDirectory: – | /opt/genesys/lca | /opt/genesys/lca added',
      'tenantObject: – | Environment | Environment added',
      'port: – | 4999 | 4999 entered',
      'primaryServer: – | cs1 | cs1 entered',
      'backupServer: – | confserv_backup | confserv_backup added',
      'state: – | CFGEnabled | CFGEnabled added',
      'log/verbose: – | all | all added',
      'log/segment: – | 1 | 1 added',
    ]);
  });

  it('keeps what exists, except for version, folder and what was entered', () => {
    const existing: ApplicationObject = {
      ...plan({}), version: '8.1', workingDirectory: '/opt/old', commandLine: './lca', commandLineArguments: '-app x', tenantObject: 'Branch', port: '5000', primaryServer: 'cs1', backupServer: '',
      settings: { state: 'CFGDisabled' }, options: { log: { verbose: 'none', segment: '1', own: 'x' } }, state: 'enabled',
    };
    const change: Partial<DeploymentInputs> = {
      values: [{ section: 'IPCommon', key: 'InstallPath', value: '/opt/genesys/lca' }],
      application: { tenantObject: '', port: '4999', primaryServer: 'cs1', backupServer: 'cs2' }, options: [{ section: 'log', key: 'segment', value: '2' }],
      applicationEdits: [{ part: 'field', section: '', key: 'attempts', value: '3' }, { hostId: 'h2', part: 'field', section: '', key: 'attempts', value: '9' }],
    };
    assert.deepEqual(rows(existing, change), [
      'version: 8.1 | 8.5.100.37 | 8.5.100.37 newVersion',
      'workingDirectory: /opt/old | /opt/genesys/lca | /opt/genesys/lca entered',
      'commandLine: ./lca | – | ./lca existingKept',
      'commandLineArguments: -app x | – | -app x existingKept',
      'tenantObject: Branch | Environment | Branch existingKept',
      'port: 5000 | 4999 | 4999 entered',
      'primaryServer: cs1 | cs1 | cs1 equal',
      'backupServer: – | cs2 | cs2 entered',
      'state: CFGDisabled | CFGEnabled | CFGDisabled existingKept',
      'attempts: – | 3 | 3 entered',
      'log/verbose: none | all | none existingKept',
      'log/segment: 1 | 2 | 2 entered',
      'log/own: x | – | x existingKept',
    ]);
  });

  it('is equal where nothing changes', () => {
    assert.deepEqual([...new Set(mergeApplication({ ...plan({}), state: 'enabled' }, plan({})).values.map(({ why }) => why))], ['equal']);
  });

  it('lets the edits of one host win over those for all, in whatever order they were made', () => {
    const edits = [{ hostId: 'h1', part: 'ports', section: 'http', key: 'port', value: '8081' }, { part: 'ports', section: 'http', key: 'port', value: '8080' }] as const;
    const port = (hostId: string) => mergeApplication(undefined, plan({}), enteredValues(inputsForHost(exampleInputs({ applicationEdits: edits }), hostId))).application.ports;
    assert.deepEqual([port('h1'), port('h2')], [{ http: { port: '8081' } }, { http: { port: '8080' } }]);
  });
});

describe('the templates that an application is made from', () => {
  const apd = { name: 'LCA_851', path: 'templates/LCA_851.apd', format: 'apd' } as const;
  const xml = { name: 'LCA_851', path: 'templates/LCA_851.xml', format: 'xml', applicationType: 42 } as const;
  const description = encodeUtf8(`<metaData><cfgApplication><configuration><core><startInfo><parameter name="startupTimeout"><format default="120"/></parameter>
    <parameter name="shutdownTimeout"><value>60</value><format default="90"/></parameter><parameter name="autoRestart"><format default="true"/></parameter></startInfo>
    <portInfos><port><parameter name="connId"><format default="default"/></parameter><parameter name="connPort"><format default="4999"/></parameter><parameter name="connProtocol"><format default="none"/></parameter></port>
    <port><parameter name="connId"><value>http</value></parameter><parameter name="connPort"><format default="8080"/></parameter><parameter name="connProtocol"><format default="http"/></parameter></port></portInfos></core>
    <userProperties><section name="sml"><parameter name="heartbeat"><format default="5"/></parameter></section></userProperties>
    <options><section name="only"><parameter name="inXml"><format default="1"/></parameter></section></options></configuration></cfgApplication></metaData>`);

  it('are the binary one with its description beside it; each says what the other does not', () => {
    const other = { ...xml, name: 'Other', path: 'templates/Other.xml' };
    assert.deepEqual(chooseTemplates([other, xml, apd], 'LCA'), [apd, xml]);
    assert.deepEqual(chooseTemplates([other, xml], 'LCA'), [xml]);
    assert.deepEqual(chooseTemplates([], 'LCA'), []);
    const both = readTemplates([{ template: apd, bytes: goodApd() }, { template: xml, bytes: description }]);
    assert.ok(Object.keys(both.options).length > 0 && both.options['only'] === undefined);
    assert.deepEqual(both.settings, { startupTimeout: '120', shutdownTimeout: '60', autoRestart: 'CFGTrue' });
  });

  it('give settings, ports, annex and options, and the type that was found at import', () => {
    const content = readTemplates([{ template: xml, bytes: description }]);
    assert.deepEqual(content, {
      applicationType: 42, options: { only: { inXml: '1' } }, annex: { sml: { heartbeat: '5' } },
      settings: { startupTimeout: '120', shutdownTimeout: '60', autoRestart: 'CFGTrue' }, port: '4999', ports: { http: { port: '8080', protocol: 'http' } },
    });
    const made = planApplication({ ...source({}), template: content });
    assert.deepEqual([made.type, made.port, made.ports, made.annex, made.settings], [42, '4999', content.ports, content.annex, { ...content.settings, state: 'CFGEnabled' }]);
  });
});

describe('configServerArguments', () => {
  it('are those of a program that reads its options from Configuration Server, and none without it', () => {
    const source = { name: 'LCA_a', package: examplePackage({ silentIni: '[ConfigServer]\nHost=cs\nPort=2020\nApplicationName=\n' }) };
    assert.equal(configServerArguments({ ...source, inputs: exampleInputs() }), '-host cs -port 2020 -app "LCA_a"');
    assert.equal(configServerArguments({ ...source, inputs: exampleInputs({ values: [{ section: 'ConfigServer', key: 'Host', value: '' }] }) }), '');
  });
});

function source(change: Partial<DeploymentInputs>): Parameters<typeof planApplication>[0] {
  const defaults = { tenantObject: 'Environment', primaryServer: 'confserv', backupServer: 'confserv_backup' };
  return { id: 'a1', name: 'LCA_a', hostId: 'h1', inputs: inputsForHost(exampleInputs(change), 'h1'), package: examplePackage(), template, defaults };
}

function plan(change: Partial<DeploymentInputs>): ApplicationObject {
  return planApplication(source(change));
}

function rows(existing: ApplicationObject | undefined, change: Partial<DeploymentInputs>): string[] {
  return mergeApplication(existing, plan(change), enteredValues(source(change).inputs)).values
    .map(({ name, existing: before = '–', fresh = '–', result, why }) => `${name}: ${before} | ${fresh} | ${result} ${why}`);
}
