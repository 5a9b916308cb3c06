import type { App } from '../../../core/app.ts';
import { addStrike, liftStrike } from '../../trust/public.ts';
import type { Photographs } from '../actions/contract.ts';
import { type ActionRow, findCausedBy } from '../actions/queries.ts';
import { type ActionDraft, hideContent, isContent, undoTakedown, writeAction } from '../actions/service.ts';
import { imposeBan, undoBans } from '../bans/service.ts';

/** Takes the subject down, adds a strike, and imposes the ban that this number of strikes in force brings. */
export async function strike(app: App, draft: ActionDraft, photographs: Photographs): Promise<ActionRow> {
  const action = await writeAction(app, 'strike', draft);
  const caused: ActionDraft = { ...draft, causeId: action.id };
  if (isContent(draft.subjectType)) await hideContent(app, caused, draft.subjectType, photographs);
  const { banDays } = await addStrike(app, draft.userId, action.id);
  if (banDays > 0) await imposeBan(app, caused, banDays * 24);
  return action;
}

/** Undoes what the strike caused; the caller marks the action itself as undone. */
export async function undoStrike(app: App, { id, userId }: ActionRow): Promise<void> {
  const caused = await findCausedBy(app.db, id);
  // The subject before the user, in the order in which a strike locks them.
  for (const takedown of caused.filter(({ kind }) => kind === 'takedown')) await undoTakedown(app, takedown);
  await liftStrike(app, id);
  const bans = caused.filter(({ kind }) => kind === 'ban');
  await undoBans(app, userId, bans);
}
