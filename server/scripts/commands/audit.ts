import { number, operation, text } from '../cli/command.ts';
import { columns } from '../cli/terminal.ts';

export const audit = operation({
  name: 'audit',
  says: 'List what operators did, the latest first',
  options: {
    actor: text('only by this operator'),
    action: text('only of this kind, as user.ban'),
    subject: text('only on the thing with this id'),
    limit: number('how many: 1 to 200, left out: 30'),
  },
  examples: ['audit --actor zoe', 'audit --action user.ban --limit 5 --json'],
  run: ({ admin, options }) =>
    admin.moderation.audit(
      Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    ),
  show: ({ items, nextCursor }) =>
    items.length === 0
      ? 'no acts'
      : columns(
          items.map(({ createdAt, actor, action, subjectType, subjectId, reason }) => [
            createdAt.toISOString(),
            actor,
            action,
            subjectType,
            subjectId,
            reason ?? '',
          ]),
        ) + (nextCursor ? '\nthere are more: see --limit' : ''),
});
