import { workspace } from 'vscode';
import { defaultProtectedTags, withOwnProtection } from '../../core/hosts/protection';
import type { Host } from '../../core/hosts/model';

/** Tags that this computer's setting protects beside those of the repository. */
export function readOwnProtectedTags(): readonly string[] {
  const tags: unknown = workspace.getConfiguration('gaxPackages').get('deploy.protectedTags');
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : defaultProtectedTags;
}

/** Hosts with all that protects them for a person of this window. */
export function protectedHere(hosts: readonly Host[]): readonly Host[] {
  const own = readOwnProtectedTags();
  return hosts.map((host) => withOwnProtection(host, own));
}
