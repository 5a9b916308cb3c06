import { CielError } from './errors.ts';
import { type Exchange, resultOf } from './exchange.ts';
import { platform, type Signal, untilAborted } from './platform.ts';
import { encode } from './wire.ts';

interface Question {
  path: string;
  input: object;
  token: string | null;
  signal: Signal | undefined;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** Asks one question; the answer or its error. */
export type Ask = (path: string, input: unknown, token: string | null, signal?: Signal) => Promise<unknown>;

const MAX_QUESTIONS = 20;
const MAX_URL_LENGTH = 4000;

/** Questions that are asked at the same moment travel together. */
export function createAsk(url: string, exchange: Exchange, timeoutMs: number | undefined): Ask {
  let waiting: Question[] = [];

  function flush(): void {
    const questions = waiting;
    waiting = [];
    for (const group of groupsOf(questions)) void askTogether(group);
  }

  async function askTogether(group: Question[]): Promise<void> {
    const { target, headers } = requestOf(group);
    const options = { calls: group.map(({ path }) => path), signal: signalOf(group), timeoutMs };
    try {
      const answer = await exchange.json(`${url}/${target}`, { method: 'GET', headers }, options);
      const answers = Array.isArray(answer) ? answer : group.map(() => answer);
      group.forEach(({ resolve, reject }, index) => {
        try {
          resolve(resultOf(answers[index] ?? {}));
        } catch (error) {
          reject(error);
        }
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  return (path, input, token, signal) => {
    const answer = new Promise<unknown>((resolve, reject) => {
      if (waiting.length === 0) void Promise.resolve().then(flush);
      waiting.push({ path, input: encode(input), token, signal, resolve, reject });
    });
    return untilAborted(answer, signal).catch((error: unknown) => {
      if (signal?.aborted)
        throw new CielError('aborted', 'The call was aborted', { call: path, cause: error });
      throw error;
    });
  };
}

/** In the order they were asked, as many together as fit and have the same token. */
function groupsOf(questions: Question[]): Question[][] {
  const groups: Question[][] = [];
  for (const question of questions) {
    const last = groups.at(-1);
    const isFitting =
      last &&
      last.length < MAX_QUESTIONS &&
      last[0]!.token === question.token &&
      requestOf([...last, question]).target.length <= MAX_URL_LENGTH;
    if (isFitting) last.push(question);
    else groups.push([question]);
  }
  return groups;
}

function requestOf(group: Question[]) {
  const [first] = group as [Question, ...Question[]];
  const isOne = group.length === 1;
  const input = isOne ? first.input : Object.fromEntries(group.map(({ input }, index) => [index, input]));
  const paths = group.map(({ path }) => path).join(',');
  return {
    target: `${paths}?${isOne ? '' : 'batch=1&'}input=${encodeURIComponent(JSON.stringify(input))}`,
    headers: first.token === null ? {} : { authorization: `Bearer ${first.token}` },
  };
}

/** Aborted when all of them are: one that nobody waits for does not end the others. */
function signalOf(group: Question[]): Signal | undefined {
  const signals = group.flatMap(({ signal }) => signal ?? []);
  if (signals.length < group.length) return undefined;
  if (signals.length === 1) return signals[0];
  const controller = new platform.AbortController();
  const check = () => {
    if (signals.every(({ aborted }) => aborted)) controller.abort();
  };
  for (const signal of signals) signal.addEventListener('abort', check);
  return controller.signal;
}
