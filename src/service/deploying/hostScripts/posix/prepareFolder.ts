import { removeCopies } from './removeCopies';

/**
 * Makes this deployment's own folder, or finds the one that an earlier attempt of the same content left. Prints `new`,
 * `present`, or what went wrong. Arguments: staging folder, our folder in it, SHA-256 of the content, a leftover's folder.
 */
export const prepareFolderScript = `root=$1 folder=$2 sha=$3 leftover=\${4-}
umask 077
fail() { echo failed; printf '%s\\n' "$1"; exit; }
remove() { rm -rf -- "$1"; }
${removeCopies}
reason=$(LC_ALL=C mkdir -p -- "$root" 2>&1) || fail "$reason"
if [ ! -e "$folder" ] && [ -n "$leftover" ]; then
  removeCopies "$leftover"
  mv -- "$leftover" "$folder" 2>/dev/null && rm -rf -- "$folder/run" "$folder/silent.ini" "$folder/result.log"
fi
if [ -L "$folder" ] || { [ -e "$folder" ] && [ ! -O "$folder" ]; }; then fail "$folder belongs to another user"; fi
if [ -d "$folder" ] && [ "$(cat -- "$folder/content" 2>/dev/null)" = "$sha" ]; then echo present; exit; fi
rm -rf -- "$folder"
reason=$( (LC_ALL=C mkdir -- "$folder" && mkdir -- "$folder/package" && printf '%s\\n' "$sha" >"$folder/content") 2>&1) || fail "$reason"
echo new
`;
