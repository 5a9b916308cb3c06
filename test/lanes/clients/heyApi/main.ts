import { readFile } from 'node:fs/promises';
import { client } from './api/client.gen.js';
import {
  authLogin,
  feedHome,
  mediaComplete,
  mediaStatus,
  mediaUpload,
  postsCreate,
  postsGet,
} from './api/sdk.gen.js';

client.setConfig({ baseUrl: `${process.argv[2]}/v1`, throwOnError: true });
const signIn = async (identifier: string) => {
  const { data } = await authLogin({
    body: { identifier, password: `demo-${identifier}-photographs` },
    throwOnError: true,
  });
  return { auth: data.accessToken, throwOnError: true } as const;
};

const alice = await signIn('alice');
const bob = await signIn('bob');
const photo = await readFile('photo.jpg');
const { data: ticket } = await mediaUpload({
  ...alice,
  body: { contentType: 'image/jpeg', bytes: photo.length },
});
const sent = await fetch(ticket.uploadUrl, { method: ticket.method, headers: ticket.headers, body: photo });
if (!sent.ok) throw new Error(`the store answered ${sent.status}`);
const path = { uploadId: ticket.uploadId };
await mediaComplete({ ...alice, path });
while ((await mediaStatus({ ...alice, path })).data.status !== 'completed')
  await new Promise((resolve) => setTimeout(resolve, 100));
const { data: post } = await postsCreate({
  ...alice,
  headers: { 'Idempotency-Key': crypto.randomUUID() },
  body: { mediaIds: [ticket.uploadId], caption: 'From hey-api', visibility: 'public' },
});
for (;;) {
  const { data: page } = await feedHome({ ...bob, query: { limit: 20 } });
  if (page.items.some(({ id, caption }) => id === post.id && caption === 'From hey-api')) break;
}
const { error } = await postsGet({ path: { postId: crypto.randomUUID() }, throwOnError: false });
if (error?.code !== 'not_found') throw new Error('a post that nobody made was found');
console.log('hey-api: signed in, uploaded, posted, read in the feed');
process.exit(0);
