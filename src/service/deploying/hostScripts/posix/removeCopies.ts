/**
 * Shell function: removes the copies that the vendor's wrapper made in /tmp of a package below a folder; each says in
 * `launch_directory.txt` where it was started. Uses the function `remove`.
 */
export const removeCopies = `removeCopies() {
  for note in /tmp/*/launch_directory.txt "\${TMPDIR:-/tmp}"/*/launch_directory.txt; do
    if [ -O "$note" ] && grep -qsF -- "$1/" "$note"; then remove "\${note%/launch_directory.txt}"; fi
  done
}
`;
