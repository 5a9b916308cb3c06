import { number, operation, text } from '../cli/command.ts';

export const invite = operation({
  name: 'invite',
  says: 'Make an invite for one person or many',
  options: {
    days: number('how long it is good: 1 to 365, left out: 30'),
    uses: number('how many people it lets in: 1 to 1000, left out: 1'),
    note: text('what it is for; operators see it'),
  },
  examples: ['invite', "invite --uses 50 --days 7 --note 'For the club'"],
  run: ({ admin, options: { days = 30, uses = 1, note } }) =>
    admin.invites.adminCreate({ daysValid: days, maxUses: uses, ...(note === undefined ? {} : { note }) }),
  show: ({ code, maxUses, expiresAt }) =>
    `${code}\ngood for ${maxUses === 1 ? 'one person' : `${maxUses} people`} until ${expiresAt.toISOString()}`,
});
