import type { z } from 'zod';

/**
 * tRPC parses with parseAsync, where zod does not use its compiled parsers and takes three times as long. No schema here is
 * asynchronous, so values are parsed synchronously; an asynchronous schema would throw.
 */
export function parseSynchronously({ _zod }: z.core.$ZodType): void {
  const { run } = _zod;
  _zod.run = (payload, context) => run(payload, { ...context, async: false });
}
