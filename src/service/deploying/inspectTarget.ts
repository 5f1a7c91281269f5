import { connectionOf, type HostWork } from './hostWork';
import { runScript } from './shell';

/** Prints `backup<TAB>name` for each backup folder in the target, and `filled` when the target is not empty. Argument: target. */
const inspectScript = `cd -- "$1" 2>/dev/null || exit 0
for backup in backup_*; do if [ -d "$backup" ]; then printf 'backup\\t%s\\n' "$backup"; fi; done
if [ -n "$(ls -A . | head -n 1)" ]; then echo filled; fi
`;

/**
 * Says where the installer put what was in its target before. After an installation that did not succeed the target is
 * something that is left: half of the new files may be there, and the old ones in the backup.
 */
export async function inspectTarget(work: HostWork, signal: AbortSignal): Promise<void> {
  const target = work.facts?.target;
  if (!target) return;
  const { stdout } = await runScript(connectionOf(work), inspectScript, [target.path], { signal });
  const lines = stdout.split('\n');
  const backups = lines.flatMap((line) => (line.startsWith('backup\t') ? [line.slice('backup\t'.length)] : [])).filter((name) => !target.backups.includes(name));
  for (const name of backups) work.journal.fact('backup', `${target.path}/${name}`);
  const changed = backups.length > 0 || (!target.filled && lines.includes('filled'));
  if (changed && !work.installed) work.left.push(target.path);
}
