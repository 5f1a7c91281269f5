import { firstError, inOrder, type Problem } from '../problem';
import { findLines, type TextLines } from '../textLines';
import { parseXml } from '../xml/parse';
import { attribute, childElement, childElements, localName, textOf, type XmlElement, type XmlNode } from '../xml/tree';
import { checkSpd } from './rules';
import { spdSchema } from './schema';

/** One value that a dialog asks for. */
export interface SpdInput {
  readonly name: string;
  /** Empty when the file has none. */
  readonly title: string;
  /** `string`, `integer`, `boolean`, `password`, `selectOne`, `selectMultiple`, as written; `string` when the file has none. */
  readonly type: string;
  /** As written, expressions too; always empty for a password. */
  readonly defaultValue: string;
  readonly required: boolean;
  readonly description: string;
  readonly line: number;
}

export interface SpdDialog {
  readonly title: string;
  readonly description: string;
  readonly inputs: readonly SpdInput[];
}

/** One element of an execution, those below an `if` among them. */
export interface SpdCommand {
  /** With its prefix, as written, e.g. `os:execSQL`. */
  readonly name: string;
  readonly line: number;
}

/** A package that `installPackage` names. */
export interface SpdPackage {
  readonly longName: string;
  readonly version: string;
  readonly line: number;
}

export interface SpdProfile {
  /** e.g. `install`. */
  readonly name: string;
  readonly description: string;
  readonly summary: string;
  readonly dialogs: readonly SpdDialog[];
  /** In file order. */
  readonly commands: readonly SpdCommand[];
  readonly packages: readonly SpdPackage[];
}

/** What a solution package definition says, as far as lists and details show it. Texts are trimmed. */
export interface SolutionDefinition {
  readonly name: string;
  readonly version: string;
  /** Of the schema that it is written for, e.g. `2.0.0`. */
  readonly schemaVersion: string;
  /** As written, e.g. `${TENANT}`. */
  readonly deploymentKey: string;
  readonly description: string;
  readonly summary: string;
  readonly profiles: readonly SpdProfile[];
}

/**
 * Reads a solution package definition. Never throws. `definition` is missing when the file has an error of `checkSpd`, or no
 * name or version, by which it would be known; the first problem of severity `error` says why.
 */
export function readSpd(text: string): { readonly definition?: SolutionDefinition; readonly problems: readonly Problem[] } {
  const document = parseXml(text);
  const { root } = document;
  const problems: readonly Problem[] = inOrder([...checkSpd(document), ...(root && localName(root.name) === spdSchema.name ? checkIdentity(root) : [])]);
  if (root === undefined || firstError(problems)) return { problems };
  const lines = findLines(text);
  return {
    definition: {
      name: childText(root, 'name'),
      version: childText(root, 'version'),
      schemaVersion: valueOf(root, 'version').trim(),
      deploymentKey: childText(root, 'deploymentkey'),
      description: childText(root, 'description'),
      summary: childText(root, 'summary'),
      profiles: childElements(root, 'profile').map((profile) => readProfile(profile, lines)),
    },
    problems,
  };
}

/** The editor only expects name and version; who stores a definition cannot do without them. */
function checkIdentity(root: XmlElement): Problem[] {
  return ['name', 'version'].flatMap((element): Problem[] => {
    const found = childElement(root, element);
    if (found === undefined) return [{ code: 'xml.missing-element', severity: 'error', start: root.nameStart, end: root.nameEnd, args: { element, parent: root.name } }];
    return textOf(found).trim() === '' ? [{ code: 'xml.empty-value', severity: 'error', start: found.nameStart, end: found.nameEnd, args: { name: element } }] : [];
  });
}

function readProfile(profile: XmlElement, lines: TextLines): SpdProfile {
  const commands = childElements(profile, 'execution').flatMap(commandsOf);
  const lineOf = (element: XmlElement): number => lines.lineColumn(element.start).line;
  return {
    name: valueOf(profile, 'name'),
    description: childText(profile, 'description'),
    summary: childText(profile, 'summary'),
    dialogs: childElements(profile, 'dialog').map((dialog) => ({
      title: valueOf(dialog, 'title'),
      description: childText(dialog, 'description'),
      inputs: childElements(dialog, 'input').map((input) => readInput(input, lineOf(input))),
    })),
    commands: commands.map((command) => ({ name: command.name, line: lineOf(command) })),
    packages: commands.filter(({ name }) => localName(name) === 'installPackage')
      .map((command) => ({ longName: valueOf(command, 'longName'), version: valueOf(command, 'version'), line: lineOf(command) })),
  };
}

function readInput(input: XmlElement, line: number): SpdInput {
  const type = valueOf(input, 'type') || 'string';
  return {
    name: valueOf(input, 'name'), title: valueOf(input, 'title'), type, line,
    // What somebody wrote as a password's default is a secret all the same.
    defaultValue: type === 'password' ? '' : valueOf(input, 'default'),
    required: valueOf(input, 'required') === 'true',
    description: childText(input, 'description'),
  };
}

/** The commands of an execution, in file order; an `if` is one, and so is what stands in it. */
function commandsOf(execution: XmlElement): XmlElement[] {
  const commands: XmlElement[] = [];
  // A stack of its own: hostile nesting must not fill the call stack.
  const waiting: XmlNode[] = execution.children.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type !== 'element' || localName(node.name) === 'description') continue;
    commands.push(node);
    if (localName(node.name) !== 'if') continue;
    for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i] as XmlNode);
  }
  return commands;
}

function childText(parent: XmlElement, name: string): string {
  const found = childElement(parent, name);
  return found === undefined ? '' : textOf(found).trim();
}

function valueOf(element: XmlElement, name: string): string {
  return attribute(element, name)?.value ?? '';
}
