#!/usr/bin/env bash
# Unpacks the archive into a folder with a blank in its name and does what an operator does with it.
#   archive-test.sh ARCHIVE
set -euo pipefail

archive=$1
work=$(mktemp -d)
server=
cleanup() {
  [[ -z $server ]] || kill -KILL "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

fail() {
  printf 'archive-test: %s\n' "$@" >&2
  [[ ! -s $work/err ]] || cat "$work/err" >&2
  exit 1
}

(cd "$(dirname "$archive")" && sha256sum --quiet -c "$(basename "$archive").sha256") || fail 'the checksum is wrong'
mkdir "$work/an installation"
tar -xzf "$archive" -C "$work/an installation" --strip-components=1
home="$work/an installation"
for variable in "${!JOVIAL_@}"; do unset "$variable"; done

for file in LICENSE NOTICE docs/operations.md conf/jovial.yaml webroot/index.html clients/js/src/index.js \
  share/systemd/jovial.service share/man/man1/jovial.1 share/man/man1/jovial-start.1 \
  share/bash-completion/completions/jovial share/sbom/jovial-verticles.cdx.json share/sbom/embedded-cassandra.cdx.json; do
  [[ -s $home/$file ]] || fail "there is no $file in it"
done
# Completion of a command by its first letters, as bash would ask for it.
bash -c 'source "$1"; COMP_WORDS=(jovial sta); COMP_CWORD=1; COMP_LINE="jovial sta"; _complete_jovial; [[ " ${COMPREPLY[*]} " == *" start "* ]]' \
  completion "$home/share/bash-completion/completions/jovial" || fail 'completion does not know "start"'

# By a link, from elsewhere, and by JOVIAL_HOME.
ln -s "$home/bin/jovial" "$work/jovial"
cd /
"$work/jovial" version >"$work/version" || fail 'version failed'
grep -q '^Jovial Chat .*, commit ' "$work/version" && grep -q '^Java 17' "$work/version" &&
  grep -q 'Cassandra 5\.' "$work/version" || fail "version says: $(<"$work/version")"
cp "$home/bin/jovial" "$work/copy"
JOVIAL_HOME=$home "$work/copy" version >/dev/null || fail 'JOVIAL_HOME is not followed'
! JOVIAL_HOME=/nowhere "$work/copy" version 2>/dev/null || fail 'a wrong JOVIAL_HOME goes unnoticed'

"$work/jovial" start --data-dir "$work/data" --http-port 0 --tcp-port 0 --management-port 0 --cluster-port 0 \
  >"$work/out" 2>"$work/err" &
server=$!
for ((waited = 0; waited < 1200; waited++)); do
  grep -q '^Jovial is ready' "$work/out" && break
  kill -0 "$server" 2>/dev/null || fail 'it did not start'
  sleep 0.1
done
url=$(sed -n 's/^Jovial is ready: \([^ ]*\).*/\1/p' "$work/out")
[[ -n $url ]] || fail 'it was not ready in time'
for path in / /kit/index.js /openapi.json /js/main.js; do
  curl -fsS -o /dev/null "$url$path" || fail "there is no $path"
done
curl -fsS -d '{"name": "Demo"}' "$url/api/ums.app.register" | grep -q app_key || fail 'no app could be registered'

kill -TERM "$server"
code=0
wait "$server" || code=$?
server=
[[ $code == 0 || $code == 143 ]] || fail "it ended with $code"
[[ ! -e $home/data && ! -e $home/target ]] || fail 'it wrote into its own folder'
echo "archive-test: $(basename "$archive") runs"
