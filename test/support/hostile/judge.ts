import type { WireAnswer, WireRequest } from './wire.ts';

const NOSNIFF = /^x-content-type-options: nosniff$/im;
const REQUEST_ID = /^x-request-id: (.+)$/im;
const TYPE = /^content-type: (.+)$/im;
const COMPRESSED = /^content-encoding: /im;
const TELLTALE = /^(?:server|x-powered-by|set-cookie|access-control-allow-credentials):/im;
const ERROR_TYPE = /^application\/(?:problem\+)?json/;
const INSIDES =
  /node_modules|\.[jt]s:\d|at async|\$argon2|Failed query|PostgresError|drizzle|ZodError|TRPCError|superjson|ECONN/i;
/** Who sends a megabyte of nonsense gets no megabyte of errors back. */
const MAX_ERROR = 64 * 1024;

/** What is wrong with a response, whatever the request. */
export function faultsOfAnswer(
  { method, target }: WireRequest,
  { status, head, body, isCut }: WireAnswer,
  secrets: readonly string[],
): string[] {
  const faults: string[] = [];
  const blame = (isWrong: boolean, why: string) => {
    if (isWrong)
      faults.push(`${why}: ${status} for ${method} ${target.slice(0, 300)}: ${body.slice(0, 300)}`);
  };
  if (isCut && status === 0) return faults;
  const requestId = REQUEST_ID.exec(head)?.[1];
  blame(status === 0, `no answer (${head.slice(0, 100)})`);
  blame(status >= 500, 'a failure of ours');
  blame(
    secrets.some((secret) => body.includes(secret) || head.includes(secret)),
    'a secret',
  );
  if (status === 0) return faults;

  blame(!NOSNIFF.test(head) || !requestId, 'headers are missing');
  blame(TELLTALE.test(head), 'headers that say too much');
  if (status < 400) return faults;

  const isReadable = method !== 'HEAD' && !COMPRESSED.test(head);
  blame(INSIDES.test(body), 'an error that tells of our insides');
  blame(body.length > MAX_ERROR, `an error of ${body.length} bytes`);
  if (!isReadable) return faults;
  blame(!ERROR_TYPE.test(TYPE.exec(head)?.[1] ?? ''), 'an error that is no JSON');
  // tRPC does not know it yet when it refuses a batch.
  const isKnown = body.includes(`"requestId":"${requestId}"`) || body.includes('"requestId":null');
  blame(!isKnown, 'an error without its request id');
  return faults;
}

/** What is wrong with a log: lines that are not JSON, errors, and secrets. */
export function faultsOfLog(lines: readonly string[], secrets: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const faults = secrets.some((secret) => line.includes(secret)) ? ['a secret in the log'] : [];
    const { level } = parsed(line);
    if (level === undefined) faults.push('a line that is no JSON');
    if (level === 'error') faults.push('an error in the log');
    return faults.map((fault) => `${fault}: ${line.slice(0, 600)}`);
  });
}

function parsed(line: string): { level?: string } {
  try {
    return JSON.parse(line) as { level?: string };
  } catch {
    return {};
  }
}
