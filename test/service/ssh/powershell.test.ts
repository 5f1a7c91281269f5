import assert from 'node:assert/strict';
import fc from 'fast-check';
import { powershellScripts } from '../../../src/service/deploying/hostScripts/powershell/powershellDialect';
import { bootstrap, callScript, createEndReader, frameScript, powershellCommand, powershellOptions, quotePowerShell } from '../../../src/service/deploying/ssh/powershell';
import { anyText } from '../../support/anyText';
import { commandLineToArgv, readScriptCall, wordsOf } from '../../support/windows/commandLines';
import { readSetupArguments } from '../../support/windows/setupExe';
import { setupArguments } from '../../../src/core/deployment/hostCommands';
import { isHostFolder } from '../../../src/core/hosts/hostPath';

describe('what is said to Windows', () => {
  for (const shell of ['cmd', 'powershell', 'bash'] as const) {
    it(`is a command line that ${shell} takes as it stands`, () => {
      const words = wordsOf(powershellCommand, shell);
      assert.equal(words.slice(0, -1).join(' '), `powershell.exe ${powershellOptions}`);
      assert.equal(Buffer.from(words.at(-1) ?? '', 'base64').toString('utf16le'), bootstrap);
    });
  }

  it('has arguments that PowerShell reads back, whatever is in them', () => {
    const hostile = fc.oneof(anyText(), fc.array(fc.constantFrom("'", '’', '‘', '‚', '‛', '"', '`', '$(x)', '\n}', ' ', '%PATH%', '\\', '& {', ';')).map((parts) => parts.join('')));
    fc.assert(fc.property(fc.array(hostile, { maxLength: 4 }), (args) => {
      const text = callScript('# gax-packages: report\nparam($a)', args);
      assert.deepEqual(readScriptCall(text), { name: 'report', body: '# gax-packages: report\nparam($a)', args });
    }));
    assert.equal(quotePowerShell('it’s'), "'it’’s'");
  });

  it('has a frame that says how many bytes of UTF-8 the script takes', () => {
    assert.equal(Buffer.from(frameScript('Say "é"')).toString(), '8\nSay "é"');
  });

  it('ends with an exit status of its own, in whatever pieces it comes', () => {
    fc.assert(fc.property(anyText({ maxLength: 60 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.array(fc.nat(40), { maxLength: 8 }), (words, code, cuts) => {
      const said = words.endsWith('\n') || words === '' ? words : `${words}\n`;
      const whole = Buffer.from(`${said}gax-packages-end ${code}\n`);
      const out: Buffer[] = [];
      const reader = createEndReader((bytes) => out.push(Buffer.from(bytes)));
      let at = 0;
      for (const size of [...cuts, whole.length]) {
        if (at < whole.length) reader.take(whole.subarray(at, at + size + 1));
        at += size + 1;
      }
      assert.equal(reader.end(), code);
      assert.equal(Buffer.concat(out).toString(), said);
    }));
    const cut: Buffer[] = [];
    const reader = createEndReader((bytes) => cut.push(Buffer.from(bytes)));
    reader.take(Buffer.from('oops\ngax-pack'));
    assert.deepEqual([reader.end(), Buffer.concat(cut).toString()], [undefined, 'oops\ngax-pack']);
  });

  it('has scripts without characters that Windows PowerShell would read in the code page, and without its newer words', () => {
    for (const [name, script] of Object.entries({ ...powershellScripts, bootstrap })) {
      assert.match(script, /^[\n\x20-\x7e]+$/, name);
      assert.doesNotMatch(script, /\?\?|\s\?\s|&&|\|\||::new\(|\$IsWindows/, name);
    }
  });

  it('starts setup.exe with paths that its own options part again', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_.~@+=#$é-]{0,8}[A-Za-z0-9_]$/);
    fc.assert(fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
      const folder = `C:\\${names.join('\\')}`;
      assert.ok(isHostFolder(folder), folder);
      const paths = { silentIni: `${folder}\\silent.ini`, resultLog: `${folder}\\result.log`, wizardLog: `${folder}\\wizard.log` };
      assert.deepEqual(readSetupArguments(setupArguments(paths)), { ini: paths.silentIni, log: paths.resultLog, wizard: paths.wizardLog });
      assert.deepEqual(commandLineToArgv(`setup.exe ${setupArguments(paths)}`), ['setup.exe', '/s', `/z-s '${paths.silentIni}' -sl '${paths.resultLog}' -t '${paths.wizardLog}'`]);
    }));
  });

  it('is judged by the rules of CommandLineToArgvW', () => {
    const examples: readonly (readonly [line: string, words: readonly string[]])[] = [
      ['p "a b c" d e', ['p', 'a b c', 'd', 'e']], ['p "ab\\"c" "\\\\" d', ['p', 'ab"c', '\\', 'd']], ['p a\\\\\\b d"e f"g h', ['p', 'a\\\\\\b', 'de fg', 'h']],
      ['p a\\\\\\"b c d', ['p', 'a\\"b', 'c', 'd']], ['p a\\\\\\\\"b c" d e', ['p', 'a\\\\b c', 'd', 'e']], ['"C:\\x y\\p.exe" ""', ['C:\\x y\\p.exe', '']],
    ];
    for (const [line, words] of examples) assert.deepEqual(commandLineToArgv(line), words, line);
  });
});
