import assert from 'node:assert/strict';
import type { Problem } from '../../../src/core/formats/problem';
import { diagnoseText, type TextFormatId } from '../../../src/core/language/diagnose';
import { goodFile, goodTexts } from './goodFiles';

/** A change to the good file. In `to`, ⟦ and ⟧ mark where the problem must be; they are taken out. */
export type Break = readonly [code: string, from: string | RegExp, to: string, onlyFile?: string];
/** A change that comes close to breaking the rule, and does not. */
export type NearMiss = readonly [code: string, from: string | RegExp, to: string, onlyFile?: string];

export interface RuleCases {
  /** What the rules are called by. */
  readonly format: string;
  /** The good text that is changed unless a case names a file of its own. */
  readonly good: string;
  /** More good texts: each is broken in every way that it holds the place for, and must show the same rule. */
  readonly others?: readonly string[];
  /** Every rule of the format; each needs a break and a near miss. */
  readonly codes: readonly string[];
  readonly breaks: readonly Break[];
  readonly nearMisses: readonly NearMiss[];
  readonly diagnose: (text: string) => readonly Problem[];
}

/** The same for a format of which good files are kept: all of them are broken. */
export function describeRules({ format, file, ...cases }: Omit<RuleCases, 'format' | 'good' | 'diagnose'> & { readonly format: TextFormatId; readonly file: string; readonly diagnose?: RuleCases['diagnose'] }): void {
  const others = goodTexts().filter((other) => other.format === format && other.name !== file).map(({ text }) => text);
  describeRuleCases({ format, good: goodFile(file).text, others, diagnose: (text) => diagnoseText(format, text), ...cases });
}

/** Breaks a good text once for each rule: exactly that rule must be reported, at the exact place. Near misses must stay silent. */
export function describeRuleCases({ format, good, others = [], codes, breaks, nearMisses, diagnose }: RuleCases): void {
  const textsFor = (from: string | RegExp, onlyFile: string | undefined) =>
    (onlyFile !== undefined ? [goodFile(onlyFile).text] : [good, ...others.filter((text) => (typeof from === 'string' ? text.includes(from) : text.search(from) >= 0))]);

  describe(`the rules of ${format}`, () => {
    for (const [code, from, to, onlyFile] of breaks) {
      it(`report ${code} for ${shorten(to)}`, () => {
        for (const before of textsFor(from, onlyFile)) {
          const { text, start, end } = unmark(change(before, from, to));
          assert.deepEqual(diagnose(text).map(({ code: found, start: from_, end: to_ }) => [found, from_, to_, text.slice(from_, to_)]), [[code, start, end, text.slice(start, end)]]);
        }
      });
    }

    for (const [code, from, to, onlyFile] of nearMisses) {
      it(`stay silent about ${code} for ${shorten(to)}`, () => {
        for (const before of textsFor(from, onlyFile)) assert.deepEqual(diagnose(change(before, from, to)).map((problem) => problem.code), []);
      });
    }

    it('each have a case that breaks them and one that comes near', () => {
      const without = (cases: readonly (readonly [string, ...unknown[]])[]) => codes.filter((code) => !cases.some(([found]) => found === code));
      assert.deepEqual({ noBreak: without(breaks), noNearMiss: without(nearMisses) }, { noBreak: [], noNearMiss: [] });
    });
  });
}

function change(text: string, from: string | RegExp, to: string): string {
  // A function: what looks like `$&` in the replacement is meant as it stands.
  const changed = text.replace(from, () => to);
  assert.notEqual(changed, text, 'the change must change something');
  return changed;
}

/** Takes the marks out and gives the place between them. */
export function unmark(marked: string): { readonly text: string; readonly start: number; readonly end: number } {
  const start = marked.indexOf('⟦');
  const end = marked.indexOf('⟧') - 1;
  assert.ok(start >= 0 && end >= start, 'the change must mark a place');
  return { text: marked.replace('⟦', '').replace('⟧', ''), start, end };
}

function shorten(text: string): string {
  const line = JSON.stringify(text.trim());
  return line.length > 70 ? `${line.slice(0, 70)}…` : line;
}
