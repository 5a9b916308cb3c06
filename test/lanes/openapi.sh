#!/usr/bin/env bash
# The document passes a linter with its strictest rules; clients.sh tests what generators make of it.
set -euo pipefail
cd "$(dirname "$0")/../.."
npx --yes @redocly/cli@2.77.0 lint sdk/openapi.json
