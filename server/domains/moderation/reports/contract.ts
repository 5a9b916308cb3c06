import { z } from 'zod';
import { Id, Page, pageInput, Reason, Timestamp } from '../../../core/fields.ts';
import { SubjectType } from '../contract.ts';

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

export const reported = {
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
  .meta({ id: 'Report', description: 'One of your reports' });
export type Report = z.infer<typeof Report>;

const OwnListInput = z.strictObject(pageInput);
export const ReportListInput = OwnListInput;
export type ReportListInput = z.infer<typeof ReportListInput>;
export const ReportPage = Page(Report);
