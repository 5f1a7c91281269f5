import assert from 'node:assert/strict';
import fc from 'fast-check';
import { valuesOf } from '../../../../src/core/configuration/applicationValue';
import { maskApplication, maskReplaced } from '../../../../src/core/configuration/maskedApplication';
import { replacedValues } from '../../../../src/core/configuration/mergeApplication';
import { maskTemplateOptions } from '../../../../src/core/configuration/maskedTemplateOptions';
import { readTemplate } from '../../../../src/core/configuration/templateContent';
import { nothingSaid, type ApplicationObject, type ValueTable } from '../../../../src/core/deployment/model';
import { mask } from '../../../../src/core/text/mask';
import { encodeUtf8 } from '../../../../src/core/text/utf8';

const application: ApplicationObject = {
  ...nothingSaid, id: 'a-1', name: 'GAX', tenantId: 'environment', hostId: 'h-1', type: 107, version: '9', workingDirectory: '/opt/gax', commandLine: './gax', commandLineArguments: '',
  tenantObject: '', port: '', primaryServer: '', backupServer: '', state: 'enabled',
};

/** No key or harmless value has it in it. */
const secret = '§hidden§';
const name = fc.stringMatching(/^[\w. -]{1,8}$/);
const secretName = fc.tuple(name, fc.constantFrom('password', 'Passwd', 'PASSPHRASE', 'pwd', 'client_secret')).map((parts) => parts.join(''));
const row = fc.tuple(fc.dictionary(name, name, { maxKeys: 3 }), fc.dictionary(secretName, fc.constantFrom(secret, ''), { maxKeys: 3 })).map(([plain, hidden]) => ({ ...plain, ...hidden }));
const table: fc.Arbitrary<ValueTable> = fc.dictionary(name, row, { maxKeys: 3 });

describe('an application object as it is kept', () => {
  it('holds no secret in any of its tables, and everything else as it was', () => {
    fc.assert(fc.property(table, table, table, (options, annex, connections) => {
      const kept = maskApplication({ ...application, options, annex, connections });
      assert.ok(!JSON.stringify(kept).includes(secret));
      const before = valuesOf({ ...application, options, annex, connections });
      assert.deepEqual(valuesOf(kept), before.map((value) => (value.value === secret ? { ...value, value: mask } : value)));
      assert.deepEqual(maskApplication(kept), kept);
    }), { numRuns: 30 });
  });

  it('tells of what was replaced only that it was a secret', () => {
    fc.assert(fc.property(table, table, (before, after) => {
      const replaced = replacedValues({ ...application, options: before }, { ...application, options: after }).map(maskReplaced);
      assert.ok(!JSON.stringify(replaced).includes(secret));
    }), { numRuns: 30 });
  });

  it('takes no default password from a template of any kind', () => {
    const xml = `<metaData><cfgApplication type="107"><configuration><options><section name="db"><parameter name="password"><format default="${secret}"/></parameter><parameter name="user"><format default="gax"/></parameter></section></options></configuration></cfgApplication></metaData>`;
    assert.deepEqual(readTemplate('xml', encodeUtf8(xml)).options, { db: { password: mask, user: 'gax' } });
    assert.deepEqual(readTemplate('tpl', encodeUtf8(`[db]\npassword = ${secret}\nuser = gax\n`)).options, { db: { password: mask, user: 'gax' } });
    assert.deepEqual(
      maskTemplateOptions({ path: 'a.tpl', options: [{ section: 'db', option: 'password', defaultValue: secret }, { section: 'db', option: 'pwd', defaultValue: '' }] }).options.map(({ defaultValue }) => defaultValue),
      [mask, ''],
    );
  });
});
