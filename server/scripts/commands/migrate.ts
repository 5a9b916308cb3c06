import { MIGRATIONS } from '../../bootstrap/migrations.ts';
import { migrate as apply, findPending } from '../../infra/db/migrate.ts';
import { command, flag } from '../cli/command.ts';
import { withDatabase } from '../cli/database.ts';

export const migrate = command({
  name: 'migrate',
  says: 'Apply the migrations that the database lacks, as a start does; servers may run meanwhile',
  options: { list: flag('only say which they are') },
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
      pending.length === 0 ? 'nothing to apply' : `${pending.length} ${isApplied ? 'applied' : 'to apply'}`,
    ].join('\n'),
  isBad: ({ pending, isApplied }) => !isApplied && pending.length > 0,
});
