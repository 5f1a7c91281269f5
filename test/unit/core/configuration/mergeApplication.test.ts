import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canBeEntered, keyText, valuesOf, withValues, type PlacedValue } from '../../../../src/core/configuration/applicationValue';
import { countOptions, mergePlugIn } from '../../../../src/core/configuration/mergePlugIn';
import { mergeApplication, replacedValues } from '../../../../src/core/configuration/mergeApplication';
import { moveReferences } from '../../../../src/core/configuration/moveReferences';
import { applicationSettings, applicationTables, nothingSaid, type ApplicationObject, type ValueTable } from '../../../../src/core/deployment/model';

const existing: ApplicationObject = {
  ...nothingSaid,
  id: 'a1', name: 'LCA_x', tenantId: 'environment', hostId: 'h1', type: 107, version: '8.1', workingDirectory: '/opt/old', commandLine: './mine', commandLineArguments: '',
  tenantObject: 'Environment', port: '4999', primaryServer: '', backupServer: '',
  options: { log: { verbose: 'none', old: '1' } }, state: 'enabled',
};
const bare: ApplicationObject = {
  ...existing, ...nothingSaid, id: 'a2', type: 5, version: '8.5', workingDirectory: '/opt/new', commandLine: '', commandLineArguments: '', tenantObject: '', port: '', state: 'planned',
};

/** What the help page of the vendor calls mergeable, in the product's names. */
const mergeable = [
  'options', 'annex', 'connections', 'ports', 'timeout', 'autoRestart', 'commandLineArguments', 'commandLine', 'state', 'shutdownTimeout', 'attempts', 'redundancyType', 'isPrimary', 'startupTimeout',
];

describe('mergeApplication', () => {
  it('lets existing values win, adds missing ones, and takes version and folder from the package', () => {
    const fromPackage: ApplicationObject = { ...bare, commandLine: './lca', commandLineArguments: '-app x', options: { log: { verbose: 'all', segment: '1' }, general: { a: 'b' } } };
    const { application, kept, added, values } = mergeApplication(existing, fromPackage);
    assert.deepEqual(application, {
      ...existing, version: '8.5', workingDirectory: '/opt/new', commandLineArguments: '-app x',
      options: { log: { verbose: 'none', old: '1', segment: '1' }, general: { a: 'b' } },
    });
    assert.deepEqual([kept, added], [2, 3]);
    assert.deepEqual(values.map(({ name, existing: before = '–', fresh = '–', result, why }) => `${name}: ${before} | ${fresh} | ${result} ${why}`), [
      'version: 8.1 | 8.5 | 8.5 newVersion', 'workingDirectory: /opt/old | /opt/new | /opt/new newVersion', 'commandLine: ./mine | ./lca | ./mine existingKept',
      'commandLineArguments: – | -app x | -app x added', 'tenantObject: Environment | – | Environment existingKept', 'port: 4999 | – | 4999 existingKept',
      'log/verbose: none | all | none existingKept', 'log/old: 1 | – | 1 existingKept', 'log/segment: – | 1 | 1 added', 'general/a: – | b | b added',
    ]);
  });

  for (const what of mergeable) {
    it(`keeps ${what} of an existing object, fills in what it lacks, and lets what was entered win over both`, () => {
      const of = (value: string, id: string): ApplicationObject => {
        const base = { ...bare, id };
        if ((applicationTables as readonly string[]).includes(what)) return { ...base, [what]: { row: { key: value } } };
        return (applicationSettings as readonly string[]).includes(what) ? { ...base, settings: { [what]: value } } : { ...base, [what]: value };
      };
      const key = { ...valuesOf(of('x', 'a1')).find(({ value }) => value === 'x')!, value: 'entered' };
      const valueIn = (application: ApplicationObject): string | undefined => valuesOf(application).find((one) => keyText(one) === keyText(key))?.value;
      assert.equal(valueIn(mergeApplication(of('mine', 'a1'), of('new', 'a2')).application), 'mine');
      assert.equal(valueIn(mergeApplication(bare, of('new', 'a2')).application), 'new');
      assert.equal(valueIn(mergeApplication(of('mine', 'a1'), bare).application), 'mine');
      assert.equal(valueIn(mergeApplication(of('mine', 'a1'), of('new', 'a2'), [key]).application), 'entered');
    });
  }

  it('makes an object where there is none, with what was entered', () => {
    const entered: PlacedValue[] = [{ part: 'connections', section: 'MessageServer', key: 'mode', value: 'CFGTMBoth' }, { part: 'field', section: '', key: 'port', value: '5000' }];
    const { application, values } = mergeApplication(undefined, { ...bare, port: '4000' }, entered);
    assert.deepEqual(application, { ...bare, port: '5000', connections: { MessageServer: { mode: 'CFGTMBoth' } } });
    assert.deepEqual(values.map(({ name, why }) => [name, why]), [['version', 'newVersion'], ['workingDirectory', 'added'], ['port', 'entered'], ['connections/MessageServer/mode', 'entered']]);
  });

  it('empties a field that was emptied, and shows it', () => {
    const { application, values } = mergeApplication({ ...existing, settings: { attempts: '3' } }, bare, [{ part: 'field', section: '', key: 'attempts', value: '' }]);
    assert.deepEqual(application.settings, {});
    assert.deepEqual(values.find(({ key }) => key === 'attempts'), { part: 'field', section: '', key: 'attempts', name: 'attempts', existing: '3', fresh: '', result: '', why: 'entered' });
  });

  it('moves the object to the name that was planned, and keeps what it is', () => {
    const { application } = mergeApplication({ ...existing, permissions: { Operators: { access: 'read' } } }, { ...bare, name: 'LCA_new' });
    assert.deepEqual([application.id, application.name, application.type, application.state, application.permissions], ['a1', 'LCA_new', 107, 'enabled', { Operators: { access: 'read' } }]);
  });

  it('survives sections and options with names of JavaScript’s own', () => {
    const options = JSON.parse('{"__proto__":{"constructor":"x","__proto__":"y"}}') as ApplicationObject['options'];
    const { application, added } = mergeApplication(existing, { ...bare, options });
    assert.equal(added, 2);
    assert.deepEqual(Object.keys(application.options), ['log', '__proto__']);
  });

  it('holds for every object: entered wins, then existing, then the package; nothing else is touched', () => {
    fc.assert(fc.property(objects, objects, fc.array(placed, { maxLength: 8 }), (before, fresh, entries) => {
      const entered = entries.filter((entry) => canBeEntered(entry));
      const { application, values } = mergeApplication(before, fresh, entered);
      const [was, offered, wanted, is] = [before, fresh, undefined, application].map((one) => new Map((one ? valuesOf(one) : entered).map((value) => [keyText(value), value.value])));
      for (const [key, value] of was!) {
        if (!wanted!.has(key) && !ofInstallation.has(key)) assert.equal(is!.get(key), value, 'existing wins');
      }
      for (const [key, value] of offered!) {
        if (!wanted!.has(key) && (!was!.has(key) || ofInstallation.has(key))) assert.equal(is!.get(key), value, 'missing is filled in');
      }
      for (const [key, value] of wanted!) assert.equal(is!.get(key) ?? '', value, 'entered wins');
      for (const key of is!.keys()) assert.ok(was!.has(key) || offered!.has(key) || wanted!.has(key), 'nothing comes from nowhere');
      const rest = ({ id, tenantId, hostId, state }: ApplicationObject) => ({ id, tenantId, hostId, state });
      assert.deepEqual(rest(application), rest(before));
      // What is shown is what is done.
      assert.deepEqual(withValues(application, values.map(({ part, section, key, result }) => ({ part, section, key, value: result }))), application);
      assert.equal(values.length, new Set([...was!.keys(), ...offered!.keys(), ...wanted!.keys()]).size);
      // Again the same changes nothing.
      assert.deepEqual(mergeApplication(application, fresh, entered).application, application);
    }), { seed: 20261130, numRuns: 150 });
  });

});

describe('mergePlugIn', () => {
  it('adds options of the plug-in that GAX does not have, with what was entered for them', () => {
    const { application, values, added } = mergePlugIn(existing, { log: { verbose: 'all', segment: '1' }, reporting: { rows: '5' } }, [
      { part: 'options', section: 'reporting', key: 'rows', value: '9' }, { part: 'options', section: 'log', key: 'old', value: '2' }, { part: 'field', section: '', key: 'port', value: '1' },
    ]);
    assert.deepEqual(application, { ...existing, options: { log: { verbose: 'none', old: '1', segment: '1' }, reporting: { rows: '9' } } });
    assert.deepEqual([added, countOptions(existing)], [2, 2]);
    assert.deepEqual(values.filter(({ why }) => why !== 'equal').map(({ name, result, why }) => `${name}=${result} ${why}`), [
      'log/verbose=none existingKept', 'log/old=1 existingKept', 'log/segment=1 added', 'reporting/rows=9 added',
    ]);
  });

  it('holds for every GAX and plug-in: it only adds, every existing key-value pair stays, and nothing else is touched', () => {
    fc.assert(fc.property(objects, table, fc.array(placed, { maxLength: 8 }), (gax, options, entered) => {
      const { application, added } = mergePlugIn(gax, options, entered);
      for (const [section, row] of Object.entries(gax.options)) for (const [key, value] of Object.entries(row)) assert.equal(application.options[section]?.[key], value);
      for (const [section, row] of Object.entries(options)) for (const key of Object.keys(row)) assert.ok(Object.hasOwn(application.options[section] ?? {}, key), 'every option of the plug-in is there');
      assert.deepEqual({ ...application, options: {} }, { ...gax, options: {} });
      assert.equal(countOptions(application), countOptions(gax) + added);
      assert.deepEqual(replacedValues(gax, application), []);
      assert.deepEqual(mergePlugIn(application, options, entered).application, application);
    }), { seed: 20261130, numRuns: 100 });
  });
});

describe('replacedValues', () => {
  it('are what an object said and no longer says', () => {
    const after: ApplicationObject = { ...existing, version: '8.5', port: '', options: { log: { verbose: 'all', old: '1', fresh: 'x' } } };
    assert.deepEqual(replacedValues(existing, after), [
      { part: 'field', section: '', key: 'version', before: '8.1', after: '8.5' }, { part: 'field', section: '', key: 'port', before: '4999', after: '' },
      { part: 'options', section: 'log', key: 'verbose', before: 'none', after: 'all' },
    ]);
  });
});

describe('moveReferences', () => {
  it('lets every object that names another one name it by its new name, in connections and as Configuration Server', () => {
    const connected: ApplicationObject = { ...existing, id: 'b', name: 'URS', connections: { Old: { mode: 'x' }, Other: { mode: 'y' } } };
    const served: ApplicationObject = { ...existing, id: 'c', name: 'OCS', primaryServer: 'Old', backupServer: 'Spare' };
    const both: ApplicationObject = { ...existing, id: 'd', name: 'ICON', connections: { New: { id: 'mine' }, Old: { id: 'default', mode: 'x' } } };
    assert.deepEqual(moveReferences([connected, existing, served, both], 'Old', 'New').map(({ name, connections, primaryServer, backupServer }) => [name, connections, primaryServer, backupServer]), [
      ['URS', { New: { mode: 'x' }, Other: { mode: 'y' } }, '', ''],
      ['OCS', {}, 'New', 'Spare'],
      ['ICON', { New: { id: 'mine', mode: 'x' } }, '', ''],
    ]);
  });
});

const ofInstallation = new Set(['version', 'workingDirectory'].map((key) => keyText({ part: 'field', section: '', key })));
const word = fc.constantFrom('a', 'b', 'c', '__proto__', 'x/y');
const text = fc.constantFrom('', '1', '2', 'x');
const table: fc.Arbitrary<ValueTable> = fc.array(fc.tuple(word, fc.array(fc.tuple(word, text), { maxLength: 3 })), { maxLength: 3 })
  .map((rows) => Object.fromEntries(rows.filter(([, row]) => row.length > 0).map(([section, row]) => [section, Object.fromEntries(row)])));
const objects: fc.Arbitrary<ApplicationObject> = fc.record({
  version: fc.constantFrom('8.1', '8.5', '9.0'), workingDirectory: text, commandLine: text, commandLineArguments: text, tenantObject: text, port: text, primaryServer: text, backupServer: text,
  settings: fc.dictionary(fc.constantFrom(...applicationSettings), fc.constantFrom('1', '2'), { noNullPrototype: true }), options: table, annex: table, connections: table, ports: table, permissions: table,
}).map((values) => ({ ...bare, name: 'LCA_new', ...values }));
const placed: fc.Arbitrary<PlacedValue> = fc.oneof(
  fc.record({ part: fc.constant('field' as const), section: fc.constant(''), key: fc.constantFrom('port', 'commandLine', 'attempts', 'version', 'nonsense'), value: text }),
  fc.record({ part: fc.constantFrom(...applicationTables), section: word, key: word, value: text }),
);
