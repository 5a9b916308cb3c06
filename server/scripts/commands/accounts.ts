import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { operation, required } from '../cli/command.ts';
import { Refusal } from '../cli/failures.ts';
import { idOf, PERSON } from './people.ts';

export const exportAccount = operation({
  name: 'export',
  says: 'Write all that is kept of a person to a file, an entry a line',
  takes: { person: PERSON, file: 'where to; it must not be there yet' },
  examples: ['export alice alice.ndjson'],
  async run({ admin, args: { person, file }, progress }) {
    if (existsSync(file)) throw new Refusal(`${file} is there already`);
    const userId = await idOf(admin, person);
    const first = await admin.account.adminExport({ userId, limit: 200 });
    const unfinished = `${file}.unfinished`;
    const out = createWriteStream(unfinished, { mode: 0o600 });
    let entries = 0;
    try {
      for (let page = first; ; ) {
        for (const entry of page.items) out.write(`${JSON.stringify(entry)}\n`);
        entries += page.items.length;
        progress(entries, null, 'entries');
        if (page.nextCursor === null) break;
        page = await admin.account.adminExport({ userId, limit: 200, cursor: page.nextCursor });
      }
      await finished(out.end());
      await rename(unfinished, file);
    } catch (error) {
      out.destroy();
      await rm(unfinished, { force: true });
      throw error;
    }
    return { userId, file, entries };
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
