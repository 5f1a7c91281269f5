/** What the files of one test process share, though each is a bundle of its own. */
const shared = globalThis as { gaxEnds?: (() => Promise<void>)[] };

/** Has the root hooks end something that several files of this test process use. */
export function atEndOfTests(end: () => Promise<void>): void {
  (shared.gaxEnds ??= []).push(end);
}

/** Ends all of it, what was made last first. */
export async function endSharedParts(): Promise<void> {
  for (let end = shared.gaxEnds?.pop(); end !== undefined; end = shared.gaxEnds?.pop()) await end();
}
