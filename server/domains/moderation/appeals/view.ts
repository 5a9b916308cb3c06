import type { App } from '../../../core/app.ts';
import { presentAction } from '../cases/view.ts';
import type { Appeal, OwnAppeal } from './contract.ts';
import { findAppeals } from './queries.ts';

type Found = Awaited<ReturnType<typeof findAppeals>>[number];

/** By id, as the appellant sees them. */
export async function presentOwnAppeals(app: App, ids: string[]): Promise<Map<string, OwnAppeal>> {
  if (ids.length === 0) return new Map();
  const found = await findAppeals(app.db, ids);
  return new Map(found.map((row) => [row.appeal.id, presentOwn(row)]));
}

const presentOwn = ({ appeal, action }: Found): OwnAppeal => ({
  id: appeal.id,
  action: presentAction(action),
  text: appeal.text,
  status: appeal.status,
  createdAt: appeal.createdAt,
  resolvedAt: appeal.resolvedAt,
  reason: appeal.reason,
});

/** By id, as operators see them. */
export async function presentAppeals(app: App, ids: string[]): Promise<Map<string, Appeal>> {
  if (ids.length === 0) return new Map();
  const found = await findAppeals(app.db, ids);
  return new Map(
    found.map((row) => [
      row.appeal.id,
      {
        ...presentOwn(row),
        appellant: row.appellant,
        actedBy: row.action.actor,
        caseId: row.caseId,
        resolvedBy: row.appeal.resolvedBy,
      },
    ]),
  );
}
