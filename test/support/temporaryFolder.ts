import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** All folders this process made, shared by the bundles of its test files: the root hooks look for what is left in them. */
const made = ((globalThis as { gaxTemporaryFolders?: Set<string> }).gaxTemporaryFolders ??= new Set());

/**
 * Gives every test of the surrounding `describe` a folder of its own, removed afterwards.
 * The path is short, since Unix sockets may lie in it (107 bytes at most).
 */
export function useTemporaryFolder(): () => string {
  let folder: string | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gp-'));
    made.add(folder);
  });
  afterEach(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    folder = undefined;
  });
  return () => {
    if (folder === undefined) throw new Error('useTemporaryFolder: called outside a test');
    return folder;
  };
}
