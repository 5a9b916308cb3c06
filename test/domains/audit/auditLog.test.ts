import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { createCaller } from '../../../server/api/router.ts';
import { scriptContext } from '../../../server/core/context.ts';
import { test } from '../../support/fixtures.ts';
import type { World } from '../../support/world.ts';

let world: World;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

test.each([
  ['changed', sql`update audit_entries set reason = 'Another'`],
  ['deleted', sql`delete from audit_entries`],
  ['emptied', sql`truncate audit_entries`],
])('the database refuses that the audit log is %s', async (_, statement) => {
  const operator = createCaller(world.app)(scriptContext(null, 'Zoe'));
  const { code } = await operator.invites.adminCreate({});
  await expect(world.app.db.execute(statement)).rejects.toMatchObject({
    cause: { message: 'audit_entries is only ever added to' },
  });
  const { items } = await operator.moderation.audit({ subject: code });
  expect(items).toMatchObject([{ action: 'invite.create', actor: 'Zoe' }]);
});
