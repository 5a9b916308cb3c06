import { TRPCError } from '@trpc/server';
import { ConfigError } from '../../config/config.ts';
import { CielError, type ErrorCode, type FieldError } from '../../core/errors.ts';
import { problemOf } from '../../core/procedures.ts';
import { StartupError } from '../../infra/startupError.ts';

/** Exit codes of the process. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  unavailable: 3,
  bug: 70,
} as const;

/** The command was called in a wrong way. */
export class Usage extends Error {
  override name = 'Usage';
}

/** The command was not carried out; the message says why. */
export class Refusal extends Error {
  override name = 'Refusal';
}

interface Failure {
  exitCode: number;
  code: ErrorCode | 'usage' | 'refused' | 'unavailable';
  message: string;
  errors?: FieldError[];
}

const EXITS: Partial<Record<ErrorCode, number>> = {
  invalid_input: exitCodes.usage,
  overloaded: exitCodes.unavailable,
  unavailable: exitCodes.unavailable,
};

/** How to report an error; null for a bug. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof Usage) return { exitCode: exitCodes.usage, code: 'usage', message: error.message };
  if (error instanceof Refusal)
    return { exitCode: exitCodes.failed, code: 'refused', message: error.message };
  if (error instanceof ConfigError || error instanceof StartupError)
    return { exitCode: exitCodes.unavailable, code: 'unavailable', message: error.message };
  const problem = error instanceof TRPCError ? problemOf(error) : error;
  if (!(problem instanceof CielError) || problem.code === 'internal') return null;
  const { code, message, errors } = problem;
  return { exitCode: EXITS[code] ?? exitCodes.failed, code, message, ...(errors.length ? { errors } : {}) };
}
