import type { App } from '../../core/app.ts';
import { type Aspect, differencesOf, type Setup } from './differences.ts';
import * as queries from './queries.ts';

export type Self = Omit<queries.NewProcess, 'id'> & Setup;
export type Peer = queries.ProcessRow;

/** Says that this process lives; returns the id of its row, to be given the next time. */
export const renewProcess = (app: Pick<App, 'db'>, self: Self, id?: string): Promise<string> =>
  queries.saveProcess(app.db, { ...self, ...(id && { id }) });

export const forgetProcess = (app: Pick<App, 'db'>, id: string): Promise<void> =>
  queries.deleteProcess(app.db, id);

/** All processes that live, the oldest first. */
export const listProcesses = (app: Pick<App, 'db'>): Promise<Peer[]> => queries.findLiving(app.db);

/** The other processes that are set up differently, with what differs. */
export async function findUnlikePeers(
  app: Pick<App, 'db'>,
  self: Self,
  id: string,
): Promise<{ peer: Peer; aspects: Aspect[] }[]> {
  const peers = await queries.findLiving(app.db, id);
  return peers
    .map((peer) => ({ peer, aspects: differencesOf(self, peer) }))
    .filter(({ aspects }) => aspects.length > 0);
}

/** Connections to PostgreSQL that all living processes together may open, and how many there are for them. */
export const countConnections = ({ db }: Pick<App, 'db'>): Promise<{ wanted: number; available: number }> =>
  queries.countConnections(db);

/** Deletes the rows of processes that died more than an hour ago; returns how many. */
export const purgeDeadProcesses = ({ db }: Pick<App, 'db'>): Promise<number> => queries.deleteDead(db);
