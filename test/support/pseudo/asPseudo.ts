const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const marked = 'áƀçđéƒğĥíĵķľɱñóþɋŕšţúṽŵẋýžÁƁÇĐÉƑĞĤÍĴĶĽṀÑÓÞɊŔŠŢÚṼŴẊÝŽ';

/** A template of ICU messages in brackets and with an accent on each letter, its placeholders and plural forms as they were. */
export function asPseudo(template: string): string {
  let depth = 0;
  let result = '';
  for (const letter of template) {
    if (letter === '{') depth += 1;
    if (letter === '}') depth -= 1;
    // Within one pair of braces stands the name of a placeholder, within two the words of a plural form.
    result += depth % 2 === 0 ? (marked[plain.indexOf(letter)] ?? letter) : letter;
  }
  return `⟦${result}⟧`;
}

export interface PlainTextOptions {
  /** Everything that came from a service or a host: names, paths, versions. */
  readonly data: readonly string[];
  /** What is never translated, or was entered: taken out just as it stands. */
  readonly entered?: readonly string[];
}

/** Those of some texts in which letters without an accent are left once the data is taken out: words that no catalogue has. */
export function findPlainWords(texts: Iterable<string>, { data, entered = [] }: PlainTextOptions): readonly string[] {
  const pieces = [...new Set([...entered, ...data.flatMap(piecesOf)])].sort((a, b) => b.length - a.length);
  return [...new Set(texts)].filter((text) => {
    const rest = pieces.reduce((left, piece) => left.replaceAll(piece, ' '), text.replaceAll(/\s+/g, ' '));
    return /[A-Za-z]{2}/.test(rest.replaceAll(ofIntl, ' '));
  });
}

/** Units, months and parts of times as `Intl` writes them: it knows its languages by itself. */
const ofIntl = /(?<![A-Za-z])(?:[KMGT]B|AM|PM|UTC|GMT|at|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|January|February|March|April|June|July|August|September|October|November|December)(?![A-Za-z])/g;

/** A piece of data, and what is shown of it: lines of a file, the name at the end of a path. A single word in lower case is left out: states and kinds are such, and are to be shown in words of ours. */
function piecesOf(data: string): readonly string[] {
  const lines = data.split(/[\n=[\]]/);
  return [data, ...lines, ...lines.flatMap((line) => line.split(/[/\\]/))].map((piece) => piece.replaceAll(/\s+/g, ' ').trim()).filter((piece) => piece.length > 1 && !/^[a-z]+$/.test(piece));
}
