import { z } from 'zod';
import { Handle, Id, Page, pageInput, Reason, Text, Timestamp } from '../../core/fields.ts';
import { MediaView } from '../media/contract.ts';

export const subjectTypes = ['user', 'post', 'comment', 'story'] as const;
export const SubjectType = z
  .enum(subjectTypes)
  .meta({ description: 'Type of the subject', examples: ['post'] });
export type SubjectType = z.infer<typeof SubjectType>;

export const Rule = Text({ min: 1, max: 100 }).meta({
  description: 'The rule that was broken, up to 100 characters',
  examples: ['No nudity'],
});
export const ActReason = Reason.meta({
  description: 'The reason, up to 1000 characters; the user concerned can read it',
  examples: ['The photograph shows somebody undressed'],
});

export const DurationHours = z
  .int()
  .min(1)
  .max(87_600)
  .meta({ examples: [168] })
  .nullable()
  .meta({ description: 'Duration in hours; null means permanent', examples: [168] });

const Category = z
  .enum(['spam', 'abuse', 'nudity', 'violence', 'selfHarm', 'illegal', 'impersonation', 'other'])
  .meta({ description: 'Category of the report', examples: ['nudity'] });

const flag = {
  category: Category,
  reason: Reason.optional().meta({
    description: "What is wrong, in the reporter's words, up to 1000 characters",
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
      description: "What is wrong, in the reporter's words",
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
      description: '`upheld` when action was taken and has not been undone',
      examples: ['upheld'],
    }),
    resolvedAt: Timestamp.nullable().meta({ description: 'Null while it is open' }),
  })
  .meta({ id: 'Report', description: 'A report by the viewer' });
export type Report = z.infer<typeof Report>;

const OwnListInput = z.strictObject(pageInput);
export const ReportListInput = OwnListInput;
export type ReportListInput = z.infer<typeof ReportListInput>;
export const ReportPage = Page(Report);

/** For operators: any user, even if banned or deleted. */
export const Account = z
  .object({
    id: Id,
    handle: z.string().meta({ description: 'Unique regardless of case', examples: ['alice'] }),
    displayName: z.string().meta({ description: 'Display name', examples: ['Alice Arnold'] }),
    trustLevel: z.int().meta({ description: '0 New, 1 Basic, 2 Trusted, 3 Verified', examples: [1] }),
    bannedUntil: Timestamp.nullable().meta({ description: 'Null when the user is not banned' }),
    deletedAt: Timestamp.nullable().meta({ description: 'Null unless the account is deleted' }),
  })
  .meta({ id: 'Account', description: 'An account as operators see it, even if it is banned or deleted' });
export type Account = z.infer<typeof Account>;

export const AccountRef = z.strictObject({ handle: Handle });

export const resolutions = ['dismiss', 'warn', 'takedown', 'strike', 'ban'] as const;

const CaseStatus = z
  .enum(['open', 'resolved'])
  .meta({ description: 'Whether the case still has to be decided', examples: ['open'] });

export const Case = z
  .object({
    id: Id,
    subjectType: SubjectType,
    subjectId: Id,
    owner: Account,
    status: CaseStatus,
    priority: z.int().meta({
      description:
        'Sum over the reports since the case was opened: 1, 2, 4 or 8 for a New, Basic, Trusted or Verified reporter',
      examples: [7],
    }),
    reportCount: z.int().meta({ description: 'Number of reports, in all rounds', examples: [4] }),
    round: z.int().meta({ description: 'How often the case has been opened', examples: [1] }),
    openedAt: Timestamp,
    resolvedAt: Timestamp.nullable().meta({ description: 'Null while it is open' }),
    resolvedBy: z
      .string()
      .nullable()
      .meta({ description: 'The operator who decided', examples: ['Zoe'] }),
    resolution: z
      .enum(resolutions)
      .nullable()
      .meta({ description: 'The decision', examples: ['takedown'] }),
    rule: z
      .string()
      .nullable()
      .meta({ description: 'The rule that was broken', examples: ['No nudity'] }),
    reason: z
      .string()
      .nullable()
      .meta({
        description: 'Reason for the decision',
        examples: ['The photograph shows somebody undressed'],
      }),
  })
  .meta({ id: 'Case', description: 'All reports about one subject' });
export type Case = z.infer<typeof Case>;

export const ReportSnapshot = z
  .object({
    author: z
      .object({
        id: Id,
        handle: z.string().meta({ description: 'Handle at that time', examples: ['alice'] }),
        displayName: z
          .string()
          .meta({ description: 'Display name at that time', examples: ['Alice Arnold'] }),
      })
      .meta({
        description: 'The author, or the reported user',
        examples: [
          { id: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', handle: 'alice', displayName: 'Alice Arnold' },
        ],
      }),
    texts: z
      .record(z.string(), z.string())
      .meta({ description: 'Texts, by field', examples: [{ caption: 'First snow #winter' }] }),
    mediaIds: z.array(Id).meta({ description: 'Photos' }),
    postId: Id.nullable().meta({ description: 'The post of a reported comment; null for other subjects' }),
    createdAt: z.iso
      .datetime()
      .meta({ description: 'When the subject was created', examples: ['2026-11-23T09:30:00.000Z'] }),
  })
  .meta({ id: 'ReportSnapshot', description: 'What the reporter saw' });

export const Action = z
  .object({
    id: Id,
    kind: z
      .enum(['warn', 'takedown', 'restore', 'strike', 'ban', 'unban'])
      .meta({ description: 'Kind of action', examples: ['takedown'] }),
    subjectType: SubjectType,
    subjectId: Id,
    rule: z.string().meta({ description: 'The rule that was broken', examples: ['No nudity'] }),
    reason: z.string().meta({
      description: 'Reason for the action',
      examples: ['The photograph shows somebody undressed'],
    }),
    endsAt: Timestamp.nullable().meta({
      description: 'When a ban ends; null for permanent bans and other actions',
    }),
    createdAt: Timestamp,
    undoneAt: Timestamp.nullable().meta({ description: 'Null unless the action has been undone' }),
  })
  .meta({ id: 'Action', description: 'An action of an operator on a user or their content' });
export type Action = z.infer<typeof Action>;

export const CaseDetail = z
  .object({
    ...Case.shape,
    reports: z
      .array(
        z.object({
          ...reported,
          round: z.int().meta({ description: 'The round of the case in which it was made', examples: [1] }),
          reporter: Account.nullable().meta({ description: 'Null once the account has been deleted' }),
          snapshot: ReportSnapshot,
        }),
      )
      .meta({ description: 'The newest 200' }),
    media: z.array(MediaView).meta({
      description:
        'The photos of the snapshots that still exist, wherever they are shown; blur them with their `thumbhash`',
    }),
    actions: z.array(Action).meta({ description: 'Actions on the subject, the newest 200' }),
  })
  .meta({ id: 'CaseDetail', description: 'A case with its reports and actions' });
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
      'A strike or a ban also takes down reported content. The third strike in force bans for 7 days, the fourth for 30, the fifth for 365',
    examples: ['takedown'],
  }),
  rule: Rule,
  reason: ActReason,
  durationHours: DurationHours.optional().meta({
    description: 'Duration of a ban in hours; null or omitted means permanent',
    examples: [168],
  }),
});
export type Resolution = z.infer<typeof Resolution>;

export const AppealStatus = z
  .enum(['open', 'upheld', 'overturned'])
  .meta({ description: '`upheld`: the action remains; `overturned`: it was undone', examples: ['open'] });

export const OwnAppeal = z
  .object({
    id: Id,
    action: Action,
    text: z.string().meta({
      description: 'Why the action was wrong, in the words of the appellant',
      examples: ['The photograph is my own'],
    }),
    status: AppealStatus,
    createdAt: Timestamp,
    resolvedAt: Timestamp.nullable().meta({ description: 'Null while it is open' }),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Reason for the decision', examples: ['It is indeed'] }),
  })
  .meta({ id: 'OwnAppeal', description: 'An appeal by the viewer' });
export type OwnAppeal = z.infer<typeof OwnAppeal>;
