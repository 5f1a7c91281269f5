/** One `${…}` in a text. Offsets are those of the file. */
export interface SpdExpression {
  /** From the dollar to the closing brace. */
  readonly start: number;
  readonly end: number;
  /** What stands between the braces, as written. */
  readonly code: string;
  readonly codeStart: number;
  /** False where the text ends before the closing brace. */
  readonly closed: boolean;
}

/** The expressions between two offsets, in order. */
export function findExpressions(text: string, start: number, end: number): readonly SpdExpression[] {
  const found: SpdExpression[] = [];
  for (let at = text.indexOf('${', start); at >= 0 && at < end; at = text.indexOf('${', at)) {
    const close = closingBrace(text, at + 2, end);
    const codeEnd = close < 0 ? end : close;
    found.push({ start: at, end: close < 0 ? end : close + 1, code: text.slice(at + 2, codeEnd), codeStart: at + 2, closed: close >= 0 });
    at = codeEnd + 1;
  }
  return found;
}

/** Braces inside of strings and of object literals do not close an expression. */
function closingBrace(text: string, start: number, end: number): number {
  let depth = 0;
  let quote = '';
  for (let i = start; i < end; i++) {
    const character = text.charAt(i);
    if (quote !== '') {
      if (character === '\\') i++;
      else if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if (character === '{') depth++;
    else if (character === '}' && depth-- === 0) return i;
  }
  return -1;
}

/** Words and names of the language, and of the function that scripts may call. */
const ofLanguage = new Set((
  'true false null undefined NaN Infinity this new typeof instanceof in void delete function return var let const if else for while do switch case break '
  + 'continue default throw try catch finally of arguments JSON Math String Number Boolean Array Object Date RegExp Error parseInt parseFloat isNaN isFinite '
  + 'encodeURIComponent decodeURIComponent encodeURI decodeURI log'
).split(' '));

/** True for what JavaScript itself brings along. */
export function isOfLanguage(name: string): boolean {
  return ofLanguage.has(name);
}

/** The names that a script declares or assigns; read by eye, not by grammar: one too many does no harm. */
export function declaredNames(script: string): readonly string[] {
  const found = new Set<string>();
  for (const [, name = ''] of script.matchAll(/\b(?:var|let|const|function)\s+([A-Za-z_$][\w$]*)/g)) found.add(name);
  for (const [, name = ''] of script.matchAll(/(?:^|[;{}(,\s])([A-Za-z_$][\w$]*)\s*=(?!=)/g)) found.add(name);
  return [...found];
}

/** True for what can be the name of a variable. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && !ofLanguage.has(name);
}
