import type { SolutionDefinition, SpdCommand } from '../formats/spd/read';
import { localName } from '../formats/xml/tree';
import type { PackageIdentity } from './identity';

/** What a repository keeps of a solution definition beside its bytes. */
export interface StoredSolution extends SolutionDefinition {
  /** Of its XML inside what was imported. */
  readonly path: string;
}

/** The path of a definition that was imported as XML alone: one file needs no archive, and its name is no part of it. */
export const loneDefinitionPath = 'solutionDefinition.xml';

/** Bytes; a definition is written by people. */
export const longestDefinition = 1024 * 1024;

/** A definition has no language and no system: name and version are all that it is known by. */
export function solutionIdentity({ name, version }: Pick<SolutionDefinition, 'name' | 'version'>): PackageIdentity {
  return { name, version, localeId: '', osGroup: '', computerTypes: [] };
}

/** A package that a definition installs, and whether the repository has it. */
export interface ReferredPackage {
  readonly longName: string;
  readonly version: string;
  /** The first place that names it. */
  readonly line: number;
  /** `computed`: the name or version is an expression, so nobody knows before a run. */
  readonly presence: 'present' | 'missing' | 'computed';
}

/** The packages that a definition refers to, each once, held against those that one tenant has. */
export function referredPackages(
  { profiles }: Pick<SolutionDefinition, 'profiles'>, present: readonly Pick<PackageIdentity, 'name' | 'version'>[],
): readonly ReferredPackage[] {
  const key = (name: string, version: string): string => JSON.stringify([name, version]);
  const known = new Set(present.map(({ name, version }) => key(name, version)));
  const found = new Map<string, ReferredPackage>();
  for (const { longName, version, line } of profiles.flatMap(({ packages }) => packages)) {
    const each = key(longName, version);
    if (found.has(each)) continue;
    const presence = `${longName}${version}`.includes('${') ? 'computed' : known.has(each) ? 'present' : 'missing';
    found.set(each, { longName, version, line, presence });
  }
  return [...found.values()];
}

/** Commands of whose work enough is public to do it. Of the others nothing but a name or a namespace is. */
const supported: ReadonlySet<string> = new Set(['script', 'if', 'installPackage']);

/** A command that this product cannot carry out, with every line it stands on. */
export interface UnsupportedCommand {
  readonly name: string;
  readonly lines: readonly number[];
}

/** The commands of a definition that are not supported, by name in the order of their first place. */
export function unsupportedCommands({ profiles }: { readonly profiles: readonly { readonly commands: readonly SpdCommand[] }[] }): readonly UnsupportedCommand[] {
  const found = new Map<string, number[]>();
  for (const { name, line } of profiles.flatMap(({ commands }) => commands)) {
    if (supported.has(localName(name))) continue;
    const lines = found.get(name);
    if (lines === undefined) found.set(name, [line]);
    else if (lines.at(-1) !== line) lines.push(line);
  }
  return [...found].map(([name, lines]) => ({ name, lines }));
}
