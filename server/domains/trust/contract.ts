import { z } from 'zod';
import { trustActs } from '../../core/acts.ts';
import { Id, Timestamp } from '../../core/fields.ts';

const level = z
  .int()
  .min(0)
  .max(3)
  .meta({ description: '0 New, 1 Basic, 2 Trusted, 3 Verified', examples: [0] });

const number = (description: string, example: number) => z.int().meta({ description, examples: [example] });

const enough = (of: string, have: number, need: number) =>
  z
    .object({ have: number(of, have), need: number('At least so many', need) })
    .meta({ description: `${of}: at least so many` });

const fewer = (of: string, under: number) =>
  z
    .object({ have: number(of, 0), under: number('Fewer than so many', under) })
    .meta({ description: `${of}: fewer than so many` });

export const NextLevel = z
  .object({
    level,
    age: enough('Full days since the sign-up', 3, 7),
    posts: enough('Published posts that stand', 2, 5),
    points: enough('Points', 14, 20),
    flags: fewer('Reports that were upheld', 5),
    strikes: fewer('Strikes that have not ended', 3),
  })
  .meta({ id: 'NextLevel', description: 'All of it is needed' });

export const Strike = z
  .object({
    id: Id,
    createdAt: Timestamp,
    endsAt: Timestamp.meta({ description: '180 days after it was given' }),
  })
  .meta({ id: 'Strike', description: 'A breach of a rule that counts against the account' });

export const TrustScore = z
  .object({
    level,
    points: number('Never below 0', 14).min(0),
    next: NextLevel.nullable().meta({
      description: 'Null for Trusted and Verified people: Verified is given by hand',
    }),
    strikes: z.array(Strike).meta({ description: 'Those that have not ended, the latest first' }),
  })
  .meta({
    id: 'TrustScore',
    description: 'How the viewer stands, and what is still missing to the next level',
  });
export type TrustScore = z.infer<typeof TrustScore>;

const ledger = z
  .array(
    z.object({
      act: z.enum(trustActs).meta({ description: 'What changed the points', examples: ['post'] }),
      count: number('How many acts count', 2),
      points: number('What they are worth together', 10),
    }),
  )
  .meta({ description: 'By kind of act' });

/** All that is kept of how the person stands. */
export const OwnTrust = z
  .object({ ...TrustScore.shape, ledger })
  .meta({ id: 'OwnTrust', description: 'How the viewer stands, with every change of points' });
export type OwnTrust = z.infer<typeof OwnTrust>;

export const PersonRef = z.strictObject({ userId: Id });
export type PersonRef = z.infer<typeof PersonRef>;

export const TrustRecord = z
  .object({
    userId: Id,
    ...TrustScore.shape,
    sum: number('Of the whole ledger, below 0 too', -11),
    earnedLevel: level.meta({ description: 'What the person would have without a Verified given by hand' }),
    ledger,
    strikes: z
      .array(
        Strike.extend({
          actionId: Id.meta({ description: 'The act of an operator that gave it' }),
          undoneAt: Timestamp.nullable().meta({ description: 'Null while it holds' }),
        }),
      )
      .meta({ description: 'Ended and undone ones too, the latest 100' }),
  })
  .meta({ id: 'TrustRecord', description: 'How somebody stands, for operators' });
export type TrustRecord = z.infer<typeof TrustRecord>;
