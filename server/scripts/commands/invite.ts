import { number, operation, text } from '../cli/command.ts';

export const invite = operation({
  name: 'invite',
  says: 'Create an invite for one or more people',
  options: {
    days: number('days until it expires, 1 to 365; default: 30'),
    uses: number('number of people who can use it, 1 to 1000; default: 1'),
    note: text('a note for operators'),
  },
  examples: ['invite', "invite --uses 50 --days 7 --note 'For the club'"],
  run: ({ admin, options: { days = 30, uses = 1, note } }) =>
    admin.invites.adminCreate({ daysValid: days, maxUses: uses, ...(note === undefined ? {} : { note }) }),
  show: ({ code, maxUses, expiresAt }) =>
    `${code}\nvalid for ${maxUses === 1 ? 'one person' : `${maxUses} people`} until ${expiresAt.toISOString()}`,
});
