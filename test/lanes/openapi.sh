#!/usr/bin/env bash
# The document passes a linter at its strictest; what generators make of it is tried by clients.sh.
set -euo pipefail
cd "$(dirname "$0")/../.."
npx --yes @redocly/cli@2.77.0 lint sdk/openapi.json
