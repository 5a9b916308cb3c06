import { z } from 'zod';
import { Id, Timestamp } from '../../core/fields.ts';
import { pointReasons } from '../../core/points.ts';

const level = z
  .int()
  .min(0)
  .max(3)
  .meta({ description: '0 New, 1 Basic, 2 Trusted, 3 Verified', examples: [0] });

const number = (description: string, example: number) => z.int().meta({ description, examples: [example] });

const enough = (of: string, have: number, need: number) =>
  z
    .object({ have: number(of, have), need: number('The required minimum', need) })
    .meta({ description: `${of}: current value and required minimum` });

const fewer = (of: string, under: number) =>
  z
    .object({ have: number(of, 0), under: number('The value must stay below this', under) })
    .meta({ description: `${of}: current value and the limit to stay below` });

export const NextLevel = z
  .object({
    level,
    age: enough('Full days since sign-up', 3, 7),
    posts: enough('Published posts', 2, 5),
    points: enough('Points', 14, 20),
    flags: fewer('Upheld reports', 5),
    strikes: fewer('Strikes in force', 3),
  })
  .meta({ id: 'NextLevel', description: 'Requirements for the next level; all must be met' });

export const Strike = z
  .object({
    id: Id,
    createdAt: Timestamp,
    endsAt: Timestamp.meta({ description: '180 days after the strike was issued' }),
  })
  .meta({ id: 'Strike', description: 'A penalty for breaking a rule; it counts against the account' });

export const TrustScore = z
  .object({
    level,
    points: number('Points, never below 0', 14).min(0),
    next: NextLevel.nullable().meta({
      description: 'Null for Trusted and Verified users: only an operator can make a user Verified',
    }),
    strikes: z.array(Strike).meta({ description: 'Strikes in force, newest first' }),
  })
  .meta({
    id: 'TrustScore',
    description: 'Trust level, points and the requirements for the next level',
  });
export type TrustScore = z.infer<typeof TrustScore>;

const ledger = z
  .array(
    z.object({
      act: z.enum(pointReasons).meta({ description: 'What the points were given for', examples: ['post'] }),
      count: number('Number of entries that count', 2),
      points: number('Sum of their points', 10),
    }),
  )
  .meta({ description: 'Points by what they were given for' });

/** Everything that is stored about a user's trust. */
export const OwnTrust = z
  .object({ ...TrustScore.shape, ledger })
  .meta({ id: 'OwnTrust', description: 'Trust level and points, with the ledger of points' });
export type OwnTrust = z.infer<typeof OwnTrust>;

export const PersonRef = z.strictObject({ userId: Id });
export type PersonRef = z.infer<typeof PersonRef>;

export const TrustRecord = z
  .object({
    userId: Id,
    ...TrustScore.shape,
    sum: number('Sum of the ledger, which may be below 0', -11),
    earnedLevel: level.meta({
      description: 'The level earned, not counting Verified granted by an operator',
    }),
    ledger,
    strikes: z
      .array(
        Strike.extend({
          actionId: Id.meta({ description: 'The action that issued the strike' }),
          undoneAt: Timestamp.nullable().meta({ description: 'Null unless the strike has been undone' }),
        }),
      )
      .meta({ description: 'The 100 newest, including ended and undone ones' }),
  })
  .meta({ id: 'TrustRecord', description: "A user's trust record, for operators" });
export type TrustRecord = z.infer<typeof TrustRecord>;
