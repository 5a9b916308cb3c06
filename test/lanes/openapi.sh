#!/usr/bin/env bash
# The document passes a linter, and the types that another project's generator makes of it compile.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npx --yes @redocly/cli@2.77.0 lint sdk/openapi.json
cd "$work"
npm init --yes >/dev/null
npm install --no-audit --no-fund openapi-typescript@7.13.0 typescript@5.9.3 >/dev/null
npx openapi-typescript "$OLDPWD/sdk/openapi.json" -o api.ts >/dev/null
cat > client.ts <<'END'
import type { components, operations, paths } from './api';

export const post = (p: components['schemas']['Post']): string => p.author.handle + p.media.length;
export type Feed = paths['/feed']['get']['responses'][200]['content']['application/json'];
export type NewPost = NonNullable<operations['postsCreate']['requestBody']>['content']['application/json'];
export const caption = (feed: Feed): string[] => feed.items.map((item) => item.caption);
END
npx tsc --noEmit --strict --skipLibCheck false client.ts
echo "openapi: linted, and its types compile"
