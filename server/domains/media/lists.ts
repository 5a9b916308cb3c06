import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import type { OwnMedia, OwnMediaInput } from './contract.ts';
import { findOwnMediaIds } from './queries.ts';
import { presentOwnMedia } from './view.ts';

export const listOwnMedia = (app: App, viewer: Viewer, input: OwnMediaInput): Promise<Page<OwnMedia>> =>
  listPage(app, {
    scope: ['media', viewer.id],
    input,
    ids: (after, count) => findOwnMediaIds(app.db, viewer.id, after, count),
    hydrate: (rows) =>
      presentOwnMedia(
        app,
        rows.map(({ id }) => id),
      ),
  });
