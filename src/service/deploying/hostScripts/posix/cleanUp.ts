import { removeCopies } from './removeCopies';

/**
 * Removes what a deployment put on the host: copies of the vendor's wrapper, the deployment's folder, the staging folder when
 * it is empty then, and the lock when it is ours. Prints `removed<TAB>path` and `left<TAB>path`. Arguments: deployment's
 * folder, lock folder, deployment id, `keep` or nothing: of the folder keep the package with its mark, and nothing else, for a
 * later attempt; then prints `kept<TAB>path` where there is one.
 */
export const removeScript = `folder=$1 lock=$2 id=$3 keep=\${4-}
remove() {
  if [ -e "$1" ] || [ -L "$1" ]; then
    rm -rf -- "$1" 2>/dev/null
    if [ -e "$1" ] || [ -L "$1" ]; then printf 'left\\t%s\\n' "$1"; else printf 'removed\\t%s\\n' "$1"; fi
  fi
}
${removeCopies}
removeCopies "$folder"
if [ -n "$keep" ] && [ -d "$folder/package" ] && [ -f "$folder/content" ]; then
  for entry in "$folder"/* "$folder"/.[!.]*; do
    case $entry in "$folder/package" | "$folder/content") ;; *) remove "$entry" ;; esac
  done
  printf 'kept\\t%s\\n' "$folder"
else
  remove "$folder"
  rmdir -- "\${folder%/*}" 2>/dev/null
fi
case $(cat -- "$lock/owner" 2>/dev/null) in *"\\"deployment\\":\\"$id\\""*) remove "$lock" ;; esac
exit 0
`;

/** Prints those of its arguments that exist and are no lock of another deployment, one a line. */
export const remainingScript = `for path in "$@"; do
  if [ -e "$path" ] && [ ! -e "$path/owner" ]; then printf 'left\\t%s\\n' "$path"; fi
done
`;
