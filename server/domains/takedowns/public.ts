import { type App, inTransaction } from '../../core/app.ts';
import { CielError } from '../../core/errors.ts';
import { enqueue } from '../../core/outbox.ts';
import * as queries from './queries.ts';

const sayRefusal = ({ verdict }: queries.Mark): string =>
  verdict ? `was taken down (${verdict.rule}): ${verdict.reason}` : 'is not accepted';

/** Only who lost the photograph reads why; for copies of other users it is just not accepted. */
const refusal = (marks: { mark: queries.Mark; field: string }[]): CielError => {
  const code = marks.some(({ mark }) => mark.verdict) ? 'taken_down' : 'media_unusable';
  const errors = marks.map(({ mark, field }) => ({ field, message: sayRefusal(mark) }));
  return new CielError(code, { detail: `This photograph ${errors[0]!.message}`, errors });
};

/** The mark that says most, for each of the media or hashes. */
const oneOfEach = (marks: queries.Mark[]): queries.Mark[] => [
  ...new Map(
    marks
      .toSorted((a, b) => Number(a.verdict !== null) - Number(b.verdict !== null))
      .map((mark) => [mark.found, mark]),
  ).values(),
];

/** Throws `taken_down`, or `media_unusable` for a copy of what another user lost, naming the place of each in the list. */
export async function refuseTakenDown(
  app: App,
  ownerId: string,
  mediaIds: string[],
  fieldOf: (place: number) => string,
): Promise<void> {
  const marks = oneOfEach(await queries.findMarksOn(app.db, ownerId, mediaIds));
  if (marks.length === 0) return;
  throw refusal(marks.map((mark) => ({ mark, field: fieldOf(mediaIds.indexOf(mark.found)) })));
}

/** The same for a file that is about to be uploaded, by the hash that the client declares. */
export async function refuseContent(app: App, ownerId: string, sha256: string): Promise<void> {
  const [mark] = oneOfEach(await queries.findMarksOfContent(app.db, ownerId, [sha256]));
  if (mark) throw refusal([{ mark, field: 'sha256' }]);
}

/** Why a file with these hashes can't be used, in words for its owner; null when it can. */
export async function faultOf(app: App, ownerId: string, hashes: string[]): Promise<string | null> {
  const [mark] = oneOfEach(await queries.findMarksOfContent(app.db, ownerId, hashes)).toReversed();
  return mark ? `This photograph ${sayRefusal(mark)}` : null;
}

/**
 * From now on no use of the photographs is shown to others, and their owner can't use them again. With an `ownerId` of null this holds
 * for everybody's copies.
 */
export const markMedia = (
  app: App,
  takedown: { actionId: string; ownerId: string | null; mediaIds: string[] },
): Promise<void> =>
  inTransaction(app, async (app) => {
    await queries.insertMarks(app.db, takedown);
    const contents = await queries.findContents(app.db, takedown.mediaIds);
    await placeCopies(app, contents, [takedown.ownerId]);
  });

/** Removes the marks of these takedowns; those of others stay. */
export const unmarkMedia = (app: App, actionIds: string[]): Promise<void> =>
  inTransaction(app, async (app) => {
    const marks = await queries.deleteMarks(app.db, actionIds);
    const owners = new Set(marks.map(({ ownerId }) => ownerId));
    await placeCopies(app, [...new Set(marks.map(({ content }) => content))], [...owners]);
  });

/** To be called when the hashes of a media item become known: marks that name it get them, and copies of it are hidden. */
export const markHashes = (app: App, mediaId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    if ((await queries.findMarked(app.db, [mediaId])).length === 0) return;
    await queries.insertHashes(app.db, mediaId);
    await placeCopies(app, await queries.findContents(app.db, [mediaId]), [null]);
  });

const PLACED_BY_ONE_JOB = 10;

const placeCopies = async (app: App, contents: string[], ownerIds: (string | null)[]): Promise<void> =>
  place(app, await queries.findCopies(app.db, contents, ownerIds));

async function place(app: App, mediaIds: string[]): Promise<void> {
  for (let at = 0; at < mediaIds.length; at += PLACED_BY_ONE_JOB)
    await enqueue(app, 'media.place', { mediaIds: mediaIds.slice(at, at + PLACED_BY_ONE_JOB) });
}

/** Those of the media that a takedown in force names. */
export const findTakenDown = async (app: App, mediaIds: string[]): Promise<Set<string>> =>
  new Set(await queries.findMarked(app.db, mediaIds));

const MENDED_AT_ONCE = 100;

/** Removes what releases without marks left: marks of takedowns that they undid. Returns how many takedowns. */
export const unmarkUndone = (app: App): Promise<number> =>
  inTransaction(app, async (app) => {
    const ids = await queries.findUndone(app.db, MENDED_AT_ONCE);
    await unmarkMedia(app, ids);
    return ids.length;
  });

/** Moves marked photographs that a release without marks has placed where everybody can read them. */
export const placeExposed = (app: App): Promise<void> =>
  inTransaction(app, async (app) => {
    for (let after: string | null = null; ; ) {
      const ids: string[] = await queries.findExposed(app.db, after, MENDED_AT_ONCE);
      await place(app, ids);
      if (ids.length < MENDED_AT_ONCE) return;
      after = ids.at(-1)!;
    }
  });
