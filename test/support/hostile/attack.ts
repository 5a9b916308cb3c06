import { faultsOfAnswer } from './judge.ts';
import { readOperations } from './operations.ts';
import { type Ask, askAt, lookAround, PASSWORD, type Person, publish, revive, signUp } from './people.ts';
import { type Caller, type Callers, hostileRequest } from './requests.ts';
import type { Stock } from './values.ts';
import { send } from './wire.ts';

interface Target {
  port: number;
  adminToken: string;
  /** Does what there is to be done in the background; a program does it by itself. */
  drain?(): Promise<unknown>;
}

interface Extent {
  count: number;
  /** With one at a time, each request meets the same data in every run. */
  atOnce: number;
}

const PEOPLE = 3;
const VICTIMS = 2;
const ROUND = 100;
/** Rounds after which they look again at what there is. */
const STALE = 8;

/**
 * So many requests as nobody, as people and as an operator, whose acts hit other people. After each round those who were signed
 * out, banned or deleted are put back on their feet.
 */
export async function attack({ port, adminToken, drain }: Target, { count, atOnce }: Extent) {
  const operations = readOperations();
  const ask = askAt(port, adminToken);
  const inviteCode = await invite(ask);
  let people = await signUpAll(ask, inviteCode, PEOPLE);
  let victims = await signUpAll(ask, inviteCode, VICTIMS);
  for (const person of [...people, ...victims]) await publish(ask, person);
  await drain?.();

  const secrets = new Set([adminToken, PASSWORD]);
  const statuses = new Map<number, number>();
  const reached = new Set<string>();
  const faults: string[] = [];
  let stocks = await look();
  for (let start = 0, round = 1; start < count; start += ROUND, round++) {
    people = await Promise.all(people.map((person) => revive(ask, person, inviteCode)));
    victims = await Promise.all(victims.map((person) => revive(ask, person, inviteCode)));
    for (const { accessToken, refreshToken } of [...people, ...victims])
      for (const token of [accessToken, refreshToken]) secrets.add(token);
    if (round % STALE === 0) stocks = await look();
    await Promise.all(inTurn(start, Math.min(start + ROUND, count), callersOf(stocks)));
  }
  await drain?.();
  const names = [...new Set(operations.map(({ name }) => name))];
  return {
    faults,
    statuses,
    names,
    unreached: names.filter((name) => !reached.has(name)),
    secrets: [...secrets],
  };

  function inTurn(start: number, end: number, callers: Callers): Promise<void>[] {
    let next = start;
    return Array.from({ length: atOnce }, async () => {
      for (let n = next++; n < end; n = next++) await one(n, callers);
    });
  }

  async function one(n: number, callers: Callers): Promise<void> {
    const request = hostileRequest(n, operations, callers);
    const answer = await send(port, request);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answer.status >= 200 && answer.status < 300) reached.add(request.operation.name);
    // Responses to a password contain tokens.
    for (const fault of faultsOfAnswer(request, answer, [adminToken, PASSWORD]))
      faults.push(`request ${n}, ${fault}`);
  }

  /** People follow each other, so that there is something to see and to deny. */
  async function look(): Promise<Stocks> {
    for (const [at, person] of people.entries())
      for (const other of [...people, ...victims].slice(at + 1))
        await ask('POST', `/users/${other.id}/follow`, { as: person });
    await drain?.();
    const own = { inviteCode: [inviteCode] };
    return { people: await lookAround(ask, people, own), admin: await lookAround(ask, victims, own) };
  }

  function callersOf(stocks: Stocks): Callers {
    const headersOf = ({ accessToken }: Person): Caller['headers'] => [
      ['authorization', `Bearer ${accessToken}`],
    ];
    return {
      nobody: [{ headers: [], stock: stocks.people }],
      person: people.map((person) => ({ headers: headersOf(person), stock: stocks.people })),
      admin: [{ headers: [['x-admin-token', adminToken]], stock: stocks.admin }],
    };
  }
}

interface Stocks {
  people: Stock;
  admin: Stock;
}

async function invite(ask: Ask): Promise<string> {
  const { body } = await ask('POST', '/admin/invites', {
    as: 'admin',
    body: { daysValid: 30, maxUses: 1000 },
  });
  return body.code as string;
}

async function signUpAll(ask: Ask, inviteCode: string, count: number): Promise<Person[]> {
  const signedUp: Person[] = [];
  for (let n = 0; n < count; n++) signedUp.push(await signUp(ask, inviteCode));
  return signedUp;
}
