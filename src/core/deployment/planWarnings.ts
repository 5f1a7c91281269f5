import type { ErrorData } from '../errors';
import { isWindowsPath } from '../hosts/hostPath';
import { compareVersions } from '../packages/version';
import type { HostFacts, PackageFacts } from './facts';
import type { HostInputs } from './hostInputs';
import type { ApplicationObject } from './model';
import type { HostPlan } from './plan';

/** So many backup folders are a heap: each holds a whole installation, and nobody but a person removes them. */
const manyBackups = 3;

/** What a person should consider before the plan of a host is run; nothing of it stands against it. */
export function planWarnings({ host, inputs, package: { identity, plugIn }, plan, facts, existing: found, merged, lostSecrets = [] }: {
  readonly host: string;
  readonly inputs: Pick<HostInputs, 'profile'>;
  readonly package: Pick<PackageFacts, 'identity' | 'plugIn'>;
  readonly plan: HostPlan;
  readonly facts: HostFacts | undefined;
  readonly existing: ApplicationObject | undefined;
  /** The application object as it will be. */
  readonly merged: ApplicationObject;
  /** Options that a roll back cannot give their secret again. */
  readonly lostSecrets?: readonly string[];
}): readonly ErrorData[] {
  const warnings: ErrorData[] = [];
  // What GAX itself is like says nothing of a plug-in in it.
  const existing = plugIn ? undefined : found;
  const target = merged.workingDirectory;
  if (plan.installPath === undefined) warnings.push({ code: 'deploy/install-path-open', args: { host } });
  if (existing && target !== '' && existing.workingDirectory !== '' && existing.workingDirectory !== target) {
    warnings.push({ code: 'deploy/installed-elsewhere', args: { host, version: existing.version, folder: existing.workingDirectory, target } });
  }
  if (facts?.gax?.hasLibrary === false) {
    const { directory } = facts.gax;
    warnings.push({ code: isWindowsPath(directory) ? 'plugIn/gax-elsewhere' : 'plugIn/not-gax-directory', args: { host, path: directory } });
  }
  const installed = facts?.target?.installed?.version ?? existing?.version ?? '';
  if (inputs.profile !== 'rollBack' && installed !== '' && compareVersions(identity.version, installed) < 0) {
    warnings.push({ code: 'deploy/version-down', args: { host, installed, version: identity.version } });
  }
  if (lostSecrets.length > 0) warnings.push({ code: 'deploy/secrets-lost', args: { host, application: merged.name, n: lostSecrets.length, options: lostSecrets.join(', ') } });
  if (facts?.target?.filled === true && facts.target.backups.length >= manyBackups) {
    warnings.push({ code: 'deploy/backups-pile-up', args: { host, folder: facts.target.path, n: facts.target.backups.length } });
  }
  return warnings;
}
