import type { SQL } from 'drizzle-orm';
import type { Db } from '../../infra/db/db.ts';

/** A consistency rule of the database, defined by the rows that break it. */
export interface Check {
  name: string;
  /** What is wrong with the rows it finds, for the output. */
  says: string;
  /**
   * Selects one text column, `id`, which identifies the row and, where that helps, its value. A function where SQL can't decide;
   * it returns the same texts.
   */
  broken: SQL | ((db: Db) => Promise<string[]>);
}
