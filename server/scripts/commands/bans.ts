import { number, operation, required } from '../cli/command.ts';
import { idOf, PERSON } from './people.ts';

export const verdict = {
  rule: required('which rule was broken'),
  reason: required('why; the person reads it'),
};

export const ban = operation({
  name: 'ban',
  says: 'Ban a person: ends their sessions, and hides them and what they have',
  takes: { person: PERSON },
  options: { ...verdict, hours: number('how long; left out: for ever') },
  examples: [
    "ban mallory --rule 'No spam' --reason 'Sells followers'",
    "ban mallory --rule 'No spam' --reason 'Sells followers' --hours 168 --as zoe --yes",
  ],
  question: ({ args: { person }, options: { hours } }) =>
    `Ban ${person} ${hours === undefined ? 'for ever' : `for ${hours} hours`}?`,
  async run({ admin, args: { person }, options: { hours, ...why } }) {
    const userId = await idOf(admin, person);
    return admin.moderation.ban({ userId, ...why, durationHours: hours ?? null });
  },
  show: ({ subjectId, endsAt }) =>
    `${subjectId} is banned ${endsAt ? `until ${endsAt.toISOString()}` : 'for ever'}`,
});

export const unban = operation({
  name: 'unban',
  says: 'Undo every ban of a person',
  takes: { person: PERSON },
  options: { reason: required('why; the person reads it') },
  examples: ["unban mallory --reason 'It was somebody else'"],
  async run({ admin, args: { person }, options: { reason } }) {
    const userId = await idOf(admin, person);
    await admin.moderation.unban({ userId, reason });
    return { userId };
  },
  show: ({ userId }) => `${userId} is not banned`,
});

export const warn = operation({
  name: 'warn',
  says: 'Warn a person',
  takes: { person: PERSON },
  options: verdict,
  examples: ["warn mallory --rule 'No spam' --reason 'The same picture forty times'"],
  run: async ({ admin, args: { person }, options }) =>
    admin.moderation.warn({ userId: await idOf(admin, person), ...options }),
  show: ({ subjectId }) => `${subjectId} is warned`,
});
