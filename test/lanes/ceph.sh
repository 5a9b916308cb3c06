#!/usr/bin/env bash
# Runs the object store's contract tests against a real Ceph gateway, which takes a minute to install. Needs root on Debian.
set -euo pipefail
cd "$(dirname "$0")/../.."
trap 'bash test/support/cephUp.sh stop' EXIT
variables=$(bash test/support/cephUp.sh)
# shellcheck disable=SC2086
env $variables npm test -- test/infra/storage
