import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { startPeer } from '../../support/peerProcess.ts';
import { startRedis } from '../../support/redis.ts';

const SERVER = pathToFileURL(join(import.meta.dirname, '../../../server/')).href;
const server = await startRedis('the limiter of four processes');

afterAll(() => server?.stop());

/** Takes two hundred times at once; prints how many were allowed, and the times to wait of the others. */
const code = (url: string) => `
  import { connectRedis } from '${SERVER}infra/cache/connectRedis.ts';
  import { createRedisLimiter } from '${SERVER}infra/limiter/redis.ts';
  import { silentLog } from '${SERVER}infra/log/log.ts';
  const connection = connectRedis('${url}', silentLog, 20_000);
  const limiter = createRedisLimiter(connection);
  const isThere = () => connection.run((client) => client.ping()).then(() => true, () => false);
  while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, 20));
  const take = () => limiter.take('alice', [{ limit: 50, periodSeconds: 3600 }]);
  const verdicts = await Promise.all(Array.from({ length: 200 }, take));
  const refused = verdicts.filter(({ allowed }) => !allowed);
  const waits = refused.map(({ retryAfterMs }) => retryAfterMs);
  const told = { allowed: 200 - refused.length, shortest: Math.min(...waits), longest: Math.max(...waits) };
  console.log(JSON.stringify(told));
  await connection.close();
`;

describe.skipIf(!server)('a limiter on Redis', () => {
  it('allows four processes together no more than the budget, and tells the others a true time', async () => {
    const processes = await Promise.all(Array.from({ length: 4 }, () => startPeer(code(server!.url))));
    const answers = processes.map(
      ({ answer }) => answer as Record<'allowed' | 'shortest' | 'longest', number>,
    );
    expect(answers.reduce((sum, { allowed }) => sum + allowed, 0)).toBe(50);
    for (const { shortest, longest } of answers) {
      expect(shortest).toBeGreaterThan(0);
      expect(longest).toBeLessThanOrEqual(72_000);
    }
    expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
  });
});
