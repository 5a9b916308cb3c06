import { number, operation, required } from '../cli/command.ts';
import { idOf, PERSON } from './users.ts';

export const verdict = {
  rule: required('the rule that was broken'),
  reason: required('the reason, shown to the user'),
};

export const ban = operation({
  name: 'ban',
  says: 'Ban a user: revoke their sessions and hide their profile and content',
  takes: { person: PERSON },
  options: { ...verdict, hours: number('how long; default: permanent') },
  examples: [
    "ban mallory --rule 'No spam' --reason 'Sells followers'",
    "ban mallory --rule 'No spam' --reason 'Sells followers' --hours 168 --as zoe --yes",
  ],
  question: ({ args: { person }, options: { hours } }) =>
    `Ban ${person} ${hours === undefined ? 'permanently' : `for ${hours} hours`}?`,
  async run({ admin, args: { person }, options: { hours, ...why } }) {
    const userId = await idOf(admin, person);
    return admin.moderation.ban({ userId, ...why, durationHours: hours ?? null });
  },
  show: ({ subjectId, endsAt }) =>
    `banned ${subjectId} ${endsAt ? `until ${endsAt.toISOString()}` : 'permanently'}`,
});

export const unban = operation({
  name: 'unban',
  says: "Lift all of a user's bans",
  takes: { person: PERSON },
  options: { reason: required('the reason, shown to the user') },
  examples: ["unban mallory --reason 'It was somebody else'"],
  async run({ admin, args: { person }, options: { reason } }) {
    const userId = await idOf(admin, person);
    await admin.moderation.unban({ userId, reason });
    return { userId };
  },
  show: ({ userId }) => `${userId} is no longer banned`,
});

export const warn = operation({
  name: 'warn',
  says: 'Warn a user',
  takes: { person: PERSON },
  options: verdict,
  examples: ["warn mallory --rule 'No spam' --reason 'The same picture forty times'"],
  run: async ({ admin, args: { person }, options }) =>
    admin.moderation.warn({ userId: await idOf(admin, person), ...options }),
  show: ({ subjectId }) => `warned ${subjectId}`,
});
