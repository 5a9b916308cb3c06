import { MIGRATIONS } from '../../bootstrap/migrations.ts';
import { migrate as apply, findPending } from '../../infra/db/migrate.ts';
import { command, flag } from '../cli/command.ts';
import { withDatabase } from '../cli/database.ts';

export const migrate = command({
  name: 'migrate',
  says: 'Apply pending migrations, as every start does; servers can keep running',
  options: { list: flag('only list them') },
  examples: ['migrate', 'migrate --list'],
  run: ({ options: { list } }) =>
    withDatabase(
      async (database) => {
        const pending = await findPending(database, MIGRATIONS);
        if (!list) await apply(database, MIGRATIONS);
        return { pending, isApplied: !list };
      },
      { mayCreate: true },
    ),
  show: ({ pending, isApplied }) =>
    [
      ...pending,
      pending.length === 0 ? 'nothing to apply' : `${pending.length} ${isApplied ? 'applied' : 'pending'}`,
    ].join('\n'),
  isBad: ({ pending, isApplied }) => !isApplied && pending.length > 0,
});
