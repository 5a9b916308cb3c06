import type { App } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import type { Page } from '../../../core/fields.ts';
import { listPage } from '../../../core/lists.ts';
import { presentUsers } from '../../users/public.ts';
import type { OwnListInput, Suggestion } from '../contract.ts';
import { findSuggestible, findSuggestions, type SuggestionRow } from './queries.ts';

/** Users followed by those whom the viewer follows; followers of the viewer may be among them. */
export const suggestUsers = (app: App, viewer: Viewer, input: OwnListInput): Promise<Page<Suggestion>> =>
  listPage(app, {
    scope: ['suggestions', viewer.id],
    input,
    ids: (after, count) => findSuggestions(app.db, viewer.id, after, count),
    hydrate: (rows) => present(app, viewer.id, rows),
  });

async function present(app: App, viewerId: string, rows: SuggestionRow[]): Promise<Map<string, Suggestion>> {
  const ids = await findSuggestible(
    app.db,
    viewerId,
    rows.map(({ id }) => id),
  );
  const wanted = new Set(ids);
  const shown = rows.filter(({ id }) => wanted.has(id));
  const people = [...new Set(shown.flatMap(({ id, followerIds }) => [id, ...followerIds]))];
  const cards = await presentUsers(app, viewerId, people);
  return new Map(
    shown.flatMap(({ id, count, followerIds }) => {
      const user = cards.get(id);
      const users = followerIds.flatMap((followerId) => cards.get(followerId) ?? []);
      return user ? [[id, { user, reason: { kind: 'followedBy' as const, users, count } }]] : [];
    }),
  );
}
