import { expect } from 'vitest';
import { findBroken } from '../../server/scripts/checks/findBroken.ts';
import type { World } from './world.ts';

/** What `npm run check:data` would say of the world is nothing. */
export async function expectConsistentData(world: World): Promise<void> {
  expect(await findBroken(world.app.db)).toEqual([]);
}
