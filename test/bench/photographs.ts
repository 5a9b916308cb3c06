import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCiel, memoryStore } from '../../sdk/src/index.ts';
import { readableMedia } from '../../server/core/mediaVisibility.ts';
import { findReadable } from '../../server/domains/media/delivery/queries.ts';
import { startS3Double } from '../support/doubles/s3.ts';
import { makePhotograph } from '../support/photograph.ts';
import { startProgram } from '../support/program.ts';
import { type Network, startNetwork, userIdOf } from './network.ts';
import { alternate, median, ratio } from './rounds.ts';
import { shapeOf } from './shape.ts';
import { sized } from './smoke.ts';
import { statementsBy } from './statements.ts';

/**
 * Photographs that not everybody may see, by URLs with grants, against a bare Fastify route that sends the same file, and over a store
 * one that redirects: what the signature, the visibility rule and the look-up cost. Run: node test/bench/photographs.ts
 */
const AUTHOR = 5;
const READER = 6;
const ROUNDS = { rounds: sized(7, 1), turnMs: sized(2000, 100), connections: 16 };

const network = await startNetwork(sized(1, 0.03));
const folder = await mkdtemp(join(tmpdir(), 'ciel-bench-'));
try {
  const { mediaId, variants } = await postForFollowers();
  for (const name of ['thumb', 'large']) {
    const { url } = variants.find((variant) => variant.name === name && variant.type === 'image/webp')!;
    await compareFile(name, url);
  }
  await compareRedirect(variants[0]!.url);
  await plan(mediaId);
} finally {
  await network.close();
  await rm(folder, { recursive: true, force: true });
}

async function clientOf({ program, tokenOf }: Network, n: number) {
  const session = {
    accessToken: await tokenOf(n),
    refreshToken: '',
    accessExpiresAt: new Date(Date.now() + 3_600_000),
  };
  return createCiel({ url: program.url, store: memoryStore(session) });
}

/** As the reader, who follows the author, is given it. */
async function postForFollowers() {
  const [author, reader] = [await clientOf(network, AUTHOR), await clientOf(network, READER)];
  await reader.social.follow({ userId: userIdOf(AUTHOR) });
  const mediaId = await author.upload(await makePhotograph(1, { width: 2400, height: 1600 }), { wait: true });
  const { id } = await author.posts.create({ mediaIds: [mediaId], visibility: 'followers' });
  return { mediaId, variants: (await reader.posts.get({ postId: id })).media[0]!.variants };
}

async function compareFile(name: string, url: string): Promise<void> {
  const bytes = await read(url);
  const file = join(folder, name);
  await writeFile(file, bytes);
  const bare = await startProgram('test/bench/bareFile.ts', { FILE: file, LOCATION: url });
  const contenders = [
    { name: 'bare', once: () => read(`${bare.url}/file`) },
    { name: 'granted', once: () => read(url) },
  ];
  const rates = await alternate(contenders, ROUNDS);
  await bare.stop();
  for (const { name } of contenders) {
    const perSecond = median(rates.get(name)!);
    const megabytes = (perSecond * bytes.length) / 1e6;
    console.log(`${name.padEnd(8)} ${perSecond.toFixed(0)} requests/s, ${megabytes.toFixed(0)} MB/s`);
  }
  console.log(
    `${name}, ${(bytes.length / 1e3).toFixed(1)} kB: granted / bare   ${ratio(rates, 'granted', 'bare')}`,
  );
}

/** The same URL at a process that keeps its photographs in a store. */
async function compareRedirect(url: string): Promise<void> {
  const s3 = await startS3Double();
  const { accessKeyId, secretAccessKey, region } = s3.account;
  const program = await network.start('api', {
    S3_ENDPOINT: s3.url,
    S3_BUCKET: 'photographs',
    S3_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  });
  const granted = program.url + new URL(url).pathname;
  const location = (await fetch(granted, { redirect: 'manual' })).headers.get('location')!;
  const bare = await startProgram('test/bench/bareFile.ts', {
    FILE: join(folder, 'thumb'),
    LOCATION: location,
  });
  const contenders = [
    { name: 'bare', once: () => redirected(`${bare.url}/redirect`) },
    { name: 'granted', once: () => redirected(granted) },
  ];
  const rates = await alternate(contenders, ROUNDS);
  for (const { stop } of [bare, program]) await stop();
  await s3.close();
  for (const { name } of contenders)
    console.log(`${name.padEnd(8)} ${median(rates.get(name)!).toFixed(0)} redirects/s`);
  console.log(`redirect: granted / bare   ${ratio(rates, 'granted', 'bare')}`);
}

async function read(url: string): Promise<Buffer> {
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`${url} returned ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

async function redirected(url: string): Promise<void> {
  const response = await fetch(url, { redirect: 'manual' });
  await response.arrayBuffer();
  if (response.status !== 302) throw new Error(`${url} returned ${response.status}`);
}

async function plan(mediaId: string): Promise<void> {
  const { sql } = network.database;
  const statements = await statementsBy(sql, (db) =>
    findReadable(db, userIdOf(READER), [mediaId], readableMedia),
  );
  const { reads, most, faults } = await shapeOf(sql, statements);
  console.log(`a grant reads ${reads.join(', ')}; ${most} rows at most in one step`);
  for (const fault of faults) console.error(`reads too much: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}
