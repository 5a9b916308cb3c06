import { correctCount, findDrift } from '../checks/correctCounts.ts';
import { counts } from '../checks/counts.ts';
import { flag, operation } from '../cli/command.ts';
import { columns } from '../cli/terminal.ts';

const EXAMPLES = 20;

export const recount = operation({
  name: 'recount',
  says: 'Compare every stored count with its rows; servers can keep running',
  options: { fix: flag('correct the counts that are wrong') },
  examples: ['recount', 'recount --fix --json'],
  async run({ app, actor, options: { fix }, progress }) {
    const found = [];
    for (const [at, count] of counts.entries()) {
      progress(at, counts.length, count.name);
      const { ids, off } = await findDrift(app.db, count);
      let mended = 0;
      for (const [done, id] of (fix ? ids : []).entries()) {
        progress(done, ids.length, `of ${count.name} corrected`);
        if (await correctCount(app, actor, count, id)) mended += 1;
      }
      found.push({ name: count.name, drifted: ids.length, off, mended, examples: ids.slice(0, EXAMPLES) });
    }
    return { isFixed: fix, counts: found };
  },
  show: ({ counts: found }) =>
    columns([
      ['count', 'wrong', 'off by', 'corrected', ''],
      ...found.map(({ name, drifted, off, mended, examples }) => [
        name,
        drifted,
        off,
        mended,
        `${examples.slice(0, 3).join(' ')}${drifted > 3 ? ' …' : ''}`,
      ]),
    ]),
  isBad: ({ isFixed, counts: found }) => !isFixed && found.some(({ drifted }) => drifted > 0),
});
