import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Call,
  type Caller,
  callRest,
  describe,
  type Json,
  type Parameters,
  type Reply,
  type Side,
} from './calls.ts';
import { differenceOf } from './difference.ts';
import { type Operation, operationsOf } from './document.ts';

/**
 * The effects of a write need jobs, and sessions are remembered for half a second. The large photograph takes over 20 s where other
 * lanes run too.
 */
const SEEN_WITHIN_MS = 120_000;
/** The previous version first. */
type Replies = [Reply, Reply];

export type Pair = Awaited<ReturnType<typeof createPair>>;

/** Two programs on one database: writes go through each in turn, and reads through both, which must return the same. */
export async function createPair(sides: [Side, Side]) {
  const [previous, current] = [await operationsOf(sides[0].url), await operationsOf(sides[1].url)];
  /** Those that both have: the others can't be asked of both. */
  const operations = new Map([...current].filter(([name]) => previous.has(name)));
  /** What has succeeded, such as `previous POST /posts`; repeats do not count. */
  const reached = new Set<string>();
  /** Values that parameters had, by their names. */
  const stock = new Map<string, Set<string>>();
  let turn = 0;

  function operationOf(name: string): Operation {
    const operation = operations.get(name);
    if (!operation) throw new Error(`${name} is not documented by both versions`);
    return operation;
  }

  async function call(side: Side, it: Call): Promise<Reply> {
    const reply = await callRest(side, it);
    if (reply.status < 300) reached.add(`${side.name} ${it.name}`);
    return reply;
  }

  /** Says which side the next write goes through. */
  function startWith(side: Side): void {
    turn = sides.indexOf(side);
  }

  function remember(parameters: Parameters): void {
    for (const [name, value] of Object.entries(parameters))
      stock.set(name, (stock.get(name) ?? new Set()).add(String(value)));
  }

  /**
   * Sends a write through the side whose turn it is. Where it takes an Idempotency-Key it is then repeated through the other
   * side, which must return what the first one did.
   */
  async function write(
    name: string,
    caller: Caller,
    parameters: Parameters = {},
    body?: object,
  ): Promise<Json> {
    const at = turn;
    turn = 1 - turn;
    const key = operationOf(name).takesKey ? crypto.randomUUID() : undefined;
    const it = { name, caller, parameters, body, key };
    const reply = await call(sides[at]!, it);
    if (reply.status >= 300) throw new Error(describe(sides[at]!, name, reply));
    remember(parameters);
    if (key && !ENDS_THE_SESSION.has(name)) {
      const repeated = await callRest(sides[1 - at]!, it);
      const difference = differenceOf(...inOrder(at, reply, repeated));
      if (difference)
        throw new Error(`${name}, repeated with its key through the other version: ${difference}`);
    }
    return reply.body;
  }

  const inOrder = (at: number, first: Reply, second: Reply): Replies =>
    at === 0 ? [first, second] : [second, first];

  /** Reads through both, first through the one that has not written last, until both return the same and it is right. */
  async function see(
    name: string,
    caller: Caller,
    parameters: Parameters,
    isRight: (body: Json) => unknown,
  ): Promise<Json> {
    operationOf(name);
    let why = '';
    for (const deadline = Date.now() + SEEN_WITHIN_MS; Date.now() < deadline; await sleep(50)) {
      const replies = await readBoth({ name, caller, parameters });
      const wrong = replies.findIndex(({ status, body }) => status >= 300 || !isRight(body));
      const difference = differenceOf(...replies);
      if (wrong < 0 && !difference) {
        remember(parameters);
        return replies[1].body;
      }
      why = wrong < 0 ? difference! : `not seen: ${describe(sides[wrong]!, name, replies[wrong]!)}`;
    }
    throw new Error(`${name}: ${why}`);
  }

  /** Both refuse it with this status. */
  async function seeRefused(
    name: string,
    caller: Caller,
    parameters: Parameters,
    status = 404,
  ): Promise<void> {
    operationOf(name);
    let statuses: number[] = [];
    for (const deadline = Date.now() + SEEN_WITHIN_MS; Date.now() < deadline; await sleep(50)) {
      statuses = (await readBoth({ name, caller, parameters })).map((reply) => reply.status);
      if (statuses.every((one) => one === status)) return;
    }
    throw new Error(`${name} returned ${statuses.join(' and ')} instead of ${status}`);
  }

  async function readBoth(it: Call): Promise<Replies> {
    const first = await call(sides[turn]!, it);
    return inOrder(turn, first, await call(sides[1 - turn]!, it));
  }

  return { sides, operations, reached, stock, call, readBoth, write, see, seeRefused, startWith };
}

/** Repeated, it would come from nobody. */
const ENDS_THE_SESSION = new Set(['DELETE /account']);
