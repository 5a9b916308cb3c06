#!/usr/bin/env bash
# Clients generated from the document by two unrelated generators compile under `strict`, and each signs in, uploads, posts and reads a
# feed. The samples of the document compile too.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
work=$(mktemp -d)
log="$work/start.log"
# A process group of its own, so that SIGINT reaches npm and its children, as Ctrl-C does at a terminal.
set -m
HTTP_ADDR=127.0.0.1:8087 RATE_LIMIT_FACTOR=100 DATA_DIR="$work/data" npm start > "$log" 2>&1 &
pid=$!
set +m
stop() {
  kill -INT -- "-$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

npm run --silent build:sdk
(cd sdk && npm pack --silent --ignore-scripts --pack-destination "$work" >/dev/null)
PATH="$root/node_modules/.bin:$PATH"
cp -r test/lanes/clients "$work/clients"
cp server/scripts/demo/photos/river.jpg "$work/clients/photo.jpg"
cd "$work/clients"
npm install --no-audit --no-fund --loglevel=error ../*.tgz >/dev/null
npx openapi-typescript "$root/sdk/openapi.json" -o openapiTypescript/api.ts >/dev/null
npx openapi-ts -i "$root/sdk/openapi.json" -o heyApi/api -c @hey-api/client-fetch >/dev/null
node samples.mjs "$root/sdk/openapi.json" > samples.ts
npx tsc -p .
for _ in $(seq 1 600); do grep -q 'Ciel is up' "$log" && break; sleep 0.1; done
grep -q 'Ciel is up' "$log" || { cat "$log" >&2; exit 1; }
for client in openapiTypescript heyApi; do timeout 60 node "dist/$client/main.js" http://localhost:8087; done
