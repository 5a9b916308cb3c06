import { expect } from 'vitest';
import { relationshipWith } from '../../sdk/src/react/relationships.ts';
import { testWith } from '../support/fixtures.ts';
import { type Host, WIDE_LIMITS } from '../support/host.ts';
import { refusal, signedUp, troubledLine } from './people.ts';

let host: Host;
const test = testWith({ settings: WIDE_LIMITS });
test.beforeAll(({ host: hostOfFile }) => {
  host = hostOfFile;
});

const MISSING = '01993a4e-0000-7000-8000-000000000000';

test('all rows that ask in one turn are one call, however many ask for the same', async () => {
  const line = troubledLine();
  const ciel = await signedUp(host, 'reader', { fetch: line.fetch });
  const { alice, bob } = await host.people('alice', 'bob');
  await ciel.social.follow({ userId: alice.id });
  line.requests.length = 0;
  const ids = [alice.id, bob.id, MISSING, alice.id];
  const found = await Promise.all(ids.map((id) => relationshipWith(ciel, id)));
  expect(found.map((relationship) => relationship?.following)).toEqual([true, false, undefined, true]);
  expect(found[2]).toBeNull();
  expect(line.requests.length).toBe(1);
  expect((await relationshipWith(ciel, bob.id))?.following).toBe(false);
  expect(line.requests.length).toBe(2);
});

test('more than a hundred of them are asked for by the hundred, and a call that fails fails for its own rows', async () => {
  const line = troubledLine();
  const ciel = await signedUp(host, 'crowded', { fetch: line.fetch, retry: { attempts: 1 } });
  const { carol } = await host.people('carol');
  line.requests.length = 0;
  line.refuse('social.relationships', 1, () => refusal('forbidden', 403));
  const asked = [...Array<string>(100).fill(MISSING), carol.id].map((id) => relationshipWith(ciel, id));
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.slice(0, 100).every(({ status }) => status === 'rejected')).toBe(true);
  expect(outcomes[100]).toMatchObject({ status: 'fulfilled', value: { following: false } });
  expect(line.requests.length).toBe(2);
});
