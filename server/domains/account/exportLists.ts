import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import type { ExportInput, SectionItem } from './contract.ts';
import * as queries from './exportQueries.ts';

/** The user's own comments are included wherever they are, even under posts that the user may no longer see. */
export const listOwnComments = (
  app: App,
  viewer: Viewer,
  input: ExportInput,
): Promise<Page<SectionItem<'comments'>>> =>
  listPage(app, {
    scope: ['export comments', viewer.id],
    input,
    ids: (after, count) => queries.findOwnComments(app.db, viewer.id, after, count),
    hydrate: async (rows) => {
      const visible = await visiblePosts(app, viewer, rows);
      const ids = rows.map(({ id }) => id);
      const edits = Map.groupBy(await queries.findCommentEdits(app.db, ids), ({ commentId }) => commentId);
      return new Map(
        rows.map(({ id, postId, body, createdAt, editedAt }) => [
          id,
          {
            id,
            postId: visible.has(postId) ? postId : null,
            body,
            createdAt,
            editedAt,
            edits: (edits.get(id) ?? []).map(({ body, editedAt }) => ({ body, editedAt })),
          },
        ]),
      );
    },
  });

/** The user's posts that were edited, each with all its edits. */
export const listOwnPostEdits = (
  app: App,
  viewer: Viewer,
  input: ExportInput,
): Promise<Page<SectionItem<'postEdits'>>> =>
  listPage(app, {
    scope: ['export postEdits', viewer.id],
    input,
    ids: (after, count) => queries.findEditedPosts(app.db, viewer.id, after, count),
    hydrate: async (rows) => {
      const ids = rows.map(({ id }) => id);
      const edits = Map.groupBy(await queries.findPostEdits(app.db, ids), ({ postId }) => postId);
      return new Map(
        rows.map(({ id }) => [
          id,
          { postId: id, edits: (edits.get(id) ?? []).map(({ postId: _, ...edit }) => edit) },
        ]),
      );
    },
  });

export const listOwnLikes = (
  app: App,
  viewer: Viewer,
  input: ExportInput,
): Promise<Page<SectionItem<'likes'>>> =>
  listPage(app, {
    scope: ['export likes', viewer.id],
    input,
    ids: (after, count) => queries.findOwnLikes(app.db, viewer.id, after, count),
    hydrate: async (rows) => {
      const visible = await visiblePosts(
        app,
        viewer,
        rows.map(({ id }) => ({ postId: id })),
      );
      return new Map(
        rows.flatMap(({ id, likedAt }) => (visible.has(id) ? [[id, { postId: id, likedAt }]] : [])),
      );
    },
  });

export const listOwnCommentLikes = (
  app: App,
  viewer: Viewer,
  input: ExportInput,
): Promise<Page<SectionItem<'commentLikes'>>> =>
  listPage(app, {
    scope: ['export commentLikes', viewer.id],
    input,
    ids: (after, count) => queries.findOwnCommentLikes(app.db, viewer.id, after, count),
    hydrate: async (rows) => {
      const posts = await visiblePosts(app, viewer, rows);
      const ids = rows.map(({ id }) => id);
      const comments = await queries.findVisibleCommentIds(app.db, viewer.id, ids);
      return new Map(
        rows.flatMap(({ id, likedAt, postId }) =>
          posts.has(postId) && comments.has(id) ? [[id, { commentId: id, likedAt }]] : [],
        ),
      );
    },
  });

const visiblePosts = ({ db }: App, viewer: Viewer, rows: { postId: string }[]): Promise<Set<string>> =>
  queries.findVisiblePostIds(db, viewer.id, [...new Set(rows.map(({ postId }) => postId))]);

export const listSecurityEvents = (
  app: App,
  viewer: Viewer,
  input: ExportInput,
): Promise<Page<SectionItem<'securityEvents'>>> =>
  listPage(app, {
    scope: ['export securityEvents', viewer.id],
    input,
    ids: (after, count) => queries.findSecurityEvents(app.db, viewer.id, after, count),
    hydrate: async (rows) =>
      new Map(rows.map(({ id, kind, details, createdAt }) => [id, { kind, details, createdAt }])),
  });
