/** mkdir decides who gets the lock. Prints `taken`, `held` with the owner's line, or what went wrong. Arguments: folder, our owner line. */
export const takeScript = `lock=$1
mkdir -p -- "\${lock%/*}/" 2>/dev/null
if reason=$(LC_ALL=C mkdir -- "$lock" 2>&1); then
  chmod 0755 -- "$lock"
  if reason=$( (printf '%s\\n' "$2" >"$lock/owner") 2>&1); then echo taken; exit; fi
  rm -rf -- "$lock"
elif [ -d "$lock" ] || [ -L "$lock" ]; then
  echo held; cat -- "$lock/owner" 2>/dev/null; exit
fi
echo failed; printf '%s\\n' "$reason"
`;

/**
 * Replaces the owner of a lock, atomically, unless it has another one by now: of two that take a lock over, one gets it.
 * Prints as `takeScript` does. Arguments: folder, our owner line, the owner's line that is replaced.
 */
export const takeOverScript = `lock=$1
held() { echo held; cat -- "$lock/owner" 2>/dev/null; exit; }
if ! reason=$(LC_ALL=C mkdir -- "$lock/taking" 2>&1); then
  if [ -d "$lock/taking" ]; then held; fi
  echo failed; printf '%s\\n' "$reason"; exit
fi
trap 'rmdir -- "$lock/taking" 2>/dev/null' EXIT
if [ "$(cat -- "$lock/owner" 2>/dev/null)" != "$3" ]; then held; fi
if reason=$( (printf '%s\\n' "$2" >"$lock/owner.new" && mv -- "$lock/owner.new" "$lock/owner") 2>&1); then echo taken; exit; fi
echo failed; printf '%s\\n' "$reason"
`;
