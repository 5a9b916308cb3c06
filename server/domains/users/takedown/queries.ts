import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { actions } from '../../../schema/index.ts';

/** What takedowns in force took away from the profile, each with its rule and reason. */
export const findRemovedTexts = (db: Db, userId: string) =>
  db
    .select({ removed: actions.removed, rule: actions.rule, reason: actions.reason })
    .from(actions)
    .where(
      and(
        eq(actions.userId, userId),
        eq(actions.subjectType, 'user'),
        eq(actions.kind, 'takedown'),
        isNull(actions.undoneAt),
        sql`${actions.removed} <> '{}'::jsonb`,
      ),
    );
