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

/** Replaces the owner of a lock, atomically. Arguments: folder, our owner line. */
export const takeOverScript = `if reason=$( (printf '%s\\n' "$2" >"$1/owner.new" && mv -- "$1/owner.new" "$1/owner") 2>&1); then echo taken; exit; fi
echo failed; printf '%s\\n' "$reason"
`;
