import { type AnyTRPCRouter, getTRPCErrorShape, TRPCError, transformTRPCResponse } from '@trpc/server';
import { type CielError, errorCatalogue } from '../../core/errors.ts';
import { statusOf } from '../../core/statuses.ts';

/** An error raised before any procedure ran, in the envelope that tRPC clients read. */
export function trpcErrorOf(router: AnyTRPCRouter, known: CielError, requestId: string) {
  const routerConfig = router._def._config;
  const shape = getTRPCErrorShape({
    config: routerConfig,
    error: new TRPCError({ code: errorCatalogue[known.code].kind, message: known.message, cause: known }),
    type: 'unknown',
    path: undefined,
    input: undefined,
    ctx: { requestId },
  });
  return { status: statusOf(known.code), body: transformTRPCResponse(routerConfig, { error: shape }) };
}
