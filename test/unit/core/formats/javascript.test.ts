import assert from 'node:assert/strict';
import { longestScript, readExpression, readScript } from '../../../../src/core/formats/javascript';

/** The names that come from outside; `=` before those that are declared or assigned, `:` behind those that are a key too. */
function names(script: string): string {
  const { error, names: found } = readScript(script);
  assert.equal(error, undefined);
  assert.ok(found.every(({ name, start, end }) => script.slice(start, end) === name));
  return found.map(({ name, declares, shorthand }) => `${declares ? '=' : ''}${name}${shorthand ? ':' : ''}`).join(' ');
}

describe('readScript', () => {
  for (const [script, expected] of [
    ['log(host.name + port)', 'log host port'],
    ['var a = 1; b = a; c += 1; function d() {}', '=a =b a c =d'],
    ['x = {port: port, host, [key]: 1}', '=x port host: key'],
    ['var {a, b: [c]} = d', '=a: =c d'],
    ['items.map(function (item) { var port = item; return port + host; })', 'items host'],
    ['items.map((item, ...rest) => item + rest + port)', 'items port'],
    ['{ let port = 1; log(port); } log(port)', 'log log port'],
    ['function f(port = host) { if (port) { var late; } return late + f; }', '=f host f'],
    ['try { run() } catch (error) { log(error) } for (let i = 0; i < n; i++) log(i)', 'run log n log'],
    ['loop: for (;;) { break loop } class A extends B { m() { return port } }', '=A B port'],
    ['function f() { { let port = 1; } return port; }', '=f port'],
    ['{ { var a } a } function g(b) { (function () { b; c }); }', '=a a =g c'],
    ['`a ${port} b` + /port/.source + "port" // port', 'port'],
  ] as const) {
    it(`finds the names of ${script}`, () => assert.equal(names(script), expected));
  }

  for (const [script, place] of [
    ["var a = 'x;\nlog(a)", "'x;"],
    ['log(1;', ';'],
    ['if (a) {', '{'],
    ['a b', 'b'],
    ['1 = 2', '1'],
    ['/* x', '/*'],
    ['let a; let a', 'a'],
  ] as const) {
    it(`marks ${JSON.stringify(place)} in ${JSON.stringify(script)}`, () => {
      const { error, names: found } = readScript(script);
      assert.equal(script.slice(error?.start, error?.end), place);
      assert.deepEqual(found, []);
    });
  }

  it('says nothing of what is nested too deeply to be read', () => {
    assert.deepEqual(readScript('('.repeat(200_000)), { error: undefined, names: [], tooLong: false });
  });

  it('leaves unread what is longer than anybody writes', () => {
    assert.deepEqual(readScript(`a = 1;${' '.repeat(longestScript)}`), { error: undefined, names: [], tooLong: true });
    assert.equal(readScript('a = 1;'.padEnd(longestScript)).names.length, 1);
  });
});

describe('readExpression', () => {
  it('takes one expression, whatever blanks and comments are around it', () => {
    for (const text of ['a', ' {a: 1}.a ', 'a // b', '/* c */ a, b', "'}'"]) assert.equal(readExpression(text).error, undefined, text);
  });

  it('refuses none, two, and statements', () => {
    for (const text of ['', ' ', 'a b', 'a;b', '1);(2', 'a +', 'var a', 'return a', 'a;']) assert.ok(readExpression(text).error, text);
  });
});
