import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCiel } from '../../sdk/src/index.ts';
import { ciel, jsonOf } from '../support/commandLine.ts';
import { makeDataFolder } from '../support/dataFolder.ts';
import { attack } from '../support/hostile/attack.ts';
import { faultsOfLog } from '../support/hostile/judge.ts';
import { startProgram } from '../support/program.ts';
import { SEED } from '../support/random.ts';
import { GENEROUS } from '../support/visit.ts';

/** Requests made from the document, with values that nobody expects, at a program with its demo: it stays, and so does what it has. */
const count = Number(process.argv[2] ?? 50_000);
const SHOWN = 50;

await using folder = await makeDataFolder({ withDemo: true });
const environment = { DATA_DIR: folder.path, ...GENEROUS };
const program = await startProgram('server/main.ts', environment, 'Ciel is up');
const adminToken = readFileSync(join(folder.path, 'secrets/admin.token'), 'utf8').trim();
const port = Number(new URL(program.url).port);
const { faults, statuses, names, unreached, secrets } = await attack(
  { port, adminToken },
  { count, atOnce: 6 },
);

await demoGoesOn();
const { stdout } = await program.stop();
faults.push(
  ...faultsOfLog(
    stdout.split('\n').filter((line) => line.startsWith('{')),
    secrets,
  ),
);
faults.push(...(await soundness()));
if (unreached.length > names.length / 10) faults.push(`nothing came as far as ${unreached.join(', ')}`);
for (const fault of faults.slice(0, SHOWN)) console.error(fault);
if (faults.length) process.exitCode = 1;
const answers = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`);
console.log(`SEED=${SEED}: ${count} requests, ${faults.length} faults, answers of ${answers.join(', ')}`);

/** The demo's people sign in, and what they follow is in their feed. */
async function demoGoesOn(): Promise<void> {
  for (const handle of ['alice', 'bob', 'carol']) {
    const client = createCiel({ url: program.url });
    try {
      await client.signIn(handle, `demo-${handle}-photographs`);
      const { items } = await client.feed.home({ limit: 5 });
      if (!items.length) faults.push(`the feed of ${handle} is empty`);
    } catch (error) {
      faults.push(`${handle} is kept out: ${error}`);
    }
  }
}

/** What `npm run check:data` finds, and what the workers could not do. */
async function soundness(): Promise<string[]> {
  const check = await ciel(environment, 'check');
  const dead = await jsonOf<{ items: object[] }>(ciel(environment, 'dead', '--json'));
  return [
    ...(check.code === 0 ? [] : [`the data is broken: ${check.stdout}${check.stderr}`]),
    ...dead.items.map((job) => `a job failed for good: ${JSON.stringify(job)}`),
  ];
}
