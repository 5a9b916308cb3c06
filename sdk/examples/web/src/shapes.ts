import type { InputOf } from '@ciel/sdk';

export type ReportCategory = InputOf<'moderation.flagPost'>['category'];
export type Verdict = InputOf<'moderation.resolveCase'>['action'];
