import { z } from 'zod';
import { Id, InputTime, Page, pageInput, Text, Timestamp } from '../../core/fields.ts';

export const AuditEntry = z
  .object({
    id: Id,
    actor: z.string().meta({ description: 'The operator', examples: ['Zoe'] }),
    action: z.string().meta({ description: 'Kind of action', examples: ['post.takedown'] }),
    subjectType: z.string().meta({ description: 'Type of the subject', examples: ['post'] }),
    subjectId: z
      .string()
      .meta({ description: 'Id of the subject', examples: ['01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11'] }),
    rule: z
      .string()
      .nullable()
      .meta({ description: 'The rule that was broken', examples: ['No nudity'] }),
    reason: z
      .string()
      .nullable()
      .meta({
        description: 'Reason for the action',
        examples: ['The photograph shows somebody undressed'],
      }),
    details: z.record(z.string(), z.unknown()).meta({
      description: 'Additional details, depending on the kind of action',
      examples: [{ durationHours: 168 }],
    }),
    createdAt: Timestamp,
  })
  .meta({ id: 'AuditEntry', description: 'One action by an operator' });
export type AuditEntry = z.infer<typeof AuditEntry>;

const exact = (of: string, example: string) =>
  Text({ min: 1, max: 200 })
    .optional()
    .meta({ description: `Only entries ${of}`, examples: [example] });

export const AuditInput = z.strictObject({
  actor: exact('by this operator', 'Zoe'),
  action: exact('of this kind', 'post.takedown'),
  subject: exact('about the subject with this id', '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11'),
  since: InputTime.optional().meta({ description: 'Only entries from this time on' }),
  until: InputTime.optional().meta({ description: 'Only entries before this time' }),
  ...pageInput,
});
export type AuditInput = z.infer<typeof AuditInput>;
export const AuditPage = Page(AuditEntry);
