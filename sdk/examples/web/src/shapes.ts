import type { AnswerOf, Comment, InputOf, ItemOf } from '@ciel/sdk';

/** A comment, whether it answers another or not. */
export type Reply = Comment['replies'][number];
export type CaseDetail = AnswerOf<'moderation.case'>;
export type ReportCategory = InputOf<'moderation.flagPost'>['category'];
export type Verdict = InputOf<'moderation.resolveCase'>['action'];
/** What operators are told of an appeal. */
export type Appeal = ItemOf<'moderation.appeals'>;
export type AuditEntry = ItemOf<'moderation.audit'>;
