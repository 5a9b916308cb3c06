import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { z } from 'zod';
import type { ExportPage } from '../../domains/account/contract.ts';
import { operation, required } from '../cli/command.ts';
import { Refusal } from '../cli/failures.ts';
import { idOf, PERSON } from './users.ts';

type Page = z.infer<typeof ExportPage>;

export const exportAccount = operation({
  name: 'export',
  says: 'Export everything stored about a user to a file, one JSON entry per line',
  takes: { person: PERSON, file: 'path of the file; it must not exist' },
  examples: ['export alice alice.ndjson'],
  async run({ admin, args: { person, file }, progress }) {
    if (existsSync(file)) throw new Refusal(`${file} already exists`);
    const userId = await idOf(admin, person);
    const unfinished = `${file}.unfinished`;
    const out = await open(unfinished, 'w', 0o600).catch((error: NodeJS.ErrnoException) => {
      throw new Refusal(`Cannot write ${file}: ${error.code}`);
    });
    try {
      let entries = 0;
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: Page = await admin.account.adminExport({
          userId,
          limit: 200,
          ...(cursor ? { cursor } : {}),
        });
        await out.appendFile(page.items.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
        entries += page.items.length;
        progress(entries, null, 'entries');
        cursor = page.nextCursor;
      }
      await rename(unfinished, file);
      return { userId, file, entries };
    } finally {
      await out.close();
      await rm(unfinished, { force: true });
    }
  },
  show: ({ file, entries }) =>
    `wrote ${entries} entries to ${file}; its links to originals expire after a day`,
});

export const deleteAccount = operation({
  name: 'delete',
  says: "Delete a user's account, as they could themselves",
  takes: { person: PERSON },
  options: { reason: required('the reason, for the audit log') },
  examples: ["delete alice --reason 'Asked by mail and cannot sign in'"],
  question: ({ args: { person } }) =>
    `Delete ${person}'s account and all its content? This cannot be undone.`,
  async run({ admin, args: { person }, options: { reason } }) {
    const userId = await idOf(admin, person);
    await admin.account.adminDelete({ userId, reason });
    return { userId };
  },
  show: ({ userId }) => `deleted ${userId}; all stored data is purged after 30 days`,
});
