/**
 * A folder that is made beside the lock, with its owner in it, is moved to the lock's name: that decides who gets it, and a
 * connection that breaks in between leaves no lock without an owner. Such a folder is named by the process that makes it; one
 * whose process was killed in that moment is removed by the next who locks as the same user. Numbers of processes are used
 * again, so one that is at it must have the lock among its arguments. Prints `taken`, `held` with the owner's line, or what went
 * wrong. Arguments: folder, our owner line.
 */
export const takeScript = `lock=$1 new=$1.$$
for stray in "$lock".*; do
  pid=\${stray##*.}
  case $pid in *[!0-9]*) continue ;; esac
  if [ ! -d "$stray" ] || [ -L "$stray" ] || [ ! -O "$stray" ]; then continue; fi
  if tr '\\0' '\\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -qxF -e "$lock"; then continue; fi
  rm -rf -- "$stray"
done
trap 'rm -rf -- "$new"' EXIT
mkdir -p -- "\${lock%/*}/" 2>/dev/null
if reason=$( (LC_ALL=C mkdir -- "$new" && chmod 0755 -- "$new" && printf '%s\\n' "$2" >"$new/owner") 2>&1); then
  if [ ! -L "$lock" ] && reason=$(LC_ALL=C mv -T -- "$new" "$lock" 2>&1 </dev/null); then echo taken; exit; fi
fi
if [ -d "$lock" ] || [ -L "$lock" ]; then echo held; cat -- "$lock/owner" 2>/dev/null; exit; fi
echo failed; printf '%s\\n' "$reason"
`;

/**
 * Replaces the owner of a lock, atomically, unless it has another one by now: of two that take a lock over, one gets it. Who
 * was killed at it ten minutes ago stands in nobody's way any more. Prints as `takeScript` does. Arguments: folder, our owner line, the owner's line that is replaced.
 */
export const takeOverScript = `lock=$1
held() { echo held; cat -- "$lock/owner" 2>/dev/null; exit; }
if [ -n "$(find "$lock/taking" -prune -mmin +10 2>/dev/null)" ]; then rmdir -- "$lock/taking" 2>/dev/null; fi
if ! reason=$(LC_ALL=C mkdir -- "$lock/taking" 2>&1); then
  if [ -d "$lock/taking" ]; then held; fi
  echo failed; printf '%s\\n' "$reason"; exit
fi
trap 'rmdir -- "$lock/taking" 2>/dev/null' EXIT
if [ "$(cat -- "$lock/owner" 2>/dev/null)" != "$3" ]; then held; fi
if reason=$( (printf '%s\\n' "$2" >"$lock/owner.new" && mv -- "$lock/owner.new" "$lock/owner") 2>&1); then echo taken; exit; fi
echo failed; printf '%s\\n' "$reason"
`;
