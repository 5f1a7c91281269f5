/** In the environment of the installer and of all it starts, so that every one of its processes can be found again. */
const mark = 'GAXPKG_DEPLOYMENT';

/**
 * Starts the installer in a session of its own, its output in files: so it outlives a connection that breaks, and a later
 * attempt can follow it or learn how it ended. Prints `started`, `running` (by an earlier attempt) or `ended`, each with
 * the process id where there is one, or `failed` with the reason. Without silent.ini nothing is started: a clean-up that came
 * before has taken it away. Arguments: run folder, installer folder, silent.ini, result log, deployment id, and the
 * installer's own log, which is for Windows.
 */
export const startScript = `run=$1
pid=$(cat "$run/pid" 2>/dev/null)
if [ -n "$pid" ] && tr '\\0' '\\n' <"/proc/$pid/environ" 2>/dev/null | grep -qx "${mark}=$5"; then echo "running $pid"; exit; fi
if [ -f "$run/exit" ] && [ "$(cat "$run/exit")" = 0 ]; then echo ended; exit; fi
rm -rf -- "$run" "$4"
if ! reason=$(LC_ALL=C mkdir -m 0700 -- "$run" 2>&1); then echo failed; printf '%s\\n' "$reason"; exit; fi
if ! cd -- "$2" 2>/dev/null; then echo failed; printf '%s\\n' "$2 is missing"; exit; fi
if [ ! -f "$3" ]; then echo failed; printf '%s\\n' "$3 is missing"; exit; fi
if [ ! -x ./install.sh ]; then echo failed; printf '%s\\n' "install.sh is not executable"; exit; fi
if command -v setsid >/dev/null 2>&1; then session=setsid; else session=; fi
${mark}=$5 $session sh -c '
  echo $$ >"$1/pid.new"; mv "$1/pid.new" "$1/pid"
  ./install.sh -s -fr "$2" -fl "$3"
  echo $? >"$1/exit.new"; mv "$1/exit.new" "$1/exit"
' sh "$run" "$3" "$4" >"$run/stdout" 2>"$run/stderr" </dev/null &
while [ ! -f "$run/pid" ] && kill -0 $! 2>/dev/null; do sleep 0.01 2>/dev/null || sleep 1; done
echo "started $(cat "$run/pid")"
`;

/**
 * Prints what the installer prints, on the same streams, until it has ended and all is printed. Each look costs the host
 * up to three processes, so they become rarer: an installation of minutes is not held up by those who watch it. Argument: run folder.
 */
export const followScript = `run=$1 looks=0
read -r pid <"$run/pid"
exec 3<"$run/stdout" 4<"$run/stderr"
while :; do
  if [ -f "$run/exit" ] || ! kill -0 "$pid" 2>/dev/null; then last=yes; else last=; fi
  if [ -s "$run/stdout" ]; then cat <&3; fi
  if [ -s "$run/stderr" ]; then cat <&4 >&2; fi
  if [ -n "$last" ]; then exit 0; fi
  looks=$((looks + 1))
  if [ "$looks" -le 5 ]; then pause=0.05; elif [ "$looks" -le 15 ]; then pause=0.1; elif [ "$looks" -le 25 ]; then pause=0.2; else pause=0.5; fi
  sleep "$pause" 2>/dev/null || sleep 1
done
`;

/**
 * Ends the installer with everything it has started: first asks (so that it can remove its own copy of the package), then
 * kills. Prints the processes that are still there as `left<TAB>pid program`. Arguments: run folder, deployment id, tenths of a second to wait.
 */
export const stopScript = `run=$1 id=$2 patience=$3
marked() {
  for file in $(grep -ls "${mark}=$id" /proc/[0-9]*/environ 2>/dev/null); do
    if tr '\\0' '\\n' <"$file" 2>/dev/null | grep -qx "${mark}=$id"; then file=\${file#/proc/}; echo "\${file%/environ}"; fi
  done
}
tell() {
  pid=$(cat "$run/pid" 2>/dev/null)
  if [ -n "$pid" ] && marked | grep -qx "$pid"; then kill "-$1" -- "-$pid" 2>/dev/null; fi
  for pid in $(marked); do kill "-$1" "$pid" 2>/dev/null; done
}
gone() {
  rounds=0
  while [ -n "$(marked)" ]; do
    rounds=$((rounds + 1))
    if [ "$rounds" -gt "$1" ]; then return 1; fi
    sleep 0.1 2>/dev/null || sleep 1
  done
}
if [ -n "$(marked)" ]; then
  tell TERM
  gone "$patience" || { tell KILL; gone 20; }
fi
for pid in $(marked); do printf 'left\\t%s %s\\n' "$pid" "$(readlink "/proc/$pid/exe")"; done
`;
