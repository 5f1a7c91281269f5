import { parse, parseExpressionAt, type AnyNode, type Options } from 'acorn';
import type { TextRange } from './problem';

/** Where a text stops being JavaScript, in UTF-16 units of it. */
export type ScriptError = TextRange;

/** A name in a text of JavaScript. */
export interface ScriptName extends TextRange {
  readonly name: string;
  /** `{name}`: the name is key and variable at once. */
  readonly shorthand: boolean;
  /** Declared or assigned here, for all scripts to see. */
  readonly declares: boolean;
}

export interface ReadScript {
  /** The first place that does not parse; the vendor's engine is another one, so this is no certainty. */
  readonly error: ScriptError | undefined;
  /** Names that stand for something outside of the functions and blocks they are used in; none where the text does not parse. */
  readonly names: readonly ScriptName[];
  /** Longer than {@link longestScript}: nothing is known of it. */
  readonly tooLong: boolean;
}

/** UTF-16 units. People write thousands; the parser takes a quarter of a second for these, between two keys of the one who edits. */
export const longestScript = 500_000;

const options: Options = { ecmaVersion: 'latest', sourceType: 'script', allowReturnOutsideFunction: true };

/** Reads a text as the body of a function. Nothing is run. */
export function readScript(text: string): ReadScript {
  return read(text, () => parse(text, options));
}

/** Reads a text as one expression. */
export function readExpression(text: string): ReadScript {
  return read(text, () => {
    const expression = parseExpressionAt(text, 0, options);
    // What follows the expression must say nothing: comments and blanks are all that parses with no statement.
    if (parse(text.slice(expression.end), options).body.length > 0) throw Object.assign(new SyntaxError('more than one expression'), { pos: expression.end });
    return expression;
  });
}

function read(text: string, parseText: () => AnyNode): ReadScript {
  if (text.length > longestScript) return { error: undefined, names: [], tooLong: true };
  try {
    return { error: undefined, names: globalNames(parseText()), tooLong: false };
  } catch (error) {
    // Nesting that is too deep for the parser says nothing about the text.
    return { error: error instanceof SyntaxError ? placeOf(error, text) : undefined, names: [], tooLong: false };
  }
}

const word = /[\w$\u0080-\uffff]+/y;

/** At the end of a text there is nothing to mark: its last character stands for what is missing behind it. */
function placeOf(error: SyntaxError & { readonly pos?: number; readonly raisedAt?: number }, text: string): ScriptError {
  const last = text.trimEnd().length;
  const start = Math.max(0, Math.min(error.pos ?? 0, last - 1));
  word.lastIndex = start;
  const end = word.test(text) ? word.lastIndex : Math.max(start + 1, Math.min(error.raisedAt ?? 0, last));
  const lineEnd = text.slice(start + 1, end).search(/[\r\n]/);
  return { start, end: Math.min(lineEnd < 0 ? end : start + 1 + lineEnd, text.length) };
}

/** Names that a function or a block keeps to itself. */
type Scope = ReadonlySet<string>;

interface Visit {
  readonly node: AnyNode;
  readonly shorthand?: boolean;
  readonly declares?: boolean;
}

/** Each node is visited once, and a name costs the same at any depth: a hostile script is long and deep. */
function globalNames(root: AnyNode): readonly ScriptName[] {
  const found: ScriptName[] = [];
  /** In how many of the scopes around the present node a name is declared. */
  const declared = new Map<string, number>();
  const count = (scope: Scope, by: number): void => {
    for (const name of scope) declared.set(name, (declared.get(name) ?? 0) + by);
  };
  const waiting: (Visit | { readonly leaves: Scope })[] = [{ node: root }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ('leaves' in next) {
      count(next.leaves, -1);
      continue;
    }
    const { node } = next;
    if (node.type === 'Identifier') {
      if ((declared.get(node.name) ?? 0) === 0) found.push({ name: node.name, start: node.start, end: node.end, shorthand: next.shorthand ?? false, declares: next.declares ?? false });
      continue;
    }
    if (opensScope(node)) {
      const own = ownNames(node);
      count(own, 1);
      waiting.push({ leaves: own });
    }
    const declares = /Pattern|Property|RestElement/.test(node.type) && next.declares;
    for (const child of partsOf(node)) waiting.push({ ...child, ...(declares && { declares }) });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The nodes inside of a node in which names are variables: no properties, keys or labels. */
function partsOf(node: AnyNode): readonly Visit[] {
  switch (node.type) {
    case 'MemberExpression':
      return node.computed ? [{ node: node.object }, { node: node.property }] : [{ node: node.object }];
    case 'Property':
      return [...(node.computed ? [{ node: node.key }] : []), { node: node.value, shorthand: node.shorthand }];
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return [...(node.computed ? [{ node: node.key }] : []), ...(node.value ? [{ node: node.value }] : [])];
    case 'LabeledStatement':
      return [{ node: node.body }];
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return [];
    case 'VariableDeclarator':
      return [{ node: node.id, declares: true }, ...(node.init ? [{ node: node.init }] : [])];
    case 'AssignmentExpression':
      return [{ node: node.left, declares: node.operator === '=' }, { node: node.right }];
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return childNodes(node).map((child) => ({ node: child, declares: child === node.id }));
    default:
      return childNodes(node).map((child) => ({ node: child }));
  }
}

function childNodes(node: AnyNode): AnyNode[] {
  return Object.values(node).flat().filter((value): value is AnyNode => typeof value === 'object' && value !== null && 'type' in value && 'start' in value);
}

/** A `Program` opens none: what it declares is for all scripts to see. */
function opensScope(node: AnyNode): boolean {
  return /Function|BlockStatement|^For|CatchClause|ClassExpression/.test(node.type);
}

/** The names that a function or block declares, those of nested functions left out. */
function ownNames(scope: AnyNode): Scope {
  const names = new Set<string>();
  const addPattern = (pattern: AnyNode): void => {
    if (pattern.type === 'Identifier') names.add(pattern.name);
    else if (pattern.type === 'Property') addPattern(pattern.value);
    else if (pattern.type === 'AssignmentPattern') addPattern(pattern.left);
    else if (/Pattern|RestElement/.test(pattern.type)) childNodes(pattern).forEach(addPattern);
  };
  const addDirect = (node: AnyNode): void => {
    if (node.type === 'VariableDeclaration' && node.kind !== 'var') for (const { id } of node.declarations) addPattern(id);
    else if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id) names.add(node.id.name);
  };
  if (scope.type === 'FunctionExpression' || scope.type === 'ClassExpression') if (scope.id) names.add(scope.id.name);
  if (scope.type === 'CatchClause' && scope.param) addPattern(scope.param);
  // The body of a function is a block of its own, which has what is declared in it.
  if (!/Function/.test(scope.type)) {
    childNodes(scope).forEach(addDirect);
    return names;
  }
  if ('params' in scope) scope.params.forEach(addPattern);
  const waiting = childNodes(scope);
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'VariableDeclaration' && node.kind === 'var') for (const { id } of node.declarations) addPattern(id);
    if (!/Function/.test(node.type)) for (const child of childNodes(node)) waiting.push(child);
  }
  return names;
}
