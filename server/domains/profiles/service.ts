import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { relationshipsOf } from '../social/public.ts';
import { presentCard } from '../users/public.ts';
import type { Profile } from './contract.ts';
import * as queries from './queries.ts';

/** The counts are null for viewers who may not see the lists behind them. */
export async function readProfile(
  app: App,
  viewer: Viewer | null,
  by: { userId: string } | { handle: string },
): Promise<Profile> {
  const row = await queries.findVisibleProfile(app.db, viewer?.id ?? null, by);
  if (!row) throw notFound();
  const { isOpen, bio, createdAt, followerCount, followingCount, postCount } = row;
  const relationships = viewer && (await relationshipsOf(app, viewer.id, [row.id]));
  return {
    ...presentCard(app, viewer?.id ?? null, row),
    bio,
    followerCount: isOpen ? followerCount : null,
    followingCount: isOpen ? followingCount : null,
    postCount: isOpen ? postCount : null,
    createdAt,
    relationship: relationships?.get(row.id) ?? null,
  };
}
