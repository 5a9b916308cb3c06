import { number, operation, text } from '../cli/command.ts';
import { columns } from '../cli/terminal.ts';

export const audit = operation({
  name: 'audit',
  says: 'Show the audit log, newest first',
  options: {
    actor: text('only entries of this operator'),
    action: text('only entries of this kind, such as user.ban'),
    subject: text('only entries about this subject id'),
    limit: number('number of entries, 1 to 200; default: 30'),
  },
  examples: ['audit --actor zoe', 'audit --action user.ban --limit 5 --json'],
  run: ({ admin, options }) =>
    admin.moderation.audit(
      Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    ),
  show: ({ items, nextCursor }) =>
    items.length === 0
      ? 'no entries'
      : columns(
          items.map(({ createdAt, actor, action, subjectType, subjectId, reason }) => [
            createdAt.toISOString(),
            actor,
            action,
            subjectType,
            subjectId,
            reason ?? '',
          ]),
        ) + (nextCursor ? '\nthere are more; raise --limit' : ''),
});
