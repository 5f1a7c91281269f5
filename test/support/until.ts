import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two looks, at least and at most. */
const [shortest, longest] = [10, 200];

/**
 * Waits until a condition holds, looking at once and then less and less often: a look may cost what is waited for its time.
 * Rejects after `limit` milliseconds with the name of what did not come.
 */
export async function until(holds: () => boolean | Promise<boolean>, what: string, limit = 30_000): Promise<void> {
  const begin = performance.now();
  while (!(await holds())) {
    const waited = performance.now() - begin;
    if (waited > limit) throw new Error(`waited ${limit} ms for ${what}`);
    await delay(Math.min(longest, Math.max(shortest, waited / 10)));
  }
}

/** Waits until what is read is what is expected. Rejects after `limit` milliseconds with what was read last, and as `read` does. */
export async function untilEqual<T extends string | number | boolean | undefined>(read: () => T | Promise<T>, expected: T, limit = 30_000): Promise<void> {
  const begin = performance.now();
  await until(async () => {
    const found = await read();
    if (found !== expected && performance.now() - begin > limit) throw new Error(`expected ${String(expected)}, and it stayed ${String(found)}`);
    return found === expected;
  }, String(expected), 2 * limit);
}
