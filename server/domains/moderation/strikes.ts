import type { App } from '../../core/app.ts';
import { addStrike, endStrike } from '../trust/service.ts';
import { type ActionRow, findCausedBy } from './actionQueries.ts';
import { type Act, hide, isContent, showAgain, writeAction } from './actions.ts';
import { imposeBan, undoBans } from './bans.ts';

/** Takes the subject down, adds a strike, and imposes the ban that this number of strikes in force brings. */
export async function strike(app: App, act: Act): Promise<ActionRow> {
  const action = await writeAction(app, 'strike', act);
  const caused: Act = { ...act, causeId: action.id };
  if (isContent(act.subjectType)) await hide(app, caused, act.subjectType);
  const { banDays } = await addStrike(app, act.userId, action.id);
  if (banDays > 0) await imposeBan(app, caused, banDays * 24);
  return action;
}

/** Undoes what the strike caused; the caller marks the action itself as undone. */
export async function undoStrike(app: App, { id, userId }: ActionRow): Promise<void> {
  const caused = await findCausedBy(app.db, id);
  // The subject before the user, in the order in which a strike locks them.
  for (const takedown of caused.filter(({ kind }) => kind === 'takedown')) await showAgain(app, takedown);
  await endStrike(app, id);
  const bans = caused.filter(({ kind }) => kind === 'ban');
  await undoBans(app, userId, bans);
}
