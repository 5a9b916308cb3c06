import type { FastifyInstance, FastifyRequest } from 'fastify';
import superjson from 'superjson';
import { toCielError } from '../../server/api/http/toCielError.ts';
import { faultsOfAnswer, faultsOfCode, faultsOfResult } from './documented.ts';
import { noteUndocumented as note } from './undocumented.ts';

type OnAnswer = (answer: unknown) => void;

/** Checks every response of the server against its document. */
export async function watchAnswers(server: FastifyInstance, onAnswer: OnAnswer): Promise<void> {
  server.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' && payload !== undefined && payload !== null) return;
    // A page asks what it may ask.
    if (request.method === 'OPTIONS') return;
    const body = payload ?? '';
    const { url } = request.routeOptions;
    if (url?.startsWith('/trpc/')) return watchCalls(request, body as string, onAnswer);
    if (!url?.startsWith('/v1/') || request.method === 'HEAD') return;
    const path = url.slice('/v1'.length).replace(/:(\w+)/g, '{$1}');
    const { method } = request;
    const type = reply.getHeader('content-type')?.toString();
    const faults = faultsOfAnswer({ method, path }, { status: reply.statusCode, type, body: body as string });
    note(`${method} ${path}`, faults);
    if (reply.statusCode === 200 || reply.statusCode === 201) onAnswer(JSON.parse(body as string));
  });
}

type Called = { result: { data: object } } | { error: { json: { data: { code: string } } } };

function watchCalls({ params }: FastifyRequest, body: string, onAnswer: OnAnswer): void {
  const answers: Called | Called[] = JSON.parse(body);
  onAnswer(answers);
  const { path } = params as { path: string };
  const names = Array.isArray(answers) ? path.split(',') : [path];
  for (const [index, answer] of [answers].flat().entries()) noteCall(names[index]!, answer);
}

function noteCall(name: string, answer: Called): void {
  if ('error' in answer) noteCode(name, answer.error.json.data.code);
  else note(name, faultsOfResult(name, superjson.deserialize(answer.result.data as never)));
}

const noteCode = (name: string, code: string) => note(name, faultsOfCode(name, code));

/** The same caller, with every result checked against the document. */
export const watched = <Caller extends object>(caller: Caller, onAnswer: OnAnswer = () => {}): Caller =>
  through(caller, [], onAnswer) as Caller;

function through(caller: object, path: string[], onAnswer: OnAnswer): unknown {
  return new Proxy(caller, {
    get(target, key) {
      if (typeof key === 'symbol' || key === 'then') return undefined;
      return through(Reflect.get(target, key) as object, [...path, key], onAnswer);
    },
    apply: (target, _, args) => judge(path.join('.'), target as Call, args, onAnswer),
  });
}

type Call = (...args: unknown[]) => Promise<unknown>;

async function judge(name: string, call: Call, args: unknown[], onAnswer: OnAnswer): Promise<unknown> {
  try {
    const answer = await call(...args);
    note(name, faultsOfResult(name, answer));
    onAnswer(answer);
    return answer;
  } catch (error) {
    noteCode(name, toCielError(error).code);
    throw error;
  }
}
