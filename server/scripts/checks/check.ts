import type { SQL } from 'drizzle-orm';
import type { Db } from '../../infra/db/db.ts';

/** A rule that every Ciel database keeps, said as the rows that break it. */
export interface Check {
  name: string;
  /** What is wrong with a row that is found, for people. */
  says: string;
  /**
   * Selects one text column, `id`: which row it is, and what it has where that helps. A function where SQL can't tell; it
   * answers the same texts.
   */
  broken: SQL | ((db: Db) => Promise<string[]>);
}
