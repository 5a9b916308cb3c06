import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { CielError, notFound } from '../../server/core/errors.ts';
import { Caption, Id, Page, pageInput, Text, Timestamp } from '../../server/core/fields.ts';
import {
  adminProcedure,
  publicProcedure,
  router,
  userProcedure,
  viewerProcedure,
} from '../../server/core/procedures.ts';

export const CANARY = 'canary-7f3e9a';

const Note = z
  .object({
    id: Id,
    text: z.string().meta({ examples: ['Milk'] }),
    tags: z.array(z.string().meta({ examples: ['kitchen'] })),
    createdAt: Timestamp,
    doneAt: Timestamp.nullable(),
  })
  .meta({ id: 'Note' });

const NoteRef = z.strictObject({ noteId: Id });

const Asked = z.object({
  viewer: z.string().nullable(),
  address: z.string().nullable(),
  deviceName: z.string(),
  input: z.record(z.string(), z.json()),
});

interface Seen {
  /** Inputs that reached a resolver, as they did. */
  inputs: unknown[];
  signals: AbortSignal[];
  openStreams: number;
}

const note = (id: string, text = 'Milk', tags = ['kitchen']) => ({
  id,
  text,
  tags,
  createdAt: new Date('2026-11-23T09:30:00.123Z'),
  doneAt: null,
  // Undeclared: no response may have it.
  authorEmail: CANARY,
});

/** A small domain of every shape that the surfaces serve. */
export function notesRouter() {
  const seen: Seen = { inputs: [], signals: [], openStreams: 0 };
  const see = <T>(input: T): T => {
    seen.inputs.push(input);
    return input;
  };

  const users = router({
    ask: viewerProcedure
      .meta({ rest: 'GET /asked', limit: 'read', summary: 'What the server knows of who asks' })
      .input(
        z.strictObject({
          count: z.int().optional(),
          ratio: z.number().optional(),
          flag: z.boolean().optional(),
          tags: z.array(z.string()).max(3).optional(),
          sizes: z.array(z.int()).optional(),
          since: z.date().optional(),
          order: z.enum(['up', 'down']).default('up'),
          text: Text({ max: 20 }).optional(),
        }),
      )
      .output(Asked)
      .query(({ ctx, input }) => {
        see(input);
        const { since, ...rest } = input;
        const shown = { ...rest, ...(since ? { since: since.toISOString() } : {}) };
        const plain = JSON.parse(JSON.stringify(shown)) as z.infer<typeof Asked>['input'];
        return {
          viewer: ctx.viewer?.handle ?? null,
          address: ctx.address,
          deviceName: ctx.deviceName,
          input: plain,
        };
      }),
  });

  const posts = router({
    get: viewerProcedure
      .meta({ rest: 'GET /notes/{noteId}', limit: 'read', summary: 'One note' })
      .input(NoteRef)
      .output(Note)
      .query(({ input }) => note(see(input).noteId)),
    list: publicProcedure
      .meta({
        rest: 'GET /notes',
        limit: 'anonymousRead',
        summary: 'All notes',
        description: 'Newest **first**.',
      })
      .input(z.strictObject({ ...pageInput }))
      .output(Page(Note))
      .query(({ input }) => ({
        items: Array.from({ length: see(input).limit }, () => note(randomUUID())),
        nextCursor: null,
      })),
    create: userProcedure
      .meta({
        rest: 'POST /notes',
        limit: 'write',
        summary: 'Write a note',
        location: '/notes/{note.id}',
        errors: ['conflict'],
      })
      .input(
        z.strictObject({ text: Caption, tags: z.array(z.string()).default([]), due: z.date().optional() }),
      )
      .output(z.object({ note: Note }))
      .mutation(({ input }) => ({ note: note(randomUUID(), see(input).text, input.tags) })),
    edit: userProcedure
      .meta({ rest: 'PATCH /notes/{noteId}', limit: 'write', summary: 'Change a note' })
      .input(z.strictObject({ noteId: Id, text: Caption }))
      .output(Note)
      .mutation(({ input }) => note(see(input).noteId, input.text)),
    remove: userProcedure
      .meta({ rest: 'DELETE /notes/{noteId}', limit: 'write', summary: 'Throw a note away' })
      .input(z.strictObject({ noteId: Id, reason: z.string().optional() }))
      .output(z.void())
      .mutation(({ input }) => {
        see(input);
      }),
    finish: userProcedure
      .meta({
        rest: 'POST /notes/{noteId}/finish',
        aliases: ['POST /notes/{noteId}/done'],
        limit: 'write',
        summary: 'Finish a note, soon',
        status: 202,
      })
      .input(NoteRef)
      .output(z.object({ accepted: z.literal(true) }))
      .mutation(({ input }) => {
        see(input);
        return { accepted: true as const };
      }),
  });

  const feed = router({
    slow: publicProcedure
      .meta({ rest: 'GET /slow', limit: 'anonymousRead', summary: 'Takes its time' })
      .input(z.strictObject({ ms: z.int().max(60_000) }))
      .output(z.object({ done: z.boolean() }))
      .query(async ({ input, signal }) => {
        seen.inputs.push(input);
        if (signal) seen.signals.push(signal);
        await pause(input.ms, undefined, signal ? { signal } : {});
        return { done: true };
      }),
    events: publicProcedure
      .meta({ rest: 'GET /events', limit: 'anonymousRead', summary: 'A stream' })
      .input(z.strictObject({}))
      .subscription(async function* ({ signal }) {
        seen.openStreams += 1;
        try {
          for (let n = 0; ; n++) {
            yield { n };
            await pause(10, undefined, signal ? { signal } : {}).catch(() => {});
            if (signal?.aborted) return;
          }
        } finally {
          seen.openStreams -= 1;
        }
      }),
  });

  const moderation = router({
    audit: adminProcedure
      .meta({ rest: 'GET /audit', limit: 'admin', summary: 'Who acts' })
      .input(z.strictObject({}))
      .output(z.object({ actor: z.string() }))
      .query(({ ctx }) => ({ actor: ctx.actor })),
    fail: publicProcedure
      .meta({ rest: 'GET /failures/{kind}', limit: 'anonymousRead', summary: 'Fails as it is told' })
      .input(z.strictObject({ kind: z.enum(['thrown', 'text', 'answer', 'known', 'wait', 'database']) }))
      .output(z.object({ n: z.int() }))
      .query(({ input: { kind } }) => {
        if (kind === 'thrown') throw new Error(`${CANARY} postgres://ciel:${CANARY}@db`);
        if (kind === 'text') throw `${CANARY}`;
        if (kind === 'known') throw notFound();
        if (kind === 'wait') throw new CielError('unavailable', { retryAfterSeconds: 7 });
        if (kind === 'database')
          throw new Error('Failed query', {
            cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
          });
        return { n: CANARY as unknown as number };
      }),
  });

  return { router: router({ users, posts, feed, moderation }), seen };
}
