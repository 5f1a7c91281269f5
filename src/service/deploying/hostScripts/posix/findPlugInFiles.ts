import { gaxLibrary } from '../../../../core/deployment/plugIn';

/**
 * Says which programs of an installed plug-in are in GAX. Prints `gax<TAB>directory`, the first of the given ones that is a
 * GAX directory, then `there<TAB>path` or `missing<TAB>path` for each Java archive of the plug-in, and `end`. What the
 * installer has backed up is none of the plug-in. Arguments: plug-in path, GAX directories.
 */
export const findPlugInFilesScript = `LC_ALL=C; export LC_ALL
from=$1 gax=
say() { printf '%s\\t%s\\n' "$1" "$2"; }
shift
for directory in "$@"; do
  if [ -d "$directory/${gaxLibrary}" ]; then gax=$directory; break; fi
done
say gax "$gax"
cd -- "$from" || exit 0
sum() { sha256sum 2>/dev/null <"$1"; }
find . -name 'backup_*' -prune -o -type f -name '*.jar' -print | sort | while read -r file; do
  copy=$gax/${gaxLibrary}/\${file##*/}
  if [ -n "$gax" ] && [ -f "$copy" ] && [ "$(sum "$file")" = "$(sum "$copy")" ]; then say there "\${file#./}"; else say missing "\${file#./}"; fi
done
say end ''
`;
