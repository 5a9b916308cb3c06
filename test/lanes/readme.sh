#!/usr/bin/env bash
# Does what the README tells a newcomer to do, by its own code blocks: starts Ciel, runs the ten lines and the four calls, and each
# command that it and the READMEs of sdk/ name. A command there that neither this nor another lane runs fails it.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
log="$work/start.log"
export DATA_DIR="$work/data"
readmes=(README.md sdk/README.md sdk/examples/web/README.md)
groups=()
# In a process group of its own, so that Ctrl-C reaches npm and what it started, as at a terminal.
background() {
  set -m
  "${@:2}" > "$1" 2>&1 &
  set +m
  groups+=("$!")
}
stop() {
  for group in "${groups[@]}"; do kill -INT -- "-$group" 2>/dev/null || true; done
  for group in "${groups[@]}"; do wait "$group" 2>/dev/null || true; done
  rm -rf "$work" first.ts mine.ts photo.jpg
}
trap stop EXIT

# What other lanes run: install, types, lint, tests and generated of .ci/run; sdkPack.sh installs the package from its file;
# docker-compose.yml is read by compose.sh, as there is no Docker here; test/sdk/publishable.test.ts stands for publishing.
ran=(
  'npm ci' 'npm ci && npm test' 'npm run check' '.ci/run' 'FULL=1 .ci/run' 'npm run generate -- --release'
  'npm install @ciel/sdk' 'npm install @ciel/sdk react @tanstack/react-query' 'npm publish'
  'docker compose up --build' 'docker compose exec api npm run -s ciel -- doctor'
)
run() {
  ran+=("$1")
  timeout 120 bash -c "$1"
}
until_found() {
  for _ in $(seq 1 600); do grep -q "$1" "$2" && return; sleep 0.1; done
  cat "$2" >&2
  return 1
}

ran+=('npm ci && npm start' 'npm start')
HTTP_ADDR=127.0.0.1:8080 background "$log" npm start
until_found 'Ciel is up' "$log"
# The app that `npm ci` has built.
curl -sf localhost:8080/app | grep -q /app/assets/

ran+=('npm run bench')
background "$work/bench.log" env SMOKE=1 npm run bench
bench=$!

block() { awk -v heading="## $1" -v fence="^\`\`\`$2\$" '$0 == heading { on = 1 } on && $0 ~ fence { inside = 1; next } inside && /^```$/ { exit } inside' README.md; }
cp server/scripts/demo/photos/river.jpg photo.jpg
run 'npm run build:sdk'
block 'Ten lines' ts > first.ts
run 'npx node first.ts' > "$work/ten.txt"
grep -q 'It is in the feed of bob' "$work/ten.txt"
block 'Four calls' sh > "$work/four.sh"
PATH="$PWD/node_modules/.bin:$PATH" timeout 60 bash -euo pipefail "$work/four.sh" | tee "$work/four.txt"
grep -q '"likeCount":0' "$work/four.txt"
grep -q 'It is in the feed of bob' "$work/four.txt"
block 'Scripts and operators' ts > mine.ts
run 'npx node mine.ts' > "$work/mine.txt"
grep -q 'Come along: ' "$work/mine.txt"
npm run -s ciel -- cases --json | node -e 'if (JSON.parse(require("fs").readFileSync(0)).items.length === 0) process.exit(1)'
for command in 'npm run -s ciel -- help' 'npm run -s ciel -- doctor' 'npm run -s ciel -- migrate' 'npm run check:data' 'npm run build:app'; do
  run "$command"
done

ran+=('npm run dev:app')
background "$work/dev.log" npm run dev:app -- --port 5199 --strictPort
until_found 'localhost:5199' "$work/dev.log"
curl -sf localhost:5199/app/ | grep -q /app/src/main.tsx
curl -sf localhost:5199/app/src/main.tsx | grep -q createRoot
curl -sf localhost:5199/app/settings.json | grep -q demo

# Where nothing has changed they write nothing.
made() { find drizzle sdk/openapi.json sdk/released.json sdk/src -type f -exec sha256sum {} + | sort; }
made > "$work/before.txt"
run 'npm run generate' > "$work/generate.txt"
run 'npm run migration -- --name why' > "$work/migration.txt"
grep -q 'all up to date' "$work/generate.txt"
grep -q 'No schema changes' "$work/migration.txt"
made | diff "$work/before.txt" -

wait "$bench" || { tail -40 "$work/bench.log" >&2; exit 1; }
grep -q 'worker / sharp alone' "$work/bench.log"

{
  grep -ohE '`([A-Z]+=1 )?(\.ci/run|(npm|npx|docker|node) [^`]*)`' "${readmes[@]}" | tr -d '`'
  awk '/^```sh$/ { on = 1; next } /^```/ { on = 0 } on && /^(npm|npx|docker|node) /' "${readmes[@]}"
} | sed 's/ *$//' | sort -u > "$work/named.txt"
printf '%s\n' "${ran[@]}" | sort -u > "$work/ran.txt"
missing=$(comm -23 "$work/named.txt" "$work/ran.txt")
[ -z "$missing" ] || { echo "named in a README, and run by no lane:"; echo "$missing"; exit 1; } >&2
echo "readme: the ten lines, the four calls, the script and $(wc -l < "$work/named.txt") commands work"
