import { number, operation, required, text } from '../cli/command.ts';
import { columns } from '../cli/terminal.ts';

export const appeals = operation({
  name: 'appeals',
  says: 'List appeals, oldest first',
  options: {
    status: text('open, upheld or overturned; default: open'),
    limit: number('number of appeals, 1 to 200; default: 30'),
  },
  examples: ['appeals', 'appeals --status upheld --json'],
  run: ({ admin, options: { status, limit } }) =>
    admin.moderation.appeals({
      ...(status === undefined ? {} : { status: status as 'open' }),
      ...(limit === undefined ? {} : { limit }),
    }),
  show: ({ items, nextCursor }) =>
    items.length === 0
      ? 'no appeals'
      : columns(
          items.map(({ id, appellant, action, actedBy, text: words }) => [
            id,
            appellant.handle,
            `${action.kind} by ${actedBy}`,
            action.rule,
            words,
          ]),
        ) + (nextCursor ? '\nthere are more; raise --limit' : ''),
});

export const decide = operation({
  name: 'decide',
  says: "Decide an appeal against another operator's action; see --as",
  takes: { appeal: 'its id' },
  options: {
    outcome: required('uphold or overturn'),
    reason: required('the reason, shown to the appellant'),
  },
  examples: [
    "decide 01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11 --outcome overturn --reason 'It is a statue' --as yan",
  ],
  run: ({ admin, args: { appeal }, options: { outcome, reason } }) =>
    admin.moderation.resolveAppeal({ appealId: appeal, outcome: outcome as 'uphold', reason }),
  show: ({ id, status }) => `appeal ${id} is ${status}`,
});
