import { z } from 'zod';
import { Id, Page, pageInput, Timestamp } from '../../../core/fields.ts';
import { MediaView } from '../../media/contract.ts';
import { Account } from '../../users/contract.ts';
import { Action, ActionReason, DurationHours, photographs, Rule } from '../actions/contract.ts';
import { SubjectType } from '../contract.ts';
import { reported } from '../reports/contract.ts';

export const resolutions = ['dismiss', 'warn', 'takedown', 'strike', 'ban'] as const;

const CaseStatus = z
  .enum(['open', 'resolved'])
  .meta({ description: 'Whether the case is open or has been resolved', examples: ['open'] });

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
    reportCount: z.int().meta({ description: 'Number of reports across all rounds', examples: [4] }),
    round: z.int().meta({ description: 'Number of times the case has been opened', examples: [1] }),
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
      .meta({ description: 'The 200 newest' }),
    media: z.array(MediaView).meta({
      description:
        'The photos of the snapshots that still exist, wherever they are shown; blur them with their `thumbhash`',
    }),
    actions: z.array(Action).meta({ description: 'The 200 newest actions on the subject' }),
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
  reason: ActionReason,
  durationHours: DurationHours.optional().meta({
    description: 'Duration of a ban in hours; null or omitted means permanent',
    examples: [168],
  }),
  ...photographs,
});
export type Resolution = z.infer<typeof Resolution>;
