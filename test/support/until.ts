import { setTimeout as delay } from 'node:timers/promises';

/** Waits until a condition holds, looking every 10 ms. Rejects after `limit` milliseconds with the name of what did not come. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, limit = 30_000): Promise<void> {
  const begin = performance.now();
  while (!(await holds())) {
    if (performance.now() - begin > limit) throw new Error(`waited ${limit} ms for ${what}`);
    await delay(10);
  }
}
