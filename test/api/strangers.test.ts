import type { FastifyInstance } from 'fastify';
import { afterAll, expect } from 'vitest';
import { testWith } from '../support/fixtures.ts';
import { serverFor } from '../support/server.ts';
import { type Asked, comparable, prepareQuestions, type Questions } from '../support/strangers.ts';
import type { World } from '../support/world.ts';

const ROUNDS = 3;

let world: World;
let server: FastifyInstance;
let questions: Questions;

const ask = async (asked: Asked) => {
  const { statusCode: status, headers, body } = await server.inject(asked);
  return { status, headers, body };
};

const test = testWith({
  settings: {
    signupMode: 'invite',
    rateLimitFactor: 1_000_000,
    signupsPerAddressPerDay: 1_000_000,
  },
});
test.beforeAll(async ({ world: worldOfFile }) => {
  world = worldOfFile;
  server = await serverFor(world.app);
  questions = await prepareQuestions(ask);
});
afterAll(async () => {
  await server.close();
});

test.each(['signing in', 'signing up', 'an invite', 'an operator'] as const)(
  'the answer to %s says nothing of who is there, by no byte',
  async (question) => {
    const answers = new Map<string, string[]>();
    for (let round = 0; round < ROUNDS; round++)
      for (const [state, asked] of Object.entries(questions[question])) {
        const answer = comparable(await ask(asked));
        answers.set(answer, [...(answers.get(answer) ?? []), state]);
      }
    expect([...answers.values()]).toHaveLength(1);
  },
);
