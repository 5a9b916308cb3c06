import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ChildDied } from '../../../server/infra/children/child.ts';
import {
  type Children,
  type ChildrenOptions,
  createChildren,
} from '../../../server/infra/children/children.ts';
import type { Order } from './exampleChild.ts';
import { exampleOptions, MB, NEVER } from './exampleOptions.ts';

const opened: Children[] = [];
afterEach(async () => void (await Promise.all(opened.splice(0).map((children) => children.close()))));

function open(options: Partial<ChildrenOptions> = {}) {
  const children = createChildren({ ...exampleOptions, ...options });
  opened.push(children);
  return {
    children,
    run: (
      order: Order,
      { bytes = Buffer.alloc(0), memory = MB, alone = false, signal = neverAborted } = {},
    ) => children.run({ head: order, bytes, memory }, { alone, signal }),
  };
}

const { signal: neverAborted } = new AbortController();
const pidOf = ({ head }: { head: unknown }) => (head as { pid: number }).pid;
const deathOf = (run: Promise<unknown>) =>
  run.then(
    () => null,
    (error: unknown) => (error instanceof ChildDied ? error.death : error),
  );

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Where the first process waits for nobody, one that has ended keeps its number. */
const isZombie = (pid: number) =>
  process.platform === 'linux' && /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

describe('a task', () => {
  test.each([0, 1, 70_000, 20 * MB])('of %i bytes comes back as it was sent', async (length) => {
    const bytes = Buffer.alloc(length, 'the bytes of a task, ');
    const { head, bytes: result } = await open().run('echo', { bytes });
    expect(head).toMatchObject({ length });
    expect(result.equals(Buffer.concat([bytes, bytes]))).toBe(true);
  });

  test('runs in the process of the one before it', async () => {
    const { run } = open();
    const first = pidOf(await run('echo'));
    expect(pidOf(await run('echo'))).toBe(first);
    expect(pidOf(await run('echo', { alone: true }))).not.toBe(first);
  });

  test('runs in a new process after many', async () => {
    const { run } = open({ maxTasks: 2 });
    const pids = [];
    for (let i = 0; i < 4; i += 1) pids.push(pidOf(await run('echo')));
    expect(pids[1]).toBe(pids[0]);
    expect(pids[2]).not.toBe(pids[1]);
    expect(pids[3]).toBe(pids[2]);
  });

  test('sees none of the variables of the parent', async () => {
    vi.stubEnv('PASETO_ACCESS_KEY', 'secret');
    const { head } = await open().run('environment');
    vi.unstubAllEnvs();
    expect(
      Object.keys(head as object)
        .filter((name) => !/^(PWD|SHLVL|_|OLDPWD)$/.test(name))
        .sort(),
    ).toEqual(['MALLOC_ARENA_MAX', 'NODE_ENV']);
  });
});

describe('a child that', () => {
  test.each<[string, Order]>([
    ['its own code', 'loop'],
    ['threads of native code', 'loop in threads'],
  ])('loops in %s is ended by its CPU time', async (_where, order) => {
    const { run } = open({ limits: { cpuMs: 300, memory: 1000 * MB } });
    expect(await deathOf(run(order))).toBe('cpu');
    expect(await run('echo')).toMatchObject({ head: { length: 0 } });
  });

  test('grows is ended by its memory', async () => {
    const { run } = open({ limits: { cpuMs: NEVER, memory: 250 * MB }, hardMemory: 2000 * MB });
    expect(await deathOf(run('grow'))).toBe('memory');
  });

  test('crashes, talks nonsense or gives no result is replaced', async () => {
    const { run, children } = open({ timeoutMs: 2000 });
    await children.prepare();
    expect(await deathOf(run('crash'))).toBe('crashed');
    expect(await deathOf(run('babble'))).toBe('killed');
    expect(await deathOf(run('wait'))).toBe('stuck');
    expect(await deathOf(run('throw'))).toMatchObject({ message: expect.stringContaining('on purpose') });
    expect(await run('echo')).toMatchObject({ head: { length: 0 } });
  });

  test('is killed at rest is replaced', async () => {
    const { run } = open();
    const pid = pidOf(await run('echo'));
    process.kill(pid, 'SIGKILL');
    await vi.waitUntil(() => !isRunning(pid));
    expect(pidOf(await run('echo'))).not.toBe(pid);
  });

  test('has nothing to do ends after a while', async () => {
    const { run } = open({ idleMs: 50 });
    const pid = pidOf(await run('echo'));
    await vi.waitUntil(() => !isRunning(pid));
    expect(pidOf(await run('echo'))).not.toBe(pid);
  });

  test('works for a job that was given up is ended', async () => {
    const { run } = open();
    const pid = pidOf(await run('echo'));
    const givenUp = new AbortController();
    const running = run('wait', { signal: givenUp.signal });
    givenUp.abort(new Error('given up'));
    await expect(running).rejects.toThrow('given up');
    await vi.waitUntil(() => !isRunning(pid));
  });
});

test('children that can not be started are no fault of a task', async () => {
  const { run, children } = open({ script: join(import.meta.dirname, 'missing.ts') });
  await expect(children.prepare()).rejects.toThrow('does not start');
  const fault = await run('echo').catch((error: unknown) => error);
  expect(fault).not.toBeInstanceOf(ChildDied);
});

describe('with the parent', () => {
  /** A parent whose child works; returns both pids. */
  async function startParent(order: Order) {
    const parent = spawn(process.execPath, [join(import.meta.dirname, 'exampleParent.ts'), order], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
    return { parent, pid: Number(line) };
  }

  test.each<Order>(['wait', 'loop', 'loop in threads'])(
    'killed by -9, a child ends that does: %s',
    async (order) => {
      const { parent, pid } = await startParent(order);
      parent.kill('SIGKILL');
      await vi.waitUntil(() => !isRunning(pid) || isZombie(pid), { timeout: 60_000 });
    },
  );

  test('closing, all children end, whatever they do', async () => {
    const { run, children } = open({ atOnce: 3 });
    const pid = pidOf(await run('echo'));
    const running = [run('wait'), run('loop'), run('loop in threads'), run('echo', { alone: true })];
    const ends = Promise.all(running.map(deathOf));
    await children.close();
    expect(await ends).not.toContain(null);
    expect(isRunning(pid)).toBe(false);
  });
});
