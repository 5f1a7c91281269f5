import { readFileSync, writeFileSync } from 'node:fs';
import type { KillPlan } from '../../support/killingFiles';

/** Durable operations that a service may make in a round; an import of 50 MB makes some 50. */
const longestRound = 60;
/** A pair of operations is common when at least this part of the services made it; others are chance meetings of the two clients. */
const common = 0.2;

/** A common pair of successive operations, and how often it was cut. */
export interface CutPair {
  readonly transition: string;
  readonly cut: number;
}

/** The two files through which the campaign and its killing service speak. */
export interface KillFiles {
  /** What the next service is to do, as a {@link KillPlan}. */
  readonly plan: string;
  /** What each service did, as `createKillingFiles` writes it. */
  readonly report: string;
}

/** What the next service is to do; without a pair and a number: to live. */
export function writePlan(files: KillFiles, plan: KillPlan = { transition: '', latest: 0 }): void {
  writeFileSync(files.plan, JSON.stringify(plan));
}

/** The common pair of operations that was cut least, or, for one round in three, any moment. */
export function choosePlan(files: KillFiles, random: (limit: number) => number): KillPlan {
  const latest = 1 + Math.floor(random(longestRound));
  const pairs = cutsByPair(files);
  const least = Math.min(...pairs.map(({ cut }) => cut));
  const candidates = pairs.filter(({ cut }) => cut === least);
  const chosen = candidates[Math.floor(random(candidates.length))];
  return chosen === undefined || random(3) < 1 ? { transition: '', latest } : { transition: chosen.transition, latest: longestRound };
}

/** The common pairs of successive operations, and how often each was cut. */
export function cutsByPair(files: KillFiles): readonly CutPair[] {
  const lines = readFileSync(files.report, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('!'));
  const services = lines.filter((line) => line.startsWith('start→')).length;
  const cutPairs = cuts(files);
  return [...new Set(lines)]
    .filter((pair) => !pair.startsWith('start→') && lines.filter((line) => line === pair).length >= services * common)
    .map((transition) => ({ transition, cut: cutPairs.filter((pair) => pair === transition).length }));
}

/** The pair that each kill between two operations has cut, in order. */
export function cuts(files: KillFiles): readonly string[] {
  return readFileSync(files.report, 'utf8').split('\n').filter((line) => line.startsWith('!')).map((line) => line.slice(1));
}
