import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { z } from 'zod';
import type { ExportPage } from '../../domains/account/contract.ts';
import { operation, required } from '../cli/command.ts';
import { Refusal } from '../cli/failures.ts';
import { idOf, PERSON } from './people.ts';

type Page = z.infer<typeof ExportPage>;

export const exportAccount = operation({
  name: 'export',
  says: 'Write all that is kept of a person to a file, an entry a line',
  takes: { person: PERSON, file: 'where to; it must not be there yet' },
  examples: ['export alice alice.ndjson'],
  async run({ admin, args: { person, file }, progress }) {
    if (existsSync(file)) throw new Refusal(`${file} is there already`);
    const userId = await idOf(admin, person);
    const unfinished = `${file}.unfinished`;
    const out = await open(unfinished, 'w', 0o600).catch((error: NodeJS.ErrnoException) => {
      throw new Refusal(`${file} can not be written: ${error.code}`);
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
    `${entries} entries are in ${file}; the links in it to originals are good for 5 minutes`,
});

export const deleteAccount = operation({
  name: 'delete',
  says: 'Delete the account of a person, as they would themselves',
  takes: { person: PERSON },
  options: { reason: required('why; for the audit log') },
  examples: ["delete alice --reason 'Asked for it by mail, and can not sign in'"],
  question: ({ args: { person } }) =>
    `Delete the account of ${person}, with all that is theirs? Nobody can bring it back.`,
  async run({ admin, args: { person }, options: { reason } }) {
    const userId = await idOf(admin, person);
    await admin.account.adminDelete({ userId, reason });
    return { userId };
  },
  show: ({ userId }) => `${userId} is deleted; what is stored of them is erased in 30 days`,
});
