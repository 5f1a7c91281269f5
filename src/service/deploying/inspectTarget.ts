import { childPath } from '../../core/hosts/hostPath';
import { connectionOf, type HostWork } from './hostWork';
import { runScript } from './shell';

/**
 * Says where the installer put what was in its target before. After an installation that did not succeed the target is
 * something that is left: half of the new files may be there, and the old ones in the backup.
 */
export async function inspectTarget(work: HostWork, signal: AbortSignal): Promise<void> {
  const target = work.facts?.target;
  if (!target) return;
  const { stdout } = await runScript(connectionOf(work), 'inspectTarget', [target.path], { signal });
  const lines = stdout.split(/\r?\n/);
  const backups = lines.flatMap((line) => (line.startsWith('backup\t') ? [line.slice('backup\t'.length)] : [])).filter((name) => !target.backups.includes(name));
  for (const name of backups) work.journal.fact('backup', childPath(target.path, name));
  const changed = backups.length > 0 || (!target.filled && lines.includes('filled'));
  if (changed && !work.installed) work.left.push(target.path);
}
