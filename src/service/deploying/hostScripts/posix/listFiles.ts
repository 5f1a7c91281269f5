/**
 * Prints the files and links below an installation's folder, as `parseFileList` reads them; what the installer has put aside
 * there of earlier installations is left out. Ends with 66 when there is no such folder. Argument: the folder.
 */
export const listFilesScript = `LC_ALL=C; export LC_ALL
[ -e "$1" ] || exit 66
cd -- "$1" || exit 1
find . -path './backup_[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]_*' -prune -o \\( -type f -o -type l \\) -print0 </dev/null | tr '\\n\\0' '\\001\\n'
`;
