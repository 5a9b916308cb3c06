import { operation } from '../cli/command.ts';
import { columns } from '../cli/terminal.ts';
import { accountOf, idOf, PERSON } from './users.ts';

const takes = { person: PERSON };

export const verify = operation({
  name: 'verify',
  says: 'Make a user Verified, until an operator removes it',
  takes,
  examples: ['verify alice'],
  async run({ admin, args: { person } }) {
    const userId = await idOf(admin, person);
    await admin.trust.verify({ userId });
    return { userId };
  },
  show: ({ userId }) => `${userId} is Verified`,
});

export const unverify = operation({
  name: 'unverify',
  says: 'Remove Verified: return a user to the level they have earned',
  takes,
  examples: ['unverify alice'],
  async run({ admin, args: { person } }) {
    const userId = await idOf(admin, person);
    await admin.trust.unverify({ userId });
    return { userId };
  },
  show: ({ userId }) => `${userId} is no longer Verified`,
});

export const person = operation({
  name: 'person',
  says: "Show a user's account: trust level, points, strikes, bans",
  takes,
  examples: ['person alice', 'person 01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11 --json'],
  async run({ admin, args: { person } }) {
    const { id, ...account } = await accountOf(admin, person);
    return { ...account, ...(await admin.trust.record({ userId: id })) };
  },
  show: (record) =>
    columns(
      Object.entries(record).flatMap(([name, value]) =>
        typeof value === 'object' && value !== null && !(value instanceof Date)
          ? []
          : [[name, value instanceof Date ? value.toISOString() : String(value)]],
      ),
    ),
});
