import assert from 'node:assert/strict';
import { encodeApd } from '../../../../../src/core/formats/apd/encode';
import type { ApdText } from '../../../../../src/core/formats/apd/model';
import { readTpl } from '../../../../../src/core/formats/tpl/read';

const options = [{ section: 'plug', option: 'size', defaultValue: '10' }];

describe('readTpl', () => {
  it('reads an application template by its first bytes', () => {
    const text = (value: string): ApdText => ({ text: value, encoding: 'utf8' });
    const { bytes } = encodeApd({
      mark: 0x10000, reserved: 0, name: { value: text('Plug') }, applicationType: 184, version: { value: text('9.0') }, state: 1,
      sections: { pairs: [{ key: text('plug'), value: { pairs: [{ key: text('size'), value: text('10'), start: 0, end: 0 }] }, start: 0, end: 0 }] },
    });
    assert.deepEqual(readTpl(bytes!), { template: { format: 'apd', applicationType: 184, version: '9.0', options }, problems: [] });
  });

  it('reads metadata XML', () => {
    const xml = '<metaData><cfgApplication type="184" version="9.0"><configuration><options><section name="plug"><parameter name="size"><format type="numeric" default="10"/></parameter></section></options></configuration></cfgApplication></metaData>';
    assert.deepEqual(readTpl(Buffer.from(xml)), { template: { format: 'xml', applicationType: 184, version: '9.0', options }, problems: [] });
  });

  it('reads option text, with blanks around the equals sign', () => {
    assert.deepEqual(readTpl(Buffer.from('\ufeff; options\r\n[plug]\r\nsize = 10\r\n')), { template: { format: 'text', options }, problems: [] });
  });

  it('reads options around a line it does not understand, and names that line', () => {
    const text = '[plug]\nsize = 10\nwhat is this\n';
    const { template, problems } = readTpl(Buffer.from(text));
    assert.deepEqual(template?.options, options);
    assert.deepEqual(problems.map((problem) => text.slice(problem.start, problem.end)), ['what is this']);
  });

  for (const [name, content] of [['words', Buffer.from('just words')], ['an empty file', Buffer.alloc(0)], ['binary data', Buffer.from([1, 0, 2, 0])], ['other XML', Buffer.from('<html/>')]] as const) {
    it(`says that ${name} cannot be read`, () => {
      const { template, problems } = readTpl(content);
      assert.equal(template, undefined);
      assert.equal(problems.length, 1);
    });
  }
});
