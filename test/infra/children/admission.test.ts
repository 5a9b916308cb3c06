import { expect, test } from 'vitest';
import { createAdmission } from '../../../server/infra/children/admission.ts';

const { signal } = new AbortController();

/** Enters work by name; `inside` is what runs. */
function scene(budget: number, atOnce: number) {
  const admission = createAdmission({ budget, atOnce });
  const leaves = new Map<string, () => void>();
  return {
    enter(name: string, bytes: number, alone = false, given = signal) {
      return admission.enter(bytes, { alone, signal: given }).then((leave) => void leaves.set(name, leave));
    },
    async leave(name: string) {
      leaves.get(name)!();
      leaves.delete(name);
      await settled();
    },
    async inside() {
      await settled();
      return [...leaves.keys()].sort();
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('what fits into the budget runs at once, as many as allowed', async () => {
  const { enter, leave, inside } = scene(100, 3);
  for (const [name, bytes] of Object.entries({ a: 40, b: 40, c: 40, d: 1 })) void enter(name, bytes);
  expect(await inside()).toEqual(['a', 'b']);
  await leave('a');
  expect(await inside()).toEqual(['b', 'c', 'd']);
  void enter('e', 0);
  expect(await inside()).toEqual(['b', 'c', 'd']);
});

test('what takes more than all of the budget runs, alone', async () => {
  const { enter, leave, inside } = scene(100, 2);
  for (const [name, bytes] of Object.entries({ a: 40, big: 400, b: 40, c: 40 })) void enter(name, bytes);
  expect(await inside()).toEqual(['a']);
  await leave('a');
  expect(await inside()).toEqual(['big']);
  await leave('big');
  expect(await inside()).toEqual(['b', 'c']);
});

test('nothing runs beside what has to be alone', async () => {
  const { enter, leave, inside } = scene(100, 2);
  void enter('alone', 1, true);
  void enter('a', 1);
  expect(await inside()).toEqual(['alone']);
  await leave('alone');
  void enter('again', 1, true);
  void enter('b', 1);
  expect(await inside()).toEqual(['a']);
  await leave('a');
  expect(await inside()).toEqual(['again']);
});

test('who gives up waiting lets the next one in', async () => {
  const { enter, inside } = scene(100, 2);
  void enter('a', 60);
  const givingUp = new AbortController();
  const waiting = enter('b', 60, false, givingUp.signal);
  void enter('c', 10);
  expect(await inside()).toEqual(['a']);
  givingUp.abort(new Error('given up'));
  await expect(waiting).rejects.toThrow('given up');
  expect(await inside()).toEqual(['a', 'c']);
});

test('what gives way waits behind everything else, and is told when that needs its place', async () => {
  const admission = createAdmission({ budget: 100, atOnce: 2 });
  const order: string[] = [];
  const enter = async (name: string, bytes: number, giveWay?: () => void) => {
    const leave = await admission.enter(bytes, { alone: false, signal, giveWay });
    order.push(name);
    return leave;
  };
  const told: string[] = [];
  const leave = await enter('step', 60, () => told.push('step'));
  const small = await enter('small', 30);
  expect(told).toEqual([]);
  void enter('next step', 10, () => told.push('next step'));
  await settled();
  expect(told).toEqual([]);
  const upload = enter('upload', 60);
  expect(told).toEqual(['step']);
  leave();
  (await upload)();
  small();
  await settled();
  expect(order).toEqual(['step', 'small', 'upload', 'next step']);
});
