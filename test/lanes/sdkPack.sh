#!/usr/bin/env bash
# The package, as npm would publish it, installs in an empty project and type-checks there; nothing of the server is in it.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd sdk && npm pack --silent --pack-destination "$work" >/dev/null)
if grep -rlE 'drizzle|postgres|server/(core|domains|infra|schema)|passwordHash|feed_entries' sdk/dist; then
  echo "the package names things of the server" >&2
  exit 1
fi
cd "$work"
npm init --yes >/dev/null
npm pkg set type=module >/dev/null
npm install --no-audit --no-fund ./*.tgz typescript@5.9.3 >/dev/null
cat > app.ts <<'END'
import { createCiel, isCielError, memoryStore, type Progress } from '@ciel/sdk';

const ciel = createCiel({ url: 'http://localhost:8080', store: memoryStore(), onSessionLost: () => console.log('lost') });
export async function main(photo: Blob): Promise<string[]> {
  await ciel.signIn('alice', 'password');
  const mediaId: string = await ciel.upload(photo, { onProgress: ({ sent, total }: Progress) => console.log(sent / total) });
  const post = await ciel.posts.create({ mediaIds: [mediaId], caption: 'Hello', visibility: 'public' });
  const at: Date = post.createdAt;
  const captions: string[] = [at.toISOString()];
  for await (const item of ciel.feed.home()) captions.push(item.caption);
  const page = await ciel.feed.home({ limit: 5 });
  const next: string | null = page.nextCursor;
  // @ts-expect-error a caption is text
  await ciel.posts.create({ mediaIds: [mediaId], caption: 7, visibility: 'public' });
  await ciel.posts.get({ postId: post.id }).catch((error: unknown) => {
    if (!isCielError(error, 'not_found')) throw error;
  });
  return next === null ? captions : [...captions, next];
}
END
npx tsc --noEmit --strict --exactOptionalPropertyTypes --target esnext --module nodenext --moduleResolution nodenext app.ts
node --input-type=module -e "import { createCiel } from '@ciel/sdk'; if (typeof createCiel({ url: 'http://localhost' }).posts.create !== 'function') process.exit(1)"
echo "sdk: packs, installs, type-checks ($(wc -c < "$(ls "$work"/*.tgz)") bytes)"
