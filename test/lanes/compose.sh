#!/usr/bin/env bash
# docker-compose.yml passes `docker compose config` with the .env from docs/operations/compose.md, and names a missing secret. Without Docker, only
# the compose plugin is unpacked from Debian 13, without being installed.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compose=(docker compose)
if ! docker compose version >/dev/null 2>&1; then
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  echo "deb [signed-by=$keyring] http://deb.debian.org/debian trixie main" >"$work/sources.list"
  mkdir -p "$work/lists/partial" "$work/archives/partial"
  apt=(apt-get -qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=- -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work" -o APT::Sandbox::User=)
  "${apt[@]}" update
  (cd "$work" && "${apt[@]}" download docker-compose)
  dpkg -x "$work"/docker-compose_*.deb "$work/plugin"
  compose=("$work/plugin/usr/libexec/docker/cli-plugins/docker-compose")
fi

secrets=(POSTGRES_PASSWORD S3_SECRET_KEY PASETO_ACCESS_KEY PASETO_REFRESH_KEY)
awk '/^cat > \.env/ { on = 1 } /^```/ && on { exit } on' docs/operations/compose.md >"$work/env.sh"
(cd "$work" && bash -euo pipefail env.sh)
"${compose[@]}" --env-file "$work/.env" config --quiet
export "${secrets[@]/%/=x}"
for missing in "${secrets[@]}"; do
  if said=$(unset "$missing" && "${compose[@]}" config --quiet 2>&1); then
    echo "it did not complain about a missing $missing" && exit 1
  fi
  grep -q "$missing is missing" <<<"$said"
done
echo "docker-compose.yml is valid for $("${compose[@]}" version)"
