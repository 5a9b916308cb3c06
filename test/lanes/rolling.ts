import { ciel } from '../support/commandLine.ts';
import type { Caller } from '../support/rolling/calls.ts';
import {
  type Installation,
  jobsOf,
  type Started,
  startInstallation,
} from '../support/rolling/installation.ts';
import { createPair, type Pair } from '../support/rolling/pair.ts';
import { checkOutPrevious } from '../support/rolling/previous.ts';
import { leaveWork, prepareWork, seeWorkDone } from '../support/rolling/scenario/leftWork.ts';
import { type Cast, seeSessions, signUpAll } from '../support/rolling/scenario/people.ts';
import { play } from '../support/rolling/scenario/scenario.ts';
import { survey } from '../support/rolling/survey.ts';

/** The previous release does not know the places that outlive a move; with few other objects its sweep stops, and removes nothing. */
const SWEEP = /"task":"objects".*Nothing is removed/;

/**
 * A release is rolled out: the program of the previous release and today's run on one database, store and queue. Everything is
 * written through each and read through both, and each finishes the jobs of the other. test/lanes/previous names the commit of
 * the previous release; whoever releases puts the new one there.
 */
const started = performance.now();
const closers: (() => unknown)[] = [];
let closing: Promise<void> | undefined;
const close = () => (closing ??= closeAll());
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void close().finally(() => process.exit(1)));

try {
  await rollOut();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await close();
}

async function rollOut(): Promise<void> {
  const { root, commit, remove } = checkOutPrevious();
  closers.push(remove);
  const installation = await startInstallation();
  closers.push(installation.close);
  say(`${commit.slice(0, 10)} is checked out`);

  const previous = await start(installation, 'previous', root);
  const early = await signUpAll(await createPair([previous, previous]), 'early');
  let current = await start(installation, 'current');
  const pair = await createPair([previous, current]);
  await seeSessions(pair, early);
  say('both versions run');
  pair.startWith(previous);
  const { cast } = await play(pair, 'one');
  pair.startWith(current);
  await play(pair, 'two');
  await installation.quiet();
  say('everything was written through each');
  requireAll(pair);
  await readEverything(pair, cast);
  await requireShared([previous, current]);

  // A release that is rolled back: the previous version finishes what the current one began.
  await handOver(installation, current, previous, 'back');
  current = await start(installation, 'current');
  // And one that goes on.
  await handOver(installation, previous, current, 'on');
  const alone = await createPair([current, current]);
  await play(alone, 'alone');
  await installation.quiet();
  say('the current version goes on alone');
  await stop(current);
  const check = await ciel(installation.environment, 'check');
  if (check.code !== 0) throw new Error(`the data is broken: ${check.stdout}${check.stderr}`);
  say('the data is sound');
}

async function start({ start }: Installation, name: Started['name'], root?: string): Promise<Started> {
  const side = await start(name, root);
  closers.push(side.program.stop);
  return side;
}

/** One version writes, with its jobs held, and stops; the other one does those jobs. */
async function handOver(
  { holdJobs, quiet }: Installation,
  from: Started,
  to: Started,
  run: string,
): Promise<void> {
  const writer = await createPair([from, from]);
  const cast = await signUpAll(writer, run);
  const prepared = await prepareWork(writer, cast);
  await quiet();
  const release = await holdJobs();
  const left = await leaveWork(writer, cast, prepared);
  await stop(from);
  const kinds = await release();
  const heir = await createPair([to, to]);
  await seeWorkDone(heir, cast, left);
  await quiet();
  await requireNoFailedJobs(to);
  say(`the ${to.name} version has done the jobs of the ${from.name} one: ${kinds.join(', ')}`);
}

/** By SIGTERM, after which nothing of it may be left undone. */
async function stop(side: Started): Promise<void> {
  await requireNoFailedJobs(side);
  const { code, stdout, stderr } = await side.program.stop();
  const errors = stdout
    .split('\n')
    .filter((line) => line.includes('"level":"error"') && !(side.name === 'previous' && SWEEP.test(line)));
  if (code !== 0 || errors.length > 0 || stderr)
    throw new Error(`the ${side.name} version ended with ${code}: ${[...errors, stderr].join('\n')}`);
}

/** A job that a version does not know is failed at once, and lost. */
async function requireNoFailedJobs(side: Started): Promise<void> {
  const failed = [...(await jobsOf(side))].filter(([name]) => / (failed|unreadable)$/.test(name));
  if (failed.length > 0) throw new Error(`the ${side.name} version failed jobs: ${JSON.stringify(failed)}`);
}

async function requireShared(sides: Started[]): Promise<void> {
  for (const side of sides) {
    const processed = (await jobsOf(side)).get('media.process done') ?? 0;
    if (processed === 0) throw new Error(`the ${side.name} version has processed no photograph`);
    await requireNoFailedJobs(side);
  }
}

/** Every operation that both versions document was called with success through both. */
function requireAll({ operations, reached, sides }: Pair): void {
  const missing = [...operations.values()]
    .filter(({ isRead }) => !isRead)
    .flatMap(({ name }) => sides.map((side) => `${side.name} ${name}`))
    .filter((name) => !reached.has(name));
  if (missing.length > 0)
    throw new Error(`test/support/rolling/scenario has no successful call of: ${missing.join(', ')}`);
}

async function readEverything(pair: Pair, cast: Cast): Promise<void> {
  const viewers: Caller[] = [null, cast.alice, cast.bob, cast.carol, cast.dave, 'operator'];
  const { reads, pages, photographs, faults } = await survey(pair, viewers);
  for (const url of photographs) {
    const { status } = await fetch(url);
    if (status !== 200) faults.push(`a photograph returned ${status}: ${url}`);
  }
  const unread = [...pair.operations.values()]
    .filter(({ isRead, isStream }) => isRead && !isStream)
    .flatMap(({ name }) => pair.sides.map((side) => `${side.name} ${name}`))
    .filter((name) => !pair.reached.has(name));
  if (unread.length > 0) faults.push(`never read: ${unread.join(', ')}`);
  say(
    `${reads} reads and ${pages} pages are the same through both, ${photographs.size} photographs are there`,
  );
  if (faults.length > 0) throw new Error(faults.slice(0, 20).join('\n'));
}

async function closeAll(): Promise<void> {
  for (const closer of closers.splice(0).reverse())
    try {
      await closer();
    } catch (error) {
      console.error(error);
    }
}

function say(what: string): void {
  console.log(`${Math.round((performance.now() - started) / 1000)} s: ${what}`);
}
