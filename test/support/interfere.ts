import { AsyncLocalStorage } from 'node:async_hooks';
import { PostgresJsPreparedQuery } from 'drizzle-orm/postgres-js';

interface Step {
  sent: number;
  before: number;
  interfere: () => Promise<unknown>;
}

const running = new AsyncLocalStorage<Step>();

/**
 * Runs the work and interferes just before its statement of this index is sent, counted from 0; returns the number of
 * statements. What a race does by luck, this does at each place in turn.
 */
export async function interfereBefore(
  before: number,
  interfere: () => Promise<unknown>,
  work: () => Promise<unknown>,
): Promise<number> {
  const { execute } = PostgresJsPreparedQuery.prototype;
  const step: Step = { sent: 0, before, interfere };
  PostgresJsPreparedQuery.prototype.execute = async function (...args) {
    const current = running.getStore();
    if (current && current.sent++ === current.before) await running.exit(current.interfere);
    return execute.apply(this, args);
  };
  try {
    await running.run(step, work);
  } finally {
    PostgresJsPreparedQuery.prototype.execute = execute;
  }
  return step.sent;
}
