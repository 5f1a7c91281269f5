import assert from 'node:assert/strict';
import type { Problem } from '../../../src/core/formats/problem';
import { diagnoseText, type TextFormatId } from '../../../src/core/language/diagnose';
import { goodFile } from './goodFiles';

/** A change to the good file. In `to`, ⟦ and ⟧ mark where the problem must be; they are taken out. */
export type Break = readonly [code: string, from: string | RegExp, to: string, otherFile?: string];
/** A change that comes close to breaking the rule, and does not. */
export type NearMiss = readonly [code: string, from: string | RegExp, to: string, otherFile?: string];

export interface RuleCases {
  readonly format: TextFormatId;
  /** The good file that is changed unless a case names another one. */
  readonly file: string;
  /** Every rule of the format; each needs a break and a near miss. */
  readonly codes: readonly string[];
  /** Rules that a good file's near misses cannot show, with the reason. */
  readonly breaks: readonly Break[];
  readonly nearMisses: readonly NearMiss[];
  readonly diagnose?: (text: string) => readonly Problem[];
}

/** Breaks a good file once for each rule: exactly that rule must be reported, at the exact place. Near misses must stay silent. */
export function describeRules({ format, file, codes, breaks, nearMisses, diagnose = (text) => diagnoseText(format, text) }: RuleCases): void {
  describe(`the rules of ${format}`, () => {
    for (const [code, from, to, otherFile = file] of breaks) {
      it(`report ${code} for ${shorten(to)}`, () => {
        const { text, start, end } = unmark(change(goodFile(otherFile).text, from, to));
        assert.deepEqual(diagnose(text).map(({ code: found, start: from_, end: to_ }) => [found, from_, to_, text.slice(from_, to_)]), [[code, start, end, text.slice(start, end)]]);
      });
    }

    for (const [code, from, to, otherFile = file] of nearMisses) {
      it(`stay silent about ${code} for ${shorten(to)}`, () => {
        assert.deepEqual(diagnose(change(goodFile(otherFile).text, from, to)).map((problem) => problem.code), []);
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
