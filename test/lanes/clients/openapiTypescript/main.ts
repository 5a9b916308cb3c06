import { readFile } from 'node:fs/promises';
import createClient from 'openapi-fetch';
import type { components, paths } from './api.js';

const origin = process.argv[2]!;
const client = createClient<paths>({ baseUrl: `${origin}/v1` });

async function signIn(identifier: string): Promise<{ headers: { authorization: string } }> {
  const { data, error } = await client.POST('/auth/login', {
    body: { identifier, password: `demo-${identifier}-photographs` },
  });
  if (!data) throw new Error(error.detail);
  return { headers: { authorization: `Bearer ${data.accessToken}` } };
}

async function upload(as: Awaited<ReturnType<typeof signIn>>): Promise<string> {
  const photo = await readFile('photo.jpg');
  const { data, error } = await client.POST('/media/upload', {
    ...as,
    body: { contentType: 'image/jpeg', bytes: photo.length, altText: 'A river' },
  });
  if (!data) throw new Error(error.detail);
  const { uploadId, uploadUrl, method, headers } = data;
  const sent = await fetch(uploadUrl, { method, headers, body: photo });
  if (!sent.ok) throw new Error(`the store answered ${sent.status}`);
  const path = { params: { path: { uploadId } } };
  await client.POST('/media/upload/{uploadId}/complete', { ...as, ...path });
  for (;;) {
    const { data: state } = await client.GET('/media/upload/{uploadId}/status', { ...as, ...path });
    if (state?.status === 'completed') return state.mediaId;
    if (state?.status === 'failed') throw new Error(state.reason);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const alice = await signIn('alice');
const bob = await signIn('bob');
const mediaId = await upload(alice);
const { data: post, response } = await client.POST('/posts', {
  ...alice,
  params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
  body: { mediaIds: [mediaId], caption: 'From openapi-fetch', visibility: 'public' },
});
if (!post || response.status !== 201) throw new Error('not posted');
for (let cursor: string | undefined; ; ) {
  const { data: page } = await client.GET('/feed', {
    ...bob,
    params: { query: { limit: 20, ...(cursor ? { cursor } : {}) } },
  });
  const items: components['schemas']['Post'][] = page?.items ?? [];
  if (items.some(({ id }) => id === post.id)) break;
  cursor = page?.nextCursor ?? undefined;
}
const { error } = await client.GET('/posts/{postId}', { params: { path: { postId: crypto.randomUUID() } } });
if (error?.code !== 'not_found') throw new Error('a post that nobody made was found');
console.log('openapi-typescript: signed in, uploaded, posted, read in the feed');
process.exit(0);
