#!/usr/bin/env bash
# Follows the documents by their own code blocks: starts Ciel, runs the ten lines, the four calls, and every command that a document
# mentions. Fails on a command that no lane runs; test/architecture/documents.test.ts compares the code blocks with the declarations here.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
log="$work/start.log"
export DATA_DIR="$work/data"
documents=(*.md docs/*.md docs/operations/*.md docs/decisions/*.md sdk/README.md sdk/examples/web/README.md)
groups=()
# A process group of its own, so that SIGINT reaches npm and its children, as Ctrl-C does at a terminal.
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

ran=()
run() {
  ran+=("$1")
  timeout 120 bash -c "$1"
}
# Commands that another lane runs: `elsewhere COMMAND WHERE`.
elsewhere() { ran+=("$1"); }
elsewhere 'npm ci' 'install of .ci/run'
elsewhere 'npm ci && npm test' 'install and tests of .ci/run'
elsewhere 'npm run check' 'types, lint and tests of .ci/run'
elsewhere 'npm run types' 'types of .ci/run'
elsewhere 'npm run lint' 'lint of .ci/run'
elsewhere 'npm test' 'tests of .ci/run'
elsewhere 'npm run conformance' 'test/imaging/conformance.test.ts of .ci/run'
elsewhere 'npm run conformance -- --write' 'test/imaging/conformance.test.ts of .ci/run'
elsewhere '.ci/run' 'CI itself'
elsewhere 'FULL=1 .ci/run' "CI's long job"
elsewhere 'npm run generate -- --check' 'generated of .ci/run'
elsewhere 'npm run generate -- --release' 'test/scripts/breaking.test.ts, the document that it writes'
elsewhere 'npm install @ciel/sdk' 'sdkPack.sh, from the packed file'
elsewhere 'npm install @ciel/sdk react @tanstack/react-query' 'sdkPack.sh, from the packed file'
elsewhere 'npm publish' 'test/sdk/publishable.test.ts'
# Blocks that can't run here, fenced as console: `not_here DOCUMENT HEADING WHY`.
not_here() { :; }
not_here docs/operations/compose.md 'With Docker Compose' 'no Docker on the machines of CI; compose.sh checks the file with Compose itself'
not_here docs/operations/compose.md 'Updating' 'no Docker on the machines of CI'
not_here docs/operations/kubernetes.md 'On Kubernetes' 'no cluster in CI; test/architecture/deployment.test.ts checks the manifests'
not_here docs/operations/systemd.md 'On one machine, with systemd' 'changes the machine; test/architecture/deployment.test.ts checks the unit'
not_here docs/operations/backup.md 'Backing up' 'changes the machine'
not_here docs/operations/systemd.md 'Updating' 'changes the machine'
not_here docs/scripts.md 'The command line' 'no Docker on the machines of CI; the command itself runs below'
# Blocks that another lane runs as a whole: `block_elsewhere DOCUMENT HEADING WHERE`.
block_elsewhere() { :; }
block_elsewhere docs/operations/compose.md 'With Docker Compose' 'compose.sh makes its .env with it'
block_elsewhere sdk/README.md 'Start' 'sdkPack.sh installs the package'

until_found() {
  for _ in $(seq 1 600); do grep -q "$1" "$2" && return; sleep 0.1; done
  cat "$2" >&2
  return 1
}

ran+=('npm ci && npm start' 'npm start')
HTTP_ADDR=127.0.0.1:8080 background "$log" npm start
until_found 'Ciel is up' "$log"
# The app that `npm ci` built.
curl -sf localhost:8080/app | grep -q /app/assets/

ran+=('npm run bench' 'SMOKE=1 npm run bench')
background "$work/bench.log" env SMOKE=1 npm run bench
bench=$!

# The first block of a language under a heading: `block DOCUMENT HEADING LANGUAGE`.
block() {
  awk -v heading="$2" -v fence="\`\`\`$3" '
    /^```/ { if (code && inside) exit; inside = !code && on && $0 == fence; code = !code; next }
    !code && /^#+ / { text = $0; sub(/^#+ /, "", text); on = text == heading }
    inside' "$1"
}
cp server/scripts/demo/photos/river.jpg photo.jpg
run 'npm run build:sdk'
block README.md 'Ten lines' ts > first.ts
run 'npx node first.ts' > "$work/ten.txt"
grep -q "It is in bob's feed" "$work/ten.txt"
block README.md 'Four calls' sh > "$work/four.sh"
PATH="$PWD/node_modules/.bin:$PATH" timeout 60 bash -euo pipefail "$work/four.sh" | tee "$work/four.txt"
grep -q '"likeCount":0' "$work/four.txt"
grep -q "It is in bob's feed" "$work/four.txt"
block docs/scripts.md 'Scripts' ts > mine.ts
run 'npx node mine.ts' > "$work/mine.txt"
grep -q 'Come along: ' "$work/mine.txt"
npm run -s ciel -- cases --json | node -e 'if (JSON.parse(require("fs").readFileSync(0)).items.length === 0) process.exit(1)'
for command in 'npm run -s ciel -- help' 'npm run -s ciel -- help ban' 'npm run -s ciel -- doctor' 'npm run -s ciel -- migrate' \
  'npm run check:data' 'npm run build:app' 'npm run fix' 'npx vitest run test/core/transformer.test.ts'; do
  run "$command"
done

ran+=('npm run dev:app')
background "$work/dev.log" npm run dev:app -- --port 5199 --strictPort
until_found 'localhost:5199' "$work/dev.log"
curl -sf localhost:5199/app/ | grep -q /app/src/main.tsx
curl -sf localhost:5199/app/src/main.tsx | grep -q createRoot
curl -sf localhost:5199/app/settings.json | grep -q demo

# They write nothing when nothing has changed.
made() { find drizzle sdk/openapi.json sdk/released.json sdk/src -type f -exec sha256sum {} + | sort; }
made > "$work/before.txt"
run 'npm run generate' > "$work/generate.txt"
run 'npm run migration -- --name why' > "$work/migration.txt"
run 'npm run migration -- --name bookmarks' > "$work/migration.txt"
grep -q 'all up to date' "$work/generate.txt"
grep -q 'No schema changes' "$work/migration.txt"
made | diff "$work/before.txt" -

wait "$bench" || { tail -40 "$work/bench.log" >&2; exit 1; }
grep -q 'worker / sharp alone' "$work/bench.log"

# Commands in the text, and lines of the blocks except the four calls and the .env, which ran as a whole.
whole="$work/whole.txt"
{ cat "$work/four.sh"; block docs/operations/compose.md 'With Docker Compose' sh; } > "$whole"
{
  grep -ohE '`([A-Z]+=1 )?(\.ci/run|(npm|npx|docker|node) [^`]*)`' "${documents[@]}" | tr -d '`'
  awk '/^ *```sh$/ { on = 1; next } /^ *```/ { on = 0 } on { sub(/^ +/, ""); print }' "${documents[@]}" | grep -vxFf "$whole"
} | sed 's/ *$//' | sort -u > "$work/named.txt"
printf '%s\n' "${ran[@]}" | sort -u > "$work/ran.txt"
missing=$(comm -23 "$work/named.txt" "$work/ran.txt")
[ -z "$missing" ] || { echo "named in a document, and run by no lane:"; echo "$missing"; exit 1; } >&2
echo "documents: the ten lines, the four calls, the script and $(wc -l < "$work/named.txt") commands work"
