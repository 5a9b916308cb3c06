import { z } from 'zod';
import { Handle, Id, Page, pageInput, Reason, Text, Timestamp } from '../../core/fields.ts';
import { MediaView } from '../media/contract.ts';

export const subjectTypes = ['user', 'post', 'comment', 'story'] as const;
export const SubjectType = z.enum(subjectTypes).meta({ description: 'What it is about', examples: ['post'] });
export type SubjectType = z.infer<typeof SubjectType>;

export const Rule = Text({ min: 1, max: 100 }).meta({
  description: 'The rule that was broken, up to 100 characters',
  examples: ['No nudity'],
});
export const ActReason = Reason.meta({
  description: 'Why, up to 1000 characters; the person it is done to reads it',
  examples: ['The photograph shows somebody undressed'],
});

export const DurationHours = z
  .int()
  .min(1)
  .max(87_600)
  .meta({ examples: [168] })
  .nullable()
  .meta({ description: 'Null: for ever', examples: [168] });

const Category = z
  .enum(['spam', 'abuse', 'nudity', 'violence', 'selfHarm', 'illegal', 'impersonation', 'other'])
  .meta({ description: 'What it is reported as', examples: ['nudity'] });

const flag = {
  category: Category,
  reason: Reason.optional().meta({
    description: 'In the words of the reporter, up to 1000 characters',
    examples: ['This is not what it says'],
  }),
};
export const UserFlag = z.strictObject({ userId: Id, ...flag });
export const PostFlag = z.strictObject({ postId: Id, ...flag });
export const CommentFlag = z.strictObject({ commentId: Id, ...flag });
export const StoryFlag = z.strictObject({ storyId: Id, ...flag });
export type Flag = Omit<z.infer<typeof UserFlag>, 'userId'>;

const reported = {
  id: Id,
  category: Category,
  reason: z
    .string()
    .nullable()
    .meta({
      description: 'Why it was done; of a report, in the words of the reporter',
      examples: ['This is not what it says'],
    }),
  createdAt: Timestamp,
};

export const Report = z
  .object({
    ...reported,
    subjectType: SubjectType,
    subjectId: Id,
    outcome: z.enum(['open', 'dismissed', 'upheld']).meta({
      description: '`upheld` when something was done about it, and that was not undone',
      examples: ['upheld'],
    }),
    resolvedAt: Timestamp.nullable().meta({ description: 'Null while it is open' }),
  })
  .meta({ id: 'Report', description: 'What the viewer has reported' });
export type Report = z.infer<typeof Report>;

const OwnListInput = z.strictObject(pageInput);
export const ReportListInput = OwnListInput;
export type ReportListInput = z.infer<typeof ReportListInput>;
export const ReportPage = Page(Report);

/** For operators: whoever it is, also banned or deleted. */
export const Account = z
  .object({
    id: Id,
    handle: z
      .string()
      .meta({ description: 'Without regard to case the only one of its kind', examples: ['alice'] }),
    displayName: z.string().meta({ description: 'The name that is shown', examples: ['Alice Arnold'] }),
    trustLevel: z.int().meta({ description: '0 New, 1 Basic, 2 Trusted, 3 Verified', examples: [1] }),
    bannedUntil: Timestamp.nullable().meta({ description: 'Null when they are not banned' }),
    deletedAt: Timestamp.nullable().meta({ description: 'Null while the account is there' }),
  })
  .meta({ id: 'Account', description: 'An account as operators see it, also when it is banned or deleted' });
export type Account = z.infer<typeof Account>;

export const AccountRef = z.strictObject({ handle: Handle });

export const resolutions = ['dismiss', 'warn', 'takedown', 'strike', 'ban'] as const;

const CaseStatus = z
  .enum(['open', 'resolved'])
  .meta({ description: 'Whether somebody still has to decide', examples: ['open'] });

export const Case = z
  .object({
    id: Id,
    subjectType: SubjectType,
    subjectId: Id,
    owner: Account,
    status: CaseStatus,
    priority: z.int().meta({
      description:
        'The sum over the reports since it was opened: 1, 2, 4 or 8 by a New, Basic, Trusted or Verified reporter',
      examples: [7],
    }),
    reportCount: z.int().meta({ description: 'Reports ever', examples: [4] }),
    round: z.int().meta({ description: 'How often it was opened', examples: [1] }),
    openedAt: Timestamp,
    resolvedAt: Timestamp.nullable().meta({ description: 'Null while it is open' }),
    resolvedBy: z
      .string()
      .nullable()
      .meta({ description: 'The operator who decided', examples: ['Zoe'] }),
    resolution: z
      .enum(resolutions)
      .nullable()
      .meta({ description: 'What was decided', examples: ['takedown'] }),
    rule: z
      .string()
      .nullable()
      .meta({ description: 'The rule that was broken', examples: ['No nudity'] }),
    reason: z
      .string()
      .nullable()
      .meta({
        description: 'Why it was done; of a report, in the words of the reporter',
        examples: ['The photograph shows somebody undressed'],
      }),
  })
  .meta({ id: 'Case', description: 'Everything that was reported about one subject' });
export type Case = z.infer<typeof Case>;

export const ReportSnapshot = z
  .object({
    author: z
      .object({
        id: Id,
        handle: z.string().meta({ description: 'As it was', examples: ['alice'] }),
        displayName: z.string().meta({ description: 'As it was', examples: ['Alice Arnold'] }),
      })
      .meta({
        description: 'Who had published it',
        examples: [
          { id: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', handle: 'alice', displayName: 'Alice Arnold' },
        ],
      }),
    texts: z
      .record(z.string(), z.string())
      .meta({ description: 'By field', examples: [{ caption: 'First snow #winter' }] }),
    mediaIds: z.array(Id).meta({ description: 'Its photographs' }),
    postId: Id.nullable().meta({ description: 'The post of a comment' }),
    createdAt: z.iso
      .datetime()
      .meta({ description: 'Of what was reported', examples: ['2026-11-23T09:30:00.000Z'] }),
  })
  .meta({ id: 'ReportSnapshot', description: 'What the reporter saw' });

export const Action = z
  .object({
    id: Id,
    kind: z
      .enum(['warn', 'takedown', 'restore', 'strike', 'ban', 'unban'])
      .meta({ description: 'What was done', examples: ['takedown'] }),
    subjectType: SubjectType,
    subjectId: Id,
    rule: z.string().meta({ description: 'The rule that was broken', examples: ['No nudity'] }),
    reason: z.string().meta({
      description: 'Why it was done; of a report, in the words of the reporter',
      examples: ['The photograph shows somebody undressed'],
    }),
    endsAt: Timestamp.nullable().meta({ description: 'Of a ban; null when it is for ever' }),
    createdAt: Timestamp,
    undoneAt: Timestamp.nullable().meta({ description: 'Null while it holds' }),
  })
  .meta({ id: 'Action', description: 'What operators did to somebody or something' });
export type Action = z.infer<typeof Action>;

export const CaseDetail = z
  .object({
    ...Case.shape,
    reports: z
      .array(
        z.object({
          ...reported,
          round: z.int().meta({ description: 'The round of the case that it came in', examples: [1] }),
          reporter: Account.nullable().meta({ description: 'Null when the account is deleted' }),
          snapshot: ReportSnapshot,
        }),
      )
      .meta({ description: 'The latest 200' }),
    media: z.array(MediaView).meta({
      description:
        'The photographs of the snapshots that are still there, wherever they are shown; blur them by their `thumbhash`',
    }),
    actions: z.array(Action).meta({ description: 'What was done about the subject, the latest 200' }),
  })
  .meta({ id: 'CaseDetail', description: 'A case, with its reports and what was done' });
export type CaseDetail = z.infer<typeof CaseDetail>;

export const CaseListInput = z.strictObject({
  status: CaseStatus.default('open'),
  ...pageInput,
});
export type CaseListInput = z.infer<typeof CaseListInput>;
export const CasePage = Page(Case);
export const CaseRef = z.strictObject({ caseId: Id });

export const Resolution = z.strictObject({
  caseId: Id,
  action: z.enum(resolutions).meta({
    description:
      'A strike or a ban takes the reported thing down as well; the third live strike bans for 7 days, the fourth for 30, the fifth for 365',
    examples: ['takedown'],
  }),
  rule: Rule,
  reason: ActReason,
  durationHours: DurationHours.optional().meta({
    description: 'Of a ban; null or left out: for ever',
    examples: [168],
  }),
});
export type Resolution = z.infer<typeof Resolution>;

export const AppealStatus = z
  .enum(['open', 'upheld', 'overturned'])
  .meta({ description: '`upheld`: the action stays; `overturned`: it was undone', examples: ['open'] });

export const OwnAppeal = z
  .object({
    id: Id,
    action: Action,
    text: z.string().meta({ description: 'What the appellant says', examples: ['The photograph is my own'] }),
    status: AppealStatus,
    createdAt: Timestamp,
    resolvedAt: Timestamp.nullable().meta({ description: 'Null while it is open' }),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Of the decision', examples: ['It is indeed'] }),
  })
  .meta({ id: 'OwnAppeal', description: 'An appeal of the viewer' });
export type OwnAppeal = z.infer<typeof OwnAppeal>;
