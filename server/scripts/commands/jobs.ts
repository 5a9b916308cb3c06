import { flag, number, operation } from '../cli/command.ts';
import { Usage } from '../cli/failures.ts';
import { columns } from '../cli/terminal.ts';

export const dead = operation({
  name: 'dead',
  says: 'List the jobs that were put aside after too many tries',
  options: { limit: number('how many: 1 to 200, left out: 30') },
  examples: ['dead', 'dead --limit 200 --json'],
  run: ({ admin, options: { limit } }) => admin.jobs.dead(limit === undefined ? {} : { limit }),
  show: ({ items, nextCursor }) =>
    items.length === 0
      ? 'no dead jobs'
      : columns(
          items.map(({ id, kind, tries, deadAt, lastError }) => [
            id,
            kind,
            `${tries} tries`,
            deadAt.toISOString(),
            lastError ?? '',
          ]),
        ) + (nextCursor ? '\nthere are more: see --limit' : ''),
});

const AT_ONCE = 200;

export const replay = operation({
  name: 'replay',
  says: 'Give dead jobs all their tries again',
  rest: 'the ids of the jobs',
  options: { all: flag('all that are dead') },
  examples: ['replay 4711 4712', 'replay --all'],
  async run({ admin, rest, options: { all }, progress }) {
    const ids = rest.map(requireNumber);
    if (all === ids.length > 0) throw new Usage('Name the jobs, or say --all');
    if (all) return admin.jobs.replay({ ids: 'all' });
    let replayed = 0;
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      progress(at, ids.length, 'jobs');
      replayed += (await admin.jobs.replay({ ids: ids.slice(at, at + AT_ONCE) })).replayed;
    }
    return { replayed };
  },
  show: ({ replayed }) => `${replayed} jobs are to be done again`,
});

function requireNumber(id: string): number {
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new Usage(`"${id}" is not the id of a job`);
  return Number(id);
}
