import type { Command } from '../cli/command.ts';
import { deleteAccount, exportAccount } from './accounts.ts';
import { audit } from './audit.ts';
import { ban, unban, warn } from './bans.ts';
import { cases, resolve, showCase } from './cases.ts';
import { invite } from './invite.ts';
import { dead, replay } from './jobs.ts';
import { restore, takedown } from './takedowns.ts';
import { person, unverify, verify } from './trust.ts';
import { upload } from './upload.ts';

/** In the order of the help. */
export const commands: Command[] = [
  invite,
  person,
  verify,
  unverify,
  warn,
  ban,
  unban,
  takedown,
  restore,
  cases,
  showCase,
  resolve,
  audit,
  exportAccount,
  deleteAccount,
  upload,
  dead,
  replay,
];
