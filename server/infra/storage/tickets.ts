import { link, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, ignoreMissing, TEMPORARY_FOLDER } from './storedFile.ts';

/** One file for each ticket that is being used, or that has been used and has not ended. Listings leave it out. */
const TICKETS_FOLDER = '.tickets';

/** A request of which nothing has come for this long loses its ticket to the next one: its connection is probably lost. */
const SILENT_MS = 1_000;
/** How long a request waits for an earlier one with the same ticket, which nearly always ends or falls silent by then. */
const WAIT_MS = 5_000;
const LOOK_EVERY_MS = 50;
/** Claims of killed processes are removed when they are this old, used tickets this long after their end. No request lasts as long. */
const FORGOTTEN_MS = 3_600_000;

export class TicketUsed extends Error {
  override name = 'TicketUsed';
}

export class TicketBusy extends Error {
  override name = 'TicketBusy';
}

export interface Claim {
  /** Whether another request has taken the ticket over. */
  isLost(): Promise<boolean>;
  /** The ticket is used: it is refused until it ends. */
  use(): Promise<void>;
  /** The ticket can be used again; nothing happens after `use` or when the claim is lost. */
  release(): Promise<void>;
}

export const prepareTickets = (root: string) =>
  mkdir(join(root, TICKETS_FOLDER), { recursive: true, mode: 0o700 });

/**
 * Lets one request at a time use the ticket for the key, whichever process has it. `file` is the name of the temporary file that
 * the request will write: it shows whether bytes still come. Throws TicketUsed and TicketBusy.
 */
export async function claimTicket(
  root: string,
  { key, expiresAt, file }: { key: string; expiresAt: number; file: string },
): Promise<Claim> {
  const path = join(root, TICKETS_FOLDER, encodeURIComponent(key));
  const own = `${path}.${file}`;
  const waitsUntil = Date.now() + WAIT_MS;
  await writeFile(own, file, { flag: 'wx', mode: 0o600 });
  try {
    while (!(await isLinked(own, path))) {
      const holder = await readHolder(path);
      if (holder === null) continue;
      if (holder.file === '' && holder.at > Date.now()) throw new TicketUsed(key);
      if (Date.now() - (await lastSign(root, holder)) >= SILENT_MS) await takeOver(root, path, own, holder);
      else if (Date.now() < waitsUntil) await sleep(LOOK_EVERY_MS);
      else throw new TicketBusy(key);
    }
  } finally {
    await rm(own, { force: true });
  }

  const isLost = async () => (await readHolder(path))?.file !== file;
  return {
    isLost,
    use: () => endTicket(root, { key, expiresAt, file }),
    async release() {
      if (!(await isLost())) await rm(path, { force: true });
    },
  };
}

/** Makes the ticket used, also when a request has it: that one loses it. */
export async function endTicket(
  root: string,
  { key, expiresAt, file }: { key: string; expiresAt: number; file: string },
): Promise<void> {
  const path = join(root, TICKETS_FOLDER, encodeURIComponent(key));
  const own = `${path}.${file}`;
  await writeFile(own, '', { flag: 'wx', mode: 0o600 });
  await utimes(own, new Date(), new Date(expiresAt));
  await rename(own, path);
}

interface Holder {
  /** Empty when the ticket is used. */
  file: string;
  /** When the claim was made; when a used ticket ends. In milliseconds since 1970. */
  at: number;
}

async function isLinked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  }
}

async function readHolder(path: string): Promise<Holder | null> {
  const file = await readFile(path, 'utf8').catch(ignoreMissing);
  const found = file === null ? null : await stat(path).catch(ignoreMissing);
  return found && { file: file!, at: found.mtimeMs };
}

async function lastSign(root: string, { file, at }: Holder): Promise<number> {
  if (file === '') return Number.NEGATIVE_INFINITY;
  const written = await stat(join(root, TEMPORARY_FOLDER, file)).catch(ignoreMissing);
  return Math.max(at, written?.mtimeMs ?? 0);
}

/** Removes the holder's claim and what it has written. Of several requests that try, one removes it. */
async function takeOver(root: string, path: string, own: string, { file }: Holder): Promise<void> {
  const taken = `${own}.taken`;
  await rename(path, taken).catch(ignoreMissing);
  const found = await readFile(taken, 'utf8').catch(ignoreMissing);
  // Another request was faster, and its claim is good.
  if (found !== null && found !== file) await isLinked(taken, path);
  else if (file !== '') await rm(join(root, TEMPORARY_FOLDER, file), { force: true });
  await rm(taken, { force: true });
}

/** Forgets used tickets that have ended, and claims of killed processes. */
export async function removeEndedTickets(root: string): Promise<void> {
  const folder = join(root, TICKETS_FOLDER);
  for (const name of (await readdir(folder).catch(ignoreMissing)) ?? []) {
    const holder = await readHolder(join(folder, name));
    if (holder && holder.at + FORGOTTEN_MS < Date.now()) await rm(join(folder, name), { force: true });
  }
}
