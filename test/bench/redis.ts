import { makeDataFolder } from '../support/dataFolder.ts';
import { type FaultProxy, startFaultProxy } from '../support/faultProxy.ts';
import { startProgram } from '../support/program.ts';
import { startRedis } from '../support/redis.ts';
import { GENEROUS, inviteFrom, SECRETS, signUp } from '../support/visit.ts';

/** What the loss of Redis costs those who read: 16 connections, whose requests are timed with Redis and with every fault of it. */
const CONNECTIONS = 16;
const TURN_MS = 6_000;
const MAY_COST_MS = 250;

type State = Parameters<FaultProxy['set']>[0];
const FAULTS: Record<string, State> = {
  gone: { kind: 'refused' },
  'a black hole': { kind: 'silent' },
  'slow by 2 s': { kind: 'slow', latencyMs: 2000 },
};

const redis = await startRedis('the cost of a Redis that is away');
if (!redis) process.exit(1);
const proxy = await startFaultProxy(redis.port);
await using folder = await makeDataFolder();
const environment = { DATA_DIR: folder.path, LOG_LEVEL: 'silent', ...GENEROUS, ...SECRETS };
const program = await startProgram('server/main.ts', {
  ...environment,
  REDIS_URL: `redis://127.0.0.1:${proxy.port}`,
});
const { ciel, id } = await signUp(program.url, await inviteFrom(program.url), 'reader');
const headers = { authorization: `Bearer ${(await ciel.session.get())!.accessToken}` };
const paths = ['/v1/feed', '/v1/auth/me', `/v1/users/${id}`, `/v1/users/${id}/followers`];

await turn();
for (const [name, fault] of Object.entries(FAULTS)) {
  const whole = await turn();
  await proxy.set(fault);
  const without = await turn();
  await proxy.set({ kind: 'none' });
  const cost = p99(without.durations) - p99(whole.durations);
  const verdict = cost <= MAY_COST_MS && without.failures === 0 ? 'well' : 'NOT WELL';
  if (verdict !== 'well') process.exitCode = 1;
  console.log(
    `Redis ${name}: p99 ${p99(without.durations).toFixed(1)} ms, with it ${p99(whole.durations).toFixed(1)} ms, ${without.failures} failures of ${without.durations.length}: ${verdict}`,
  );
  await untilBack();
}
await program.stop();
await proxy.close();
await redis.stop();

/** From the first moment of the state on. */
async function turn() {
  const durations: number[] = [];
  let failures = 0;
  const until = performance.now() + TURN_MS;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, first) => {
      for (let n = first; performance.now() < until; n++) {
        const began = performance.now();
        const response = await fetch(`${program.url}${paths[n % paths.length]}`, { headers });
        await response.arrayBuffer();
        durations.push(performance.now() - began);
        if (response.status >= 500) failures += 1;
      }
    }),
  );
  return { durations, failures };
}

function p99(durations: number[]): number {
  return durations.toSorted((a, b) => a - b)[Math.floor(durations.length * 0.99)]!;
}

async function untilBack(): Promise<void> {
  const began = performance.now();
  for (;;) {
    const { dependencies } = (await (await fetch(`${program.url}/health/ready`)).json()) as {
      dependencies: { cache: string };
    };
    if (dependencies.cache === 'ok') break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  console.log(`  back ${Math.round(performance.now() - began)} ms after Redis was`);
}
