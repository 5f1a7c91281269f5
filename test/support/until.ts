import { setTimeout as delay } from 'node:timers/promises';

/** Waits until a condition holds, looking every 10 ms. Rejects after `limit` milliseconds with the name of what did not come. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, limit = 30_000): Promise<void> {
  const begin = performance.now();
  while (!(await holds())) {
    if (performance.now() - begin > limit) throw new Error(`waited ${limit} ms for ${what}`);
    await delay(10);
  }
}

/** Waits until what is read is what is expected. Rejects as `until` does, with what was read last. */
export async function untilEqual<T extends string | number | boolean | undefined>(read: () => T | Promise<T>, expected: T, limit?: number): Promise<void> {
  let last: T | undefined;
  const isReached = async (): Promise<boolean> => {
    last = await read();
    return last === expected;
  };
  await until(isReached, `${String(expected)}`, limit).catch((error: unknown) => {
    throw new Error(`expected ${String(expected)}, and it stayed ${String(last)}`, { cause: error });
  });
}
