import { type Placeholder, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { App } from './app.ts';
import { openCursor, type Position, sealCursor } from './cursors.ts';
import type { Page } from './fields.ts';

interface List<Row extends Position, Item> {
  /** Name of the list, its subject and its viewer. A cursor works only for this combination. */
  scope: (string | null)[];
  input: { limit: number; cursor?: string | undefined };
  /** The next `count` rows after the position, in order; fewer only at the end of the list. */
  ids(after: Position | null, count: number): Promise<Row[]>;
  /** The rows that the viewer may see, ready to return, by id. */
  hydrate(rows: Row[]): Promise<Map<string, Item>>;
}

/** Upper bound on the rows scanned to fill one page. */
const MAX_SCANNED = 5000;

/**
 * ids → hydrate → filter → present: every list page is built here. A page is short only at the end of the list, or
 * after `MAX_SCANNED` rows.
 */
export async function listPage<Row extends Position, Item>(
  app: App,
  list: List<Row, Item>,
): Promise<Page<Item>> {
  const { limit, cursor } = list.input;
  const scope = list.scope.join('\n');
  let after = cursor === undefined ? null : openCursor(app.secrets.cursorKeys, scope, cursor);
  const items: { position: Position; item: Item }[] = [];
  let scanned = 0;
  let ended = false;
  while (items.length <= limit && !ended && scanned < MAX_SCANNED) {
    const count = Math.min(200, limit + 1 - items.length + Math.min(scanned, 100));
    const rows = await list.ids(after, count);
    const visible = await list.hydrate(rows);
    for (const row of rows) {
      const item = visible.get(row.id);
      if (item !== undefined) items.push({ position: { at: row.at, id: row.id }, item });
    }
    scanned += rows.length;
    ended = rows.length < count;
    after = rows.at(-1) ?? after;
  }
  const page = items.slice(0, limit);
  const more = items.length > limit || !ended;
  const last = items.length > limit ? page.at(-1)?.position : after;
  return {
    items: page.map(({ item }) => item),
    nextCursor: more && last ? sealCursor(app.secrets.cursorKeys, scope, { at: last.at, id: last.id }) : null,
  };
}

/** A time as text that keeps its full precision through a cursor. */
export const timeText = (column: SQLWrapper) => sql<string>`${column}::text`;

/** Rows after the position in a list that is newest first. */
export const olderThan = (after: Position | null, at: SQLWrapper, id: SQLWrapper): SQL | undefined =>
  after ? sql`(${at}, ${id}) < (${after.at}::text::timestamptz, ${after.id}::uuid)` : undefined;

/** Rows after the position in a list that is oldest first. */
export const newerThan = (after: Position | null, at: SQLWrapper, id: SQLWrapper): SQL | undefined =>
  after ? sql`(${at}, ${id}) > (${after.at}::text::timestamptz, ${after.id}::uuid)` : undefined;

/** Matches any of the ids. They are one parameter, so one prepared statement serves any number of them. */
export const isOneOf = (column: SQLWrapper, ids: string[] | Placeholder): SQL =>
  sql`${column} = any(${Array.isArray(ids) ? idList(ids) : ids}::text::uuid[])`;

/** The value of a placeholder in `isOneOf`. */
export const idList = (ids: string[]): string => `{${ids.join(',')}}`;
