#!/usr/bin/env bash
# Does what the README tells a newcomer to do, by its own code blocks: starts Ciel, runs the ten lines and the four calls.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
log="$work/start.log"
# A process group of its own, so that Ctrl-C reaches npm and what it started, as at a terminal.
set -m
HTTP_ADDR=127.0.0.1:8080 DATA_DIR="$work/data" npm start > "$log" 2>&1 &
pid=$!
set +m
stop() {
  kill -INT -- "-$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  rm -rf "$work" first.ts mine.ts photo.jpg
}
trap stop EXIT
for _ in $(seq 1 300); do grep -q 'Ciel is up' "$log" && break; sleep 0.1; done
grep -q 'Ciel is up' "$log" || { cat "$log" >&2; exit 1; }
# The app that `npm ci` has built.
curl -sf localhost:8080/app | grep -q /app/assets/

block() { awk -v heading="## $1" -v fence="^\`\`\`$2\$" '$0 == heading { on = 1 } on && $0 ~ fence { inside = 1; next } inside && /^```$/ { exit } inside' README.md; }
cp server/scripts/demo/photos/river.jpg photo.jpg
npm run --silent build:sdk
block 'Ten lines' ts > first.ts
timeout 60 npx node first.ts | tee "$work/ten.txt"
grep -q 'It is in the feed of bob' "$work/ten.txt"
block 'Four calls' sh > "$work/four.sh"
PATH="$PWD/node_modules/.bin:$PATH" timeout 60 bash -euo pipefail "$work/four.sh" | tee "$work/four.txt"
grep -q '"likeCount":0' "$work/four.txt"
grep -q 'It is in the feed of bob' "$work/four.txt"
block 'Scripts and operators' ts > mine.ts
DATA_DIR="$work/data" timeout 60 npx node mine.ts | tee "$work/mine.txt"
grep -q 'Come along: ' "$work/mine.txt"
DATA_DIR="$work/data" npm run -s ciel -- cases --json | node -e 'if (JSON.parse(require("fs").readFileSync(0)).items.length === 0) process.exit(1)'
for command in 'npm run -s ciel -- doctor' 'npm run -s ciel -- migrate' 'npm run check:data'; do
  grep -qF "$command" README.md
  DATA_DIR="$work/data" $command
done
echo "readme: the ten lines, the four calls, the script and the command line work"
