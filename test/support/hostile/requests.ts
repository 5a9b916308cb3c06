import { bodyOf } from './bodies.ts';
import { type Dice, diceOf } from './dice.ts';
import { headersFor } from './headers.ts';
import type { Operation } from './operations.ts';
import { targetOf } from './targets.ts';
import { callOver } from './trpcCalls.ts';
import { badValue, goodValue, type Stock } from './values.ts';
import type { WireRequest } from './wire.ts';

export interface Caller {
  headers: [name: string, value: string][];
  /** What there is for one like that to ask for. */
  stock: Stock;
}

export interface Hostile extends WireRequest {
  operation: Operation;
}

export type Callers = Record<'nobody' | 'person' | 'admin', Caller[]>;

/** The nth request: an operation of the document, by some user, with values of which some are invalid. */
export function hostileRequest(n: number, operations: Operation[], callers: Callers): Hostile {
  const dice = diceOf(n * 2_654_435_761);
  const operation = operations[n % operations.length]!;
  const caller = callerFor(operation, callers, dice);
  const input = inputFor(operation, caller.stock, dice);
  const request = dice.chance(0.35)
    ? callOver(operation, operations, input, caller.stock, dice)
    : restRequest(operation, input, dice);
  const { body } = request;
  return { ...request, operation, headers: headersFor(caller.headers, body !== undefined, dice) };
}

function callerFor({ access }: Operation, { nobody, person, admin }: Callers, dice: Dice): Caller {
  if (dice.chance(0.1)) return dice.pick([...nobody, ...person, ...admin]);
  if (access === 'admin') return dice.pick(admin);
  return dice.pick(access === 'user' ? person : [...nobody, ...person]);
}

export type Input = [field: Operation['fields'][number], value: unknown][];

/** One request in three is as it must be; of the others a field or two are not. */
function inputFor({ fields }: Operation, stock: Stock, dice: Dice): Input {
  const badShare = dice.chance(0.33) ? 0 : dice.pick([0.15, 0.4, 0.9]);
  return fields
    .filter((field) => field.in === 'path' || dice.chance(field.isRequired ? 0.96 : 0.5))
    .map((field) => {
      const make = dice.chance(badShare) ? badValue : goodValue;
      return [
        field,
        make(field.name, field.schema, field.in === 'body' ? { ...stock, handle: [] } : stock, dice),
      ];
    });
}

function restRequest(operation: Operation, input: Input, dice: Dice): WireRequest {
  const isRead = operation.method === 'GET';
  const inBody = Object.fromEntries(
    input.filter(([{ in: place }]) => place === 'body').map(([{ name }, value]) => [name, value]),
  );
  const hasBody = isRead ? dice.chance(0.02) : Object.keys(inBody).length > 0 || dice.chance(0.2);
  const method = dice.chance(0.04)
    ? dice.pick(['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'QUERY'])
    : operation.method;
  return {
    method,
    target: targetOf(operation, input, dice),
    headers: [],
    body: hasBody ? bodyOf(JSON.stringify(inBody), dice) : undefined,
  };
}
