/** What the tokens of ssh_config(5) stand for; a token that is not there cannot be used at that place. */
export type Tokens = Readonly<Record<string, string>>;

/** Replaces `%h`, `%%` and the like. Undefined: a token that is not known at this place. */
export function expandTokens(text: string, tokens: Tokens): string | undefined {
  return replaceAll(text, /%(.?)/gs, (letter) => (letter === '%' ? '%' : tokens[letter]));
}

/** Replaces `${NAME}` by variables of the environment. Undefined: one that is not set, as with OpenSSH. */
export function expandVariables(text: string, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  return replaceAll(text, /\$\{([^}]*)\}/g, (name) => environment[name]);
}

/** Undefined as soon as one name stands for nothing. */
function replaceAll(text: string, pattern: RegExp, valueOf: (name: string) => string | undefined): string | undefined {
  const values = [...text.matchAll(pattern)].map(([, name = '']) => valueOf(name));
  if (values.includes(undefined)) return undefined;
  return text.replace(pattern, () => values.shift() ?? '');
}

/** `~` and `~/…` as a path from the root. Other users' home folders are not looked up. */
export function expandHome(path: string, homeFolder: string): string {
  return path === '~' || path.startsWith('~/') || path.startsWith('~\\') ? `${homeFolder}${path.slice(1)}` : path;
}
