import { checks, findBroken } from '../checks/findBroken.ts';
import { command } from '../cli/command.ts';
import { withDatabase } from '../cli/database.ts';

export const check = command({
  name: 'check',
  says: 'Check the whole database against every consistency rule',
  examples: ['check', 'check --json'],
  run: ({ progress }) =>
    withDatabase(async ({ db }) => ({
      checked: checks.length,
      broken: await findBroken(db, (done, name) => progress(done, checks.length, name)),
    })),
  show: ({ checked, broken }) =>
    [
      ...broken.map(
        ({ name, says, count, examples }) =>
          `${name}: ${count} ${says}: ${examples.join(', ')}${count > examples.length ? ', …' : ''}`,
      ),
      `${broken.length} of ${checked} rules are broken`,
    ].join('\n'),
  isBad: ({ broken }) => broken.length > 0,
});
