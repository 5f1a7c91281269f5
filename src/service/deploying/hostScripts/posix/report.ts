/**
 * Asks a Linux host what a plan depends on and prints it as lines of `key<TAB>value`, read by `parseHostReport`. Changes
 * nothing. Arguments: staging folder, installation path (may be empty or missing), GAX directory (may be missing).
 *
 * Programs are taken to run from the target when their binary lies there, or when they are a Java program whose working
 * folder lies there; another user's processes show only to root.
 */
export const reportScript = `LC_ALL=C; export LC_ALL
staging=$1 target=\${2-} gax=\${3-}
say() { printf '%s\\t%s\\n' "$1" "$2"; }

folder() {
  name=$1
  say "$1.path" "$2"
  case $2 in /*) ;; *) return ;; esac
  p=$2 rest=
  while [ ! -d "$p" ] && [ -n "$p" ]; do
    if [ -e "$p" ]; then say "$1.blocked" yes; fi
    rest=/\${p##*/}$rest
    p=\${p%/*}
  done
  p=$(cd -P -- "\${p:-/}" 2>/dev/null && pwd -P) || return
  say "$1.existing" "$p"
  say "$1.real" "\${p%/}$rest"
  if [ -w "$p" ] && [ -x "$p" ]; then say "$1.writable" yes; fi
  say "$1.list" "$(ls -ldn -- "$p")"
  df -P -k -- "$p" | { read -r heading; if read -r line; then say "$name.space" "$line"; fi; }
}

say user "$(id -u)"
for tool in tar gzip mkdir df sha256sum head tail rm mv cat chmod; do
  command -v "$tool" >/dev/null 2>&1 || say missing "$tool"
done
if [ -r /etc/redhat-release ]; then say redhat "$(head -n 1 /etc/redhat-release)"; fi
if [ -r /etc/lsb-release ]; then say lsb "$(sed -n 's/^DISTRIB_RELEASE=//p' /etc/lsb-release)"; fi
if [ -e /lib/ld-linux.so.2 ]; then say loader32 yes; fi
folder staging "$staging"
folder temporary /tmp
for owner in "$staging"/*/run/pid; do
  id=\${owner%/run/pid}
  id=\${id##*/}
  pid=$(cat "$owner" 2>/dev/null) || continue
  if tr '\\0' '\\n' <"/proc/$pid/environ" 2>/dev/null | grep -qx "GAXPKG_DEPLOYMENT=$id"; then say installer "$id $pid"; fi
done
for mark in "$staging"/*/content; do
  id=\${mark%/content}
  if [ -O "\${mark%/content}" ] && [ ! -L "\${mark%/content}" ]; then say leftover "\${id##*/} $(cat "$mark" 2>/dev/null)"; fi
done
case $target in /*)
  folder target "$target"
  for entry in "$target"/* "$target"/.[!.]* "$target"/..?*; do
    if [ -e "$entry" ] || [ -L "$entry" ]; then say target.filled yes; break; fi
  done
  for backup in "$target"/backup_*; do if [ -d "$backup" ]; then say target.backup "\${backup##*/}"; fi; done
  if real=$(cd -P -- "$target" 2>/dev/null && pwd -P); then
    ls -l /proc/[0-9]*/exe /proc/[0-9]*/cwd 2>/dev/null | while read -r line; do
      case $line in
      *"/exe -> $real/"*) pid=\${line#* /proc/}; say process "\${pid%%/exe*} \${line#*/exe -> }" ;;
      *"/cwd -> $real" | *"/cwd -> $real/"*)
        pid=\${line#* /proc/} pid=\${pid%%/cwd*}
        program=$(readlink "/proc/$pid/exe")
        case $program in */java) say process "$pid $program" ;; esac ;;
      esac
    done
  fi
  ;;
esac
case $gax in /*)
  say gax.path "$gax"
  if [ -d "$gax/webapp/WEB-INF/lib" ]; then say gax.library yes; fi
  if [ -w "$gax/webapp/WEB-INF/lib" ] && [ -x "$gax/webapp/WEB-INF/lib" ]; then say gax.writable yes; fi
  ;;
esac
while read -r line; do say mount "$line"; done </proc/self/mounts
say end ''
`;
