import { z } from 'zod';
import { Id, Page, pageInput, Reason, Text, Timestamp } from '../../../core/fields.ts';
import { Account } from '../../users/contract.ts';
import { Action } from '../actions/contract.ts';

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
  .meta({ id: 'OwnAppeal', description: 'One of your appeals' });
export type OwnAppeal = z.infer<typeof OwnAppeal>;

export const NewAppeal = z.strictObject({
  actionId: Id.meta({
    description:
      'The action to appeal. The notification names it, and so does your profile while you are banned',
  }),
  text: Text({ min: 1, max: 1000, lines: true }).meta({
    description: 'Why the action was wrong, 1 to 1000 characters',
    examples: ['The photograph is my own'],
  }),
});
export type NewAppeal = z.infer<typeof NewAppeal>;

export const OwnActionPage = Page(Action);

export const OwnAppealsInput = z.strictObject(pageInput);
export type OwnAppealsInput = z.infer<typeof OwnAppealsInput>;
export const OwnAppealPage = Page(OwnAppeal);

export const Appeal = z
  .object({
    ...OwnAppeal.shape,
    appellant: Account,
    actedBy: z.string().meta({
      description: "The operator who took the action, and who therefore can't decide the appeal",
      examples: ['Zoe'],
    }),
    caseId: Id.nullable().meta({
      description: "The case about the action's subject; null when nobody has reported it",
    }),
    resolvedBy: z
      .string()
      .nullable()
      .meta({ description: 'The operator who decided', examples: ['Yan'] }),
  })
  .meta({ id: 'Appeal', description: 'An appeal, for operators' });
export type Appeal = z.infer<typeof Appeal>;

export const AppealsInput = z.strictObject({ status: AppealStatus.default('open'), ...pageInput });
export type AppealsInput = z.infer<typeof AppealsInput>;
export const AppealPage = Page(Appeal);

export const AppealResolution = z.strictObject({
  appealId: Id,
  outcome: z.enum(['uphold', 'overturn']).meta({
    description: '`uphold` keeps the action, `overturn` undoes it',
    examples: ['overturn'],
  }),
  reason: Reason.meta({
    description: 'The reason, up to 1000 characters; the appellant can read it',
    examples: ['It is indeed'],
  }),
});
export type AppealResolution = z.infer<typeof AppealResolution>;
