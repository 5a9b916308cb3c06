import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseSynchronously } from '../../../server/api/trpc/parseSynchronously.ts';

/** Whether zod ran its synchronous path, which alone uses the compiled parsers: an asynchronous check throws there. */
const isSynchronous = (schema: z.ZodType) =>
  schema.parseAsync({ text: 'a' }).then(
    () => false,
    (error: unknown) => error instanceof z.core.$ZodAsyncError,
  );

const schemaThatWaits = () => z.object({ text: z.string().refine(async () => true) });

test('parseAsync runs the synchronous parser of a schema that was prepared, and of no other', async () => {
  const prepared = schemaThatWaits();
  parseSynchronously(prepared);
  expect(await isSynchronous(prepared)).toBe(true);
  expect(await isSynchronous(schemaThatWaits())).toBe(false);
});

test('a prepared schema parses as before', async () => {
  const schema = z.strictObject({ text: z.string().trim(), at: z.date().optional() });
  parseSynchronously(schema);
  expect(await schema.parseAsync({ text: ' a ' })).toEqual({ text: 'a' });
  await expect(schema.parseAsync({ text: 1, more: true })).rejects.toThrow(z.ZodError);
});
