import { setTimeout as sleep } from 'node:timers/promises';
import { type Ciel, createCiel } from '../../sdk/src/index.ts';
import { ciel as runCiel } from '../support/commandLine.ts';
import { act, signUpPeople, untilWritable } from '../support/engines/crowd.ts';
import { type Installation, startInstallation } from '../support/engines/installation.ts';
import { Ledger, type Person } from '../support/engines/ledger.ts';
import { type Round, rounds } from '../support/engines/rounds.ts';
import { missingPrograms } from '../support/engines/servers.ts';
import { PASSWORD } from '../support/visit.ts';

/**
 * Two APIs and two workers on real engines, which are killed, stopped and emptied in turn while twenty clients write. After each round
 * everything that was acknowledged is read back through both APIs, nothing hangs, the data is sound, and the live stream has missed nothing.
 * `node test/lanes/engines.ts [SECONDS [NAME]]`: how long each fault lasts, and the only round to play.
 */
const SECONDS = Number(process.argv[2] ?? 60);
const ONLY = process.argv[3];
const CLIENTS = 20;
/** On a machine that is busy with other things, ten times as long as when nothing happened. */
let backWithinMs = 5_000;

const started = performance.now();
const say = (what: string) => console.log(`${Math.round((performance.now() - started) / 1000)} s: ${what}`);

const missing = missingPrograms(['redis-server', 'java', 'mvn']);
if (missing.length > 0) {
  console.error(`engines: ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} not on PATH`);
  process.exit(process.env.CI ? 1 : 0);
}

const faults: string[] = [];
for (const keepsMessages of ONLY ? [true] : [false, true]) await playAll(keepsMessages);
if (faults.length > 0) console.error(faults.join('\n'));
process.exitCode = faults.length > 0 ? 1 : 0;

/** All rounds with a queue that forgets its messages; with one that keeps them, those in which that matters. */
async function playAll(keepsMessages: boolean): Promise<void> {
  const installation = await startInstallation(keepsMessages);
  say(`all engines run; the queue ${keepsMessages ? 'keeps' : 'forgets'} its messages`);
  try {
    const people = await signUpPeople(installation.urls[0], CLIENTS);
    const ledger = new Ledger();
    const watcher = await watch(installation.urls[0], people);
    const chosen = rounds.filter(({ name, isOfQueue }) =>
      ONLY ? name.includes(ONLY) : !keepsMessages || isOfQueue,
    );
    for (const [at, round] of chosen.entries())
      await play(installation, { people, ledger, watcher, seed: at + (keepsMessages ? 1000 : 0) }, round);
    watcher.stop();
  } finally {
    await installation.close();
  }
}

interface Play {
  people: Person[];
  ledger: Ledger;
  watcher: Awaited<ReturnType<typeof watch>>;
  seed: number;
}

async function play(installation: Installation, { people, ledger, watcher, seed }: Play, round: Round) {
  const before = { ...ledger.counts };
  const acting = new AbortController();
  const acts = act({ urls: installation.urls, people, ledger }, seed, acting.signal);
  await sleep(2000);
  await round.begin(installation);
  await sleep(SECONDS * 1000);
  await round.end(installation);
  const backMs = await untilWritable(installation.urls, people[0]!);
  await sleep(1000);
  acting.abort();
  await acts;
  const found: string[] = [];
  const look = async (what: Promise<string[]>) =>
    found.push(...(await what.catch((error: Error) => [error.message])));
  if (round.name === 'nothing') backWithinMs = Math.max(backWithinMs, 10 * backMs);
  if (backMs > backWithinMs) found.push(`back after ${backMs} ms`);
  await look(installation.untilQuiet().then(() => []));
  for (const url of installation.urls) await look(ledger.readBack(url));
  await look(watcher.missed(ledger));
  await look(checkData(installation));
  found.push(...[...ledger.faults].map(([fault, times]) => `${fault} (${times})`));
  ledger.faults.clear();
  const { ok, unavailable, lost, refused } = ledger.counts;
  say(
    `${round.name}: ${ok - before.ok} acknowledged, ${unavailable - before.unavailable} times 503, ${lost - before.lost} connections lost, ` +
      `${refused - before.refused} refused, back in ${backMs} ms, ${ledger.size} facts; ${found.length === 0 ? 'sound' : 'BROKEN'}`,
  );
  for (const fault of found.slice(0, 20)) say(`  ${fault}`);
  faults.push(...found.map((fault) => `${round.name}: ${fault}`));
}

async function checkData({ environment }: Installation): Promise<string[]> {
  const { code, stdout, stderr } = await runCiel(environment, 'check');
  return code === 0 ? [] : [`check:data: ${stdout}${stderr}`];
}

/** Somebody who follows everybody, and hears of each post once its photographs are ready. */
async function watch(url: string, people: Person[]) {
  const ciel: Ciel = createCiel({ url });
  await ciel.signIn(people[0]!.handle, PASSWORD);
  for (const { id } of people.slice(1)) await ciel.social.follow({ userId: id });
  const heard = new Set<string>();
  let gaps = 0;
  const stopping = new AbortController();
  const listening = (async () => {
    for await (const event of ciel.events({ signal: stopping.signal })) {
      if (event.type === 'post') heard.add(event.postId);
      if (event.type === 'gap') gaps += 1;
    }
  })().catch((error: Error) => {
    if (!stopping.signal.aborted) faults.push(`the stream ended: ${error.message}`);
  });
  return {
    stop: () => {
      stopping.abort();
      return listening;
    },
    /** Posts of people who are followed that the stream has not told of within a minute. A gap is told, and costs the round nothing. */
    async missed({ posts }: Ledger): Promise<string[]> {
      if (gaps > 0) {
        for (const post of posts) heard.add(post);
        say(`  the stream told of ${gaps} gaps`);
        gaps = 0;
      }
      const home = new Set<string>();
      for (const post of posts.filter((id) => !heard.has(id))) {
        const { status, author } = await ciel.posts.get({ postId: post });
        const { relationship } = await ciel.users.get({ userId: author.id });
        if (status === 'published' && relationship?.following) home.add(post);
      }
      for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(250))
        if ([...home].every((post) => heard.has(post))) return [];
      return [...home].filter((post) => !heard.has(post)).map((post) => `the stream missed post ${post}`);
    },
  };
}
