import type { Case } from '../../domains/moderation/cases/contract.ts';
import { number, operation, required, text } from '../cli/command.ts';
import { columns } from '../cli/terminal.ts';
import { photographOptions, photographsOf } from './takedowns.ts';

type Found = Pick<Case, 'id' | 'priority' | 'reportCount' | 'subjectType' | 'subjectId' | 'owner' | 'status'>;

const table = (found: Found[]) =>
  columns([
    ['case', 'priority', 'reports', 'subject', 'id', 'owner', 'status'],
    ...found.map(({ id, priority, reportCount, subjectType, subjectId, owner, status }) => [
      id,
      priority,
      reportCount,
      subjectType,
      subjectId,
      owner.handle,
      status,
    ]),
  ]);

export const cases = operation({
  name: 'cases',
  says: 'List moderation cases, most urgent first',
  options: {
    status: text('open or resolved; default: open'),
    limit: number('number of cases, 1 to 200; default: 30'),
  },
  examples: ['cases', 'cases --status resolved --limit 5 --json'],
  run: ({ admin, options: { status, limit } }) =>
    admin.moderation.cases({
      ...(status === undefined ? {} : { status: status as 'open' }),
      ...(limit === undefined ? {} : { limit }),
    }),
  show: ({ items, nextCursor }) =>
    items.length === 0 ? 'no cases' : `${table(items)}${nextCursor ? '\nthere are more; raise --limit' : ''}`,
});

export const showCase = operation({
  name: 'case',
  says: 'Show a case: its reports, what the reporters saw, and the actions taken',
  takes: { case: 'its id' },
  examples: ['case 01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11'],
  run: ({ admin, args }) => admin.moderation.case({ caseId: args.case }),
  show: (found) =>
    [
      table([found]),
      columns(
        found.reports.map(({ category, reason, reporter, snapshot }) => [
          category,
          reporter?.handle ?? '(deleted)',
          reason ?? '',
          ...Object.values(snapshot.texts),
        ]),
      ),
      columns(
        found.actions.map(({ kind, rule, reason, createdAt, undoneAt }) => [
          kind,
          createdAt.toISOString(),
          undoneAt ? 'undone' : 'in force',
          rule,
          reason,
        ]),
      ),
    ]
      .filter(Boolean)
      .join('\n\n'),
});

export const resolve = operation({
  name: 'resolve',
  says: 'Resolve a case',
  takes: { case: 'its id' },
  options: {
    action: required('dismiss, warn, takedown, strike or ban'),
    rule: required('the rule in question'),
    reason: required('the reason, shown to the user'),
    hours: number('how long a ban lasts; default: permanent'),
    ...photographOptions,
  },
  examples: [
    "resolve 01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11 --action dismiss --rule 'No nudity' --reason 'It is a statue'",
  ],
  question: ({ args, options: { action } }) =>
    ['dismiss', 'warn'].includes(action) ? null : `Resolve case ${args.case} with a ${action}?`,
  run: ({ admin, args, options: { action, hours, rule, reason, ...chosen } }) =>
    admin.moderation.resolveCase({
      caseId: args.case,
      action: action as 'dismiss',
      rule,
      reason,
      ...photographsOf(chosen),
      ...(hours === undefined ? {} : { durationHours: hours }),
    }),
  show: ({ id, resolution }) => `case ${id} is resolved: ${resolution}`,
});
