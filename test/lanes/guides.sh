#!/usr/bin/env bash
# Runs the samples of the guides against a fresh installation: the shell samples of each guide as one script, its TypeScript samples as
# one program. Arguments limit it to the guides they name.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
work=$(mktemp -d)
log="$work/start.log"
export ADMIN_TOKEN=the-admin-token-of-the-guides-lane
# The samples sign in more often than an address may per hour.
set -m
HTTP_ADDR=127.0.0.1:8080 RATE_LIMIT_FACTOR=1000 DATA_DIR="$work/data" npm start > "$log" 2>&1 &
pid=$!
set +m
stop() {
  kill -INT -- "-$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  rm -rf "$work" "$root"/guide-sample-*.ts
}
trap stop EXIT
for _ in $(seq 1 600); do grep -q 'Ciel is up' "$log" && break; sleep 0.1; done
grep -q 'Ciel is up' "$log" || { cat "$log" >&2; exit 1; }
npm run --silent build:sdk

samples() { awk -v fence="^\`\`\`$2\$" '$0 ~ fence { inside = 1; next } /^```$/ { inside = 0 } inside' "$1"; }
cp server/scripts/demo/photos/river.jpg "$work/photo.jpg"
failed=0
run() {
  if timeout 60 "$@" > "$work/out.txt" 2>&1; then return; fi
  failed=1
  sed 's/^/    /' "$work/out.txt" >&2
  echo "guides: $name ($kind) FAILED" >&2
}
for guide in server/api/docs/guides/*.md; do
  name=$(basename "$guide" .md)
  [ $# = 0 ] || [[ " $* " == *" $name "* ]] || continue
  kind=sh
  samples "$guide" sh > "$work/sample.sh"
  run env -C "$work" bash -euo pipefail sample.sh
  if grep -q '^```ts$' "$guide"; then
    kind=ts
    # In the repository, where @ciel/sdk resolves.
    samples "$guide" ts > "guide-sample-$name.ts"
    run env -C "$work" "$root/node_modules/.bin/node" "$root/guide-sample-$name.ts"
  fi
done
[ "$failed" = 0 ]
echo "guides: every sample works"
