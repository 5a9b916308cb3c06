import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { type ErrorCode, type ErrorKind, errorCatalogue } from './errors.ts';

const statusFor = ({ kind, status }: ErrorKind): number =>
  status ?? getHTTPStatusCodeFromError(new TRPCError({ code: kind }));

const statuses = Object.fromEntries(
  Object.entries(errorCatalogue).map(([code, kind]) => [code, statusFor(kind)]),
) as Record<ErrorCode, number>;

/** The HTTP status of every error, including one that ends a stream which has already started with another status. */
export const statusOf = (code: ErrorCode): number => statuses[code];
