import { type SQL, sql } from 'drizzle-orm';
import type { Check } from './check.ts';

/** Visible despite a takedown in force. */
const shown = (type: string, table: SQL): SQL => sql`
  select actions.id || ' ' || content.id as id from actions join ${table} content on content.id = subject_id
  where kind = 'takedown' and subject_type = ${type} and undone_at is null
    and content.deleted_at is null and content.taken_down_at is null`;

/** Reports, cases and their outcomes, and the risk of devices. */
export const moderationChecks: Check[] = [
  {
    name: 'reportResolvedApart',
    says: 'open reports in a resolved case, or resolved ones in an open case',
    broken: sql`
      select reports.id || ' ' || cases.id as id from reports join cases on cases.id = case_id
      where (reports.round < cases.round or status = 'resolved') <> (reports.resolved_at is not null)`,
  },
  {
    name: 'reportWithoutDecision',
    says: 'reports without an action though the case led to one, or with one though it was dismissed',
    broken: sql`
      select reports.id || ' ' || resolution as id from reports join cases on cases.id = case_id and cases.round = reports.round
      where status = 'resolved' and reports.resolved_at is not null and (resolution = 'dismiss') <> (action_id is null)`,
  },
  {
    name: 'takedownWithoutEffect',
    says: 'content that is visible despite a takedown',
    broken: sql.join(
      [shown('post', sql`posts`), shown('comment', sql`comments`), shown('story', sql`stories`)],
      sql` union all `,
    ),
  },
  {
    name: 'appealByAnother',
    says: 'appeals against an action on another user',
    broken: sql`
      select appeals.id || ' ' || actions.id as id from appeals join actions on actions.id = action_id
      where appeals.user_id <> actions.user_id`,
  },
  {
    name: 'deviceRisk',
    says: 'devices with a lower risk than their accounts imply',
    broken: sql`
      select id || ' has ' || risk || ' for ' || n as id from devices join (
        select device_id, count(*) as n from device_accounts group by 1) accounts on device_id = id
      where risk < least(100, 5 * least(n, 3) + 15 * least(greatest(n - 3, 0), 3) + 30 * least(greatest(n - 6, 0), 5)
        + 50 * greatest(n - 11, 0))`,
  },
  {
    name: 'signupReviewNeedless',
    says: 'sign-ups under review on a device that was not risky, or was not theirs',
    broken: sql`
      select user_id::text as id from signup_reviews where risk <= 80 or not exists (
        select from device_accounts where device_accounts.user_id = signup_reviews.user_id
          and device_accounts.device_id = signup_reviews.device_id)`,
  },
];
