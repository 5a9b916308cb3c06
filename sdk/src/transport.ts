import {
  createTRPCUntypedClient,
  httpBatchLink,
  httpLink,
  type Operation,
  splitLink,
  TRPCClientError,
  type TRPCUntypedClient,
} from '@trpc/client';
import { CielError, errorOf, toCielError, type WireError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { type Signal, untilAborted } from './platform.ts';
import { decode, encode } from './wire.ts';

/** Carries out one call; knows nothing about sessions or retries. */
export type Transport = (
  path: string,
  type: 'query' | 'mutation',
  input: object,
  options: TransportOptions,
) => Promise<unknown>;

export interface TransportOptions {
  token: string | null;
  idempotencyKey?: string | null;
  signal?: Signal | undefined;
}

type Client = TRPCUntypedClient<never>;

const MAX_BATCH = 20;
const MAX_URL_LENGTH = 6000;

/** Queries that are made in the same tick with the same token are sent as one batch. */
export function createTransport(url: string, { json }: Exchange): Transport {
  let newest: { token: string | null; client: Client } | null = null;

  const clientOf = (token: string | null): Client => {
    if (newest?.token !== token || !newest) newest = { token, client: createClient(token) };
    return newest.client;
  };

  function createClient(token: string | null): Client {
    const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
    const keyed = ({ op }: { op: Operation }) =>
      op.context.key ? { ...authorization, 'idempotency-key': String(op.context.key) } : authorization;
    const common = { url, fetch: json as never, transformer: { serialize: encode, deserialize: decode } };
    return createTRPCUntypedClient({
      links: [
        splitLink({
          condition: ({ type }) => type === 'query',
          true: httpBatchLink({
            ...common,
            headers: authorization,
            maxItems: MAX_BATCH,
            maxURLLength: MAX_URL_LENGTH,
          }),
          false: httpLink({ ...common, headers: keyed }),
        }),
      ],
    } as never);
  }

  return async (path, type, input, { token, idempotencyKey, signal }) => {
    const options = { signal: signal as never, context: { key: idempotencyKey } };
    try {
      return await untilAborted(clientOf(token)[type](path, input, options), signal);
    } catch (cause) {
      throw errorFrom(cause, path, signal);
    }
  };
}

function errorFrom(cause: unknown, call: string, signal: Signal | undefined): CielError {
  if (signal?.aborted) return new CielError('aborted', 'The call was aborted', { call, cause });
  if (!(cause instanceof TRPCClientError)) return toCielError(cause, { call });
  if (cause.data?.code) return errorOf({ message: cause.message, data: cause.data } as WireError);
  if (cause.cause instanceof CielError) return cause.cause;
  return toCielError(cause.cause ?? cause, { call });
}
