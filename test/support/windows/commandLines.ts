/** The default shells that OpenSSH for Windows can have (registry value `DefaultShell`). */
export type DefaultShell = 'cmd' | 'powershell' | 'bash';

/**
 * What a default shell makes of the command line that a client sent: the words that the program gets. sshd runs
 * `cmd.exe /c "LINE"`, `powershell.exe -c "LINE"` or `bash.exe -c "LINE"`, quotes in the line escaped in ways that differ by its
 * version. So a line that any of them would take apart differently is an error here, not a guess.
 */
export function wordsOf(line: string, shell: DefaultShell): readonly string[] {
  if (line.length > 8191) throw new Error(`cmd.exe takes at most 8191 characters: ${line.length}`);
  const special: Readonly<Record<DefaultShell, RegExp>> = {
    cmd: /["&|<>^%!()\r\n\t]/,
    powershell: /["'`$;|&(){}<>@#,\r\n\t\u2018-\u201f]/,
    bash: /["'`$;|&(){}<>*?[\]#~!\\\r\n\t]/,
  };
  const found = special[shell].exec(line);
  if (found) throw new Error(`${shell} would not take ${JSON.stringify(found[0])} as it stands: ${line.slice(0, 200)}`);
  const words = commandLineToArgv(line);
  // The bash of Git makes Windows paths of words that look like paths of POSIX.
  if (shell === 'bash') for (const word of words) if (/^\/|[=:]\//.test(word)) throw new Error(`bash would make a path of ${word}`);
  return words;
}

/**
 * The rules of CommandLineToArgvW, by which programs of Windows take their command line apart: blanks part words outside of
 * quotes; 2n backslashes before a quote are n, and the quote counts; 2n+1 are n and the quote is a character; a quote that
 * follows a closing one at once is a character. The first word, the program, knows no backslashes.
 */
export function commandLineToArgv(line: string): readonly string[] {
  const words: string[] = [];
  const program = /^"([^"]*)"?|^\S*/.exec(line);
  words.push(program?.[1] ?? program?.[0] ?? '');
  let at = program?.[0].length ?? 0;
  for (;;) {
    while (line[at] === ' ' || line[at] === '\t') at++;
    if (at >= line.length) return words;
    let word = '';
    let quoted = false;
    for (; at < line.length && (quoted || (line[at] !== ' ' && line[at] !== '\t')); at++) {
      let slashes = 0;
      while (line[at] === '\\') { slashes++; at++; }
      if (line[at] !== '"') {
        word += '\\'.repeat(slashes);
        at--;
        if (slashes === 0) word += line[++at] ?? '';
        continue;
      }
      word += '\\'.repeat(Math.floor(slashes / 2));
      if (slashes % 2 === 1) word += '"';
      else if (quoted && line[at + 1] === '"') { word += '"'; at++; }
      else quoted = !quoted;
    }
    words.push(word);
  }
}

/** A call of a script, `& {…} 'a' 'b'`, as PowerShell reads it. */
export interface ScriptCall {
  /** From its first line, `# gax-packages: NAME`. */
  readonly name: string;
  readonly body: string;
  readonly args: readonly string[];
}

/** Reads a call. In a literal each kind of single quote ends it, and two of them, of whatever kinds, stand for the second. */
export function readScriptCall(text: string): ScriptCall {
  // A brace in the first column that an argument follows, or nothing: within our scripts other words do.
  const end = text.search(/\n\}(?= ['\u2018-\u201b]|$)/);
  const name = /^& \{\n# gax-packages: (\w+)\n/.exec(text)?.[1];
  if (name === undefined || end < 0) throw new Error(`no call of a script: ${text.slice(0, 100)}`);
  const args: string[] = [];
  const rest = text.slice(end + 2);
  for (let at = 0; at < rest.length;) {
    if (rest[at] !== ' ' || !isQuote(rest[at + 1])) throw new Error(`no literal: ${rest.slice(at)}`);
    let value = '';
    for (at += 2; ; at++) {
      if (at >= rest.length) throw new Error('the literal does not end');
      if (!isQuote(rest[at])) value += rest[at] ?? '';
      else if (isQuote(rest[at + 1])) value += rest[++at] ?? '';
      else break;
    }
    args.push(value);
    at++;
  }
  return { name, body: text.slice(4, end), args };
}

function isQuote(character: string | undefined): boolean {
  return character !== undefined && /['\u2018-\u201b]/.test(character);
}
