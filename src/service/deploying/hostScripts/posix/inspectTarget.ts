/** Prints `backup<TAB>name` for each backup folder in the target, and `filled` when the target is not empty. Argument: target. */
export const inspectTargetScript = `cd -- "$1" 2>/dev/null || exit 0
for backup in backup_*; do if [ -d "$backup" ]; then printf 'backup\\t%s\\n' "$backup"; fi; done
if [ -n "$(ls -A . | head -n 1)" ]; then echo filled; fi
`;
