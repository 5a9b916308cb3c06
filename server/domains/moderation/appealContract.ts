import { z } from 'zod';
import { Id, Page, pageInput, Reason, Text } from '../../core/fields.ts';
import { Account, Action, AppealStatus, OwnAppeal } from './contract.ts';

export const NewAppeal = z.strictObject({
  actionId: Id.meta({ description: 'Of a notice, or of the own profile while one is banned' }),
  text: Text({ min: 1, max: 1000, lines: true }).meta({
    description: 'Why it was wrong, 1 to 1000 characters',
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
    actedBy: z.string().meta({ description: 'Who may not decide', examples: ['Zoe'] }),
    caseId: Id.nullable().meta({
      description: 'The case about what was acted on; null when nobody has reported it',
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
    description: '`uphold` leaves the action as it is, `overturn` undoes it',
    examples: ['overturn'],
  }),
  reason: Reason.meta({
    description: 'Up to 1000 characters; the appellant reads it',
    examples: ['It is indeed'],
  }),
});
export type AppealResolution = z.infer<typeof AppealResolution>;
