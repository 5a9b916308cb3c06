import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect } from 'vitest';
import { silentLog } from '../../server/infra/log/log.ts';
import { createDecoders, decoderOptions } from '../../server/jobs/decoders.ts';
import { processMedia } from '../../server/jobs/mediaProcessor.ts';
import { cases, readCase } from '../imaging/cases.ts';
import { chatty, scene } from '../imaging/corpus.ts';
import { test } from '../support/fixtures.ts';
import { NO_ORPHANS, orphanObjects } from '../support/objects.ts';
import type { Person, World } from '../support/world.ts';
import { type Fault, faulty } from './faultyDecoder.ts';

let world: World;
let alice: Person;
let photograph: Buffer;
test.beforeAll(async ({ world: worldOfFile, alice: aliceOfFile }) => {
  world = worldOfFile;
  alice = aliceOfFile;
  photograph = await chatty('jpeg', { picture: scene(64, 48) });
});

const decoders = createDecoders(silentLog, {
  script: join(import.meta.dirname, 'faultyDecoder.ts'),
  limits: { ...decoderOptions.limits, cpuMs: 2_000 },
});
afterAll(() => decoders.close());

const { signal } = new AbortController();
const status = (uploadId: string) => world.as(alice).media.status({ uploadId });

/** Runs the job once, with decoders that can be faulty; tells which tries were alone. */
async function processOnce(file: Buffer, contentType = 'image/jpeg') {
  const mediaId = await world.upload(alice, file, contentType);
  const tries: boolean[] = [];
  const watched: typeof decoders = {
    ...decoders,
    run(task, options) {
      tries.push(options.alone);
      return decoders.run(task, options);
    },
  };
  const error = await processMedia({ ...world.app, decoders: watched }, { mediaId }, signal).then(
    () => null,
    (error: unknown) => error,
  );
  return { tries, error, ...(await status(mediaId)) };
}

let markers = 0;
const marker = () => join(world.folder, `fault ${markers++}`);

describe('a decoder that fails once', () => {
  test.for<Fault>(['killed', 'crashes', 'loops', 'gives up'])(
    '%s: the photograph is completed',
    async (fault) => {
      const result = await processOnce(faulty(photograph, fault, marker()));
      expect(result).toMatchObject({ status: 'completed', tries: [false, true], error: null });
    },
  );
});

describe('a decoder that fails alone as well', () => {
  test.for<[Fault, string]>([
    ['crashes', 'The file is damaged: it cannot be decoded'],
    ['loops', 'The file takes too long to decode'],
    ['gives up', 'The file is damaged: it cannot be decoded'],
  ])('%s: the file is at fault, others are not', async ([fault, reason]) => {
    const [result, ...others] = await Promise.all([
      processOnce(faulty(photograph, fault)),
      processOnce(photograph),
      processOnce(photograph),
    ]);
    expect(result).toMatchObject({ status: 'failed', reason, tries: [false, true], error: null });
    expect(others.map(({ status }) => status)).toEqual(['completed', 'completed']);
  });

  test.for<Fault>(['killed', 'throws'])(
    '%s: the file is not at fault, and the job is retried',
    async (fault) => {
      const { mediaId, status: state, error } = await processOnce(faulty(photograph, fault));
      expect(state).toBe('processing');
      expect(error).toBeInstanceOf(Error);
      // The decoders of the world have no faults.
      await world.drain();
      expect((await status(mediaId)).status).toBe('completed');
    },
  );
});

test('a decoder that can not be started is not the fault of the file', async () => {
  const missing = createDecoders(silentLog, { script: join(import.meta.dirname, 'missing.ts') });
  const mediaId = await world.upload(alice, photograph);
  await expect(processMedia({ ...world.app, decoders: missing }, { mediaId }, signal)).rejects.toThrow();
  await world.drain();
  expect((await status(mediaId)).status).toBe('completed');
});

test('what is wrong with the structure of a file is said without a second try', async () => {
  const twoMarkers = Buffer.from('ffd8ffe0', 'hex');
  expect(await processOnce(twoMarkers)).toMatchObject({ status: 'failed', tries: [] });
});

test('files that are damaged do not change what becomes of others at the same time', async () => {
  const files = await Promise.all(
    (['jpeg', 'png', 'webp', 'avif'] as const).map(async (format) => {
      const file = await chatty(format, { picture: scene(320, 240) });
      return { file, half: file.subarray(0, file.length >> 1), type: `image/${format}` };
    }),
  );
  const results = await Promise.all(
    files.flatMap(({ file, half, type }) => [
      processOnce(file, type),
      processOnce(half, type),
      processOnce(file, type),
    ]),
  );
  const expected = files.flatMap(() => ['completed', 'failed', 'completed']);
  expect(results.map((result) => result.status)).toEqual(expected);
  const reasons = results.flatMap((result) => ('reason' in result ? (result.reason ?? []) : []));
  expect(new Set(reasons)).toEqual(new Set(['The file is damaged: it cannot be decoded']));
  await world.drain();
  expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
});

test('two of the largest photographs at once, on a busy machine, are completed', async () => {
  const file = readCase(cases.find((one) => one.file === '01-legal-32mp-p3.avif')!);
  const busy = Array.from({ length: 2 }, () => spawn(process.execPath, ['-e', 'for (;;);']));
  try {
    const ids = await Promise.all(Array.from({ length: 2 }, () => world.upload(alice, file, 'image/avif')));
    await Promise.all(ids.map((mediaId) => processMedia(world.app, { mediaId }, signal)));
    const states = await Promise.all(ids.map(status));
    expect(states.map((state) => state.status)).toEqual(ids.map(() => 'completed'));
  } finally {
    for (const child of busy) child.kill('SIGKILL');
  }
  await world.drain();
});
