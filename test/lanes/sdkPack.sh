#!/usr/bin/env bash
# The package as npm would publish it installs in an empty project, type-checks there with and without DOM types, runs on this
# machine's Node, is as small as it promises, and contains nothing of the server.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf sdk/dist
(cd sdk && npm pack --silent --pack-destination "$work" >/dev/null)
if grep -rlE 'drizzle|postgres|server/(core|domains|infra|schema)|passwordHash|feed_entries' sdk/dist; then
  echo "the package names things of the server" >&2
  exit 1
fi
if grep -rlE 'from .(@trpc|superjson)|import\(.(@trpc|superjson)' sdk/dist --include='*.d.ts'; then
  echo "the declarations need packages that the reader does not know" >&2
  exit 1
fi
version=$(node -p "require('./sdk/package.json').version")
grep -q "'$version'" sdk/src/version.ts || { echo "version.ts is not at $version" >&2; exit 1; }
grep -q "^## $version" sdk/CHANGELOG.md || { echo "the changelog has no entry for $version" >&2; exit 1; }
cd "$work"
npm init --yes >/dev/null
npm pkg set type=module >/dev/null
npm install --no-audit --no-fund ./*.tgz typescript@5.9.3 >/dev/null

# On its own it needs neither React nor the types of the DOM or Node.
cat > app.ts <<'END'
import { createCiel, isCielError, memoryStore, HandleTakenError, type OutputOf, type Comment, type Post, type Progress } from '@ciel/sdk';

const ciel = createCiel({ url: 'http://localhost:8080', store: memoryStore(), onSessionLost: () => {} });
export async function main(photo: Uint8Array): Promise<string[]> {
  await ciel.signIn('alice', 'password');
  const seen: number[] = [];
  const mediaId: string = await ciel.upload(photo, { onProgress: ({ sent, total }: Progress) => seen.push(sent / total) });
  const post: Post = await ciel.posts.create({ mediaIds: [mediaId], caption: 'Hello', visibility: 'public' });
  const at: Date = post.createdAt;
  const captions: string[] = [at.toISOString()];
  for await (const item of ciel.feed.home()) captions.push(item.caption);
  const comment: Comment = await ciel.engagement.comment({ postId: post.id, body: 'Light' });
  captions.push(comment.body);
  // @ts-expect-error there is no such procedure
  const nothing: OutputOf<'posts.gett'> | undefined = undefined;
  captions.push(String(nothing));
  const page = await ciel.feed.home({ limit: 5 });
  const next: string | null = page.nextCursor;
  // @ts-expect-error a caption is text
  await ciel.posts.create({ mediaIds: [mediaId], caption: 7, visibility: 'public' });
  await ciel.posts.get({ postId: post.id }).catch((error: unknown) => {
    if (!isCielError(error, 'not_found')) throw error;
    // @ts-expect-error it is the other code
    const code: 'conflict' = error.code;
    return code;
  });
  await ciel.signUp({ handle: 'a', displayName: 'A', email: 'a@example.org', password: 'p' }).catch((error: unknown) => {
    if (error instanceof HandleTakenError) captions.push(error.code satisfies 'handle_taken');
  });
  for await (const event of ciel.events()) if (event.type === 'unreadCount') return [String(event.unreadCount)];
  return next === null ? captions : [...captions, next];
}
END
check="npx tsc --noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --target es2023 --module nodenext --moduleResolution nodenext"
$check --lib es2023 app.ts
cat > page.ts <<'END'
import { createCiel, webStore } from '@ciel/sdk';

const ciel = createCiel({ url: location.origin, fetch, store: webStore('mine', sessionStorage) });
export const send = (input: HTMLInputElement, signal: AbortSignal) => ciel.upload(input.files![0]!, { signal });
export const stream = async (response: Response) => ciel.upload(response.body!);
END
$check --lib es2023,dom page.ts

# The hooks with their peer dependencies, and the entry point for Node.
npm install --no-audit --no-fund react@19 @types/react@19 @tanstack/react-query@5 @types/node@24 >/dev/null
cat > hooks.ts <<'END'
import type { Post, Profile } from '@ciel/sdk';
import { hooks, useFollow, useLike, useSession, useUpload } from '@ciel/sdk/react';
import { thumbhashToDataUrl } from '@ciel/sdk/thumbhash';

export function useAll(post: Post, profile: Profile) {
  const items: Post[] | undefined = hooks.feed.home.useInfinite({ limit: 5 }).data?.items;
  const { data } = hooks.posts.get.useQuery({ postId: post.id }, { enabled: false, select: ({ caption }) => caption.length });
  const length: number | undefined = data;
  // @ts-expect-error the post must be named
  hooks.posts.get.useQuery();
  const { mutate, error } = hooks.engagement.comment.useMutation();
  mutate({ postId: post.id, body: 'Light' });
  const code: string | undefined = error?.code;
  const state: 'none' | 'requested' | 'following' = useFollow(profile).state;
  // @ts-expect-error a stream has no hook of its own
  hooks.feed.events;
  const { upload, progress, status } = useUpload();
  const send = async (file: File): Promise<string | null> => (status === 'idle' && progress === 0 ? upload(file) : null);
  const placeholder: string | undefined = thumbhashToDataUrl(post.media[0]?.thumbhash);
  return { items, length, code, send, placeholder, state, liked: useLike(post).liked, who: useSession().userId };
}
END
cat > program.ts <<'END'
import { createReadStream } from 'node:fs';
import { createCiel, fileStore } from '@ciel/sdk/node';

const ciel = createCiel({ url: 'http://localhost:8080', store: fileStore('session.json') });
export const ids = async () => [await ciel.upload('photo.jpg'), await ciel.upload(createReadStream('photo.jpg'))];
END
$check --lib es2023,dom --skipLibCheck hooks.ts
$check --lib es2023 --types node program.ts

node --input-type=module -e "
import { createCiel } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { fileStore } from '@ciel/sdk/node';
import { thumbhashToDataUrl } from '@ciel/sdk/thumbhash';
if (!thumbhashToDataUrl('1QcSHQRnh493V4dIh4eXh1h4kJUI').startsWith('data:image/png;base64,')) process.exit(1);
if (typeof createCiel({ url: 'http://localhost' }).posts.create !== 'function') process.exit(1);
if (typeof hooks.feed.home.useInfinite !== 'function' || typeof fileStore !== 'function') process.exit(1);
console.log('sdk: runs on Node ' + process.versions.node);"
(cd "$root" && npx node test/lanes/sdkSize.ts "$work")
echo "sdk: packs, installs, type-checks ($(wc -c < "$(ls "$work"/*.tgz)") bytes)"
