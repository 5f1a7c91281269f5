/**
 * The `install.sh` of the sample packages. It behaves as the vendor's installer does in silent mode: arguments, grammar of the
 * response file, result log, exit codes, backup of a target that is not empty, checks, and the copy of itself in /tmp that
 * it runs from. Where TMPDIR is set that folder stands for /tmp, so that a sandbox stays in its own folder.
 *
 * Section `SandboxTest` of the response file makes it misbehave on purpose:
 * `Fail=TEXT` ends with that error · `FailLate=TEXT` the same, after the files are there · `Output=N` prints N lines ·
 * `EchoPassword=yes` prints the password · `WaitFor=PATH` waits until the path exists · `Hang=yes` never ends ·
 * `IgnoreTerm=yes` takes no notice of being asked to end · `NoLog=yes` writes no result log ·
 * `GarbledLog=yes` writes a broken one · `ExitCode=N`
 */
export const installerScript = `#!/bin/sh
# Sample installer. Usage: ./install.sh -s [-fr RESPONSE_FILE] [-fl RESULT_LOG]
umask 022
RESPONSE=
RESULT=/tmp/genesys_install_result.log
SILENT=no
ARGUMENTS="$*"
while [ $# -gt 0 ]; do
  case "$1" in
    -s) SILENT=yes ;;
    -fr) shift; RESPONSE=$1 ;;
    -fl) shift; RESULT=$1 ;;
    *) echo "Unknown argument $1"; exit 1 ;;
  esac
  shift
done
[ -n "$RESPONSE" ] || RESPONSE=$(pwd)/genesys_silent.ini

# The package is copied and run from its copy, as the vendor's wrapper does it.
if [ ! -f ./.exists ]; then
  COPY=\${TMPDIR:-/tmp}/$(date +%Y%m%d%H%M%S)_$$
  trap 'rm -rf "$COPY"' EXIT
  trap 'trap "" TERM; kill -TERM "$CHILD" 2>/dev/null; wait "$CHILD" 2>/dev/null; exit 1' HUP INT TERM
  mkdir -p "$COPY" && cp -R . "$COPY/" || { echo "Unable to copy the package to $COPY"; exit 1; }
  pwd > "$COPY/launch_directory.txt"
  : > "$COPY/.exists"
  # Arguments are passed on unquoted, so paths with blanks break, as they do in the vendor's wrapper.
  (cd "$COPY" && exec ./install.sh $ARGUMENTS) &
  CHILD=$!
  wait "$CHILD"
  exit $?
fi

long_name() { sed -n 's|.*<Long>\\(.*\\)</Long>.*|\\1|p' ip_description.xml | head -n 1; }
nickname() { sed -n 's|.*<Nickname>\\(.*\\)</Nickname>.*|\\1|p' ip_description.xml | head -n 1; }
attribute() { sed -n "s|.*<Release .*$1=\\"\\([^\\"]*\\)\\".*|\\1|p" ip_description.xml | head -n 1; }

# lookup SECTION KEY: sets FOUND and VALUE, and FILLED where the section holds anything. The first section of that name, the
# first such key, no trimming.
lookup() {
  INSIDE= FILLED= FOUND= VALUE=
  while IFS= read -r LINE; do
    if [ -z "$INSIDE" ]; then
      [ "$LINE" != "[$1]" ] || INSIDE=yes
      continue
    fi
    case $LINE in
      '['*']'*) break ;;
      '#'* | ';'* | '='*) ;;
      *=*)
        FILLED=yes
        if [ "\${LINE%%=*}" = "$2" ]; then FOUND=yes VALUE=\${LINE#*=}; break; fi ;;
    esac
  done <<END
$TEXT
END
}
value() { lookup "$1" "$2"; [ -z "$FOUND" ] || printf '%s\\n' "$VALUE"; [ -n "$FOUND" ]; }
section() { lookup "$1" ''; [ -n "$FILLED" ]; }

# required SECTION KEY: the value, which must be there and not be empty.
required() {
  section "$1" || fail "Section $1 was not found"
  GIVEN=$(value "$1" "$2") || fail "Key $2 of section $1 was not found"
  [ -n "$GIVEN" ] || fail "Key $2 of section $1 is empty"
}

finish() {
  CODE=$1; MESSAGE=$2
  if [ "$(value SandboxTest NoLog)" != yes ]; then
    if [ "$(value SandboxTest GarbledLog)" = yes ]; then
      printf '[GenesysProd\\0garbled' > "$RESULT"
    else
      {
        echo '[GenesysProductInfo]'
        echo 'File=ResultFile'
        echo "IPName=$(long_name)"
        echo "IPVersion=$(attribute Version)"
        echo "IPBuildNumber=$(attribute BuildNumber)"
        echo 'IPLanguage=English (United States)'
        echo '[Result]'
        echo "ResultCode=$CODE"
        echo "Error=$MESSAGE"
        echo 'Reboot=N'
      } > "$RESULT" 2>/dev/null || echo "Unable to write $RESULT"
    fi
  fi
  [ -z "$MESSAGE" ] || echo "ERROR: $MESSAGE"
  FORCED=$(value SandboxTest ExitCode)
  exit "\${FORCED:-$CODE}"
}
fail() { finish 1 "$1"; }

[ "$SILENT" = yes ] || { echo 'This sample package installs in silent mode only: ./install.sh -s'; exit 1; }
[ -f ip_description.xml ] || { echo 'ip_description.xml was not found in the package folder'; exit 1; }
TEXT=
[ -f "$RESPONSE" ] || fail "File $RESPONSE was not found"
# CR, LF, CR LF and LF CR end lines alike.
TEXT=$(tr '\\r' '\\n' < "$RESPONSE")
[ "$(value SandboxTest IgnoreTerm)" != yes ] || trap '' TERM

echo "$(long_name), version $(attribute Version)"

LINES_WANTED=$(value SandboxTest Output)
if [ -n "$LINES_WANTED" ]; then
  LINES_WANTED=$LINES_WANTED awk 'BEGIN { for (i = 1; i <= ENVIRON["LINES_WANTED"] + 0; i++) print "line " i " of the output that was asked for" }'
fi
WAIT=$(value SandboxTest WaitFor)
if [ -n "$WAIT" ]; then
  echo "Waiting for $WAIT"
  # Not for a test that is over: it takes the package away.
  while [ ! -e "$WAIT" ]; do [ -f ip_description.xml ] || exit 1; sleep 0.05; done
fi
if [ "$(value SandboxTest Hang)" = yes ]; then
  echo 'Hanging'
  while [ -f ip_description.xml ]; do sleep 1; done
  exit 1
fi
ASKED=$(value SandboxTest Fail)
[ -z "$ASKED" ] || fail "$ASKED"

if ! grep -q '<Product [^>]*License="NotRequired"' ip_description.xml; then
  [ "$(value License LicenseAgreement)" = Accepted ] || fail 'LicenseAgreement is not accepted in the response file'
fi
if [ "$(value License UseLicense)" = Required ]; then
  case "$(value License AccessType)" in
    LicenseFile) required License File; [ -f "$GIVEN" ] || fail "License file $GIVEN was not found" ;;
    LicenseManager)
      required License Host; case "$GIVEN" in *[!A-Za-z0-9.-]*) fail "Invalid license host $GIVEN" ;; esac
      required License Port; case "$GIVEN" in *[!0-9]*) fail "Invalid license port $GIVEN" ;; esac ;;
    *) fail 'Invalid value of key AccessType of section License' ;;
  esac
fi

# Configuration Server is asked for by the response file's section, or by the agent that is not told to do without.
WITHOUT=$(value LCA Silent_Installation_Without_ConfigServer)
PASSWORD=
if [ "$WITHOUT" != yes ] && { [ "$WITHOUT" = no ] || section ConfigServer; }; then
  required ConfigServer User
  required ConfigServer Host; case "$GIVEN" in *[!A-Za-z0-9.-]*) fail "Invalid host for Configuration Server: $GIVEN" ;; esac
  required ConfigServer Port; case "$GIVEN" in *[!0-9]*) fail "Invalid port for Configuration Server: $GIVEN" ;; esac
  PASSWORD=$(value ConfigServer Password) || PASSWORD=$(value ConfigServer xPassword) || fail 'Key Password of section ConfigServer was not found'
fi
[ "$(value SandboxTest EchoPassword)" != yes ] || echo "The password is $PASSWORD"

TARGET=$(value IPCommon InstallPath) || fail 'Key InstallPath of section IPCommon was not found'
case "$TARGET" in
  /*) ;;
  *) fail "InstallPath $TARGET is not an absolute path" ;;
esac
case "$TARGET" in
  *~* | *./* | */.*) fail "InstallPath $TARGET is not allowed" ;;
esac
[ "$TARGET" != "$(cat launch_directory.txt)" ] || fail 'The destination equals the package folder'

mkdir -p "$TARGET" 2>/dev/null || fail "Unable to create $TARGET"
[ -w "$TARGET" ] || fail "Unable to write to $TARGET"
NEEDED=$(du -ks . | awk '{ print $1 }')
FREE=$(df -kP "$TARGET" | awk 'NR == 2 { print $4 }')
[ "$FREE" -ge "$NEEDED" ] || fail "Not enough space in $TARGET: $NEEDED KB are needed, $FREE KB are free"

BACKUP=
for ENTRY in "$TARGET"/* "$TARGET"/.[!.]*; do
  [ -e "$ENTRY" ] || [ -L "$ENTRY" ] || continue
  case "\${ENTRY##*/}" in backup_*) continue ;; esac
  if [ -z "$BACKUP" ]; then
    BACKUP=$TARGET/backup_$(date +%Y-%m-%d_%H-%M-%S)
    # Another one of the same second.
    if [ -e "$BACKUP" ]; then sleep 1; BACKUP=$TARGET/backup_$(date +%Y-%m-%d_%H-%M-%S); fi
    mkdir -m 0700 "$BACKUP" || fail "Could not back up $TARGET"
    echo "Backing up to $BACKUP"
  fi
  mv "$ENTRY" "$BACKUP/" || fail "Could not back up $ENTRY"
done

echo "Extracting files to $TARGET"
# By the package's own program, as the vendor's installer does it; a pipe tells of its last command only.
{ ./gunzip -c data.tar.gz || : > .unpacking_failed; } | tar -xf - -C "$TARGET" || fail 'Failed to extract data.tar.gz'
[ ! -e .unpacking_failed ] || fail 'Failed to extract data.tar.gz'
cp ip_description.xml "$TARGET/" || fail "Unable to write to $TARGET"
[ ! -f read_me.html ] || cp read_me.html "$TARGET/"
if [ -d uninstall ]; then cp -R uninstall "$TARGET/"; fi

# A plug-in's programs go into GAX itself; without it the plug-in is installed all the same.
if GAX=$(value "$(nickname)" GAX_Directory); then
  if [ -d "$GAX/webapp/WEB-INF/lib" ]; then
    cp "$TARGET"/lib/*.jar "$GAX/webapp/WEB-INF/lib/" || fail "Unable to write to $GAX/webapp/WEB-INF/lib"
  else
    echo "WARNING: $GAX is no GAX directory; copy $TARGET/lib/*.jar to webapp/WEB-INF/lib of GAX by hand"
  fi
fi
ASKED=$(value SandboxTest FailLate)
[ -z "$ASKED" ] || fail "$ASKED"
printf '#!/bin/sh\\ncd "%s" && exec ./product "$@"\\n' "$TARGET" > "$TARGET/run.sh" && chmod 0750 "$TARGET/run.sh"
{
  echo "Name=$(long_name)"
  echo "Version=$(attribute Version)"
  echo "InstallPath=$TARGET"
  echo "PasswordLength=\${#PASSWORD}"
} > "$TARGET/installed.txt"
echo 'Installation is complete'
finish 0 ''
`;
