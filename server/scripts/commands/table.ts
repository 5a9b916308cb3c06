import type { Command } from '../cli/command.ts';
import { deleteAccount, exportAccount } from './accounts.ts';
import { appeals, decide } from './appeals.ts';
import { audit } from './audit.ts';
import { ban, unban, warn } from './bans.ts';
import { cases, resolve, showCase } from './cases.ts';
import { check } from './check.ts';
import { config } from './config.ts';
import { doctor } from './doctor.ts';
import { invite } from './invite.ts';
import { dead, replay } from './jobs.ts';
import { migrate } from './migrate.ts';
import { recount } from './recount.ts';
import { rotateKeys } from './rotateKeys.ts';
import { seed } from './seed.ts';
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
  appeals,
  decide,
  audit,
  exportAccount,
  deleteAccount,
  upload,
  dead,
  replay,
  check,
  recount,
  migrate,
  seed,
  rotateKeys,
  doctor,
  config,
];
