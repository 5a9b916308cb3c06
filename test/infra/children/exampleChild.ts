import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '../../../server/infra/children/serve.ts';

/** What the child is told to do. */
export type Order =
  | 'echo'
  | 'environment'
  | 'loop'
  | 'loop in threads'
  | 'grow'
  | 'wait'
  | 'crash'
  | 'throw'
  | 'babble';

const kept: Buffer[] = [];

serve(async (task, bytes) => {
  switch (task as Order) {
    case 'environment':
      return { head: { ...process.env }, bytes: [] };
    case 'loop':
      for (;;);
    case 'loop in threads': {
      const { pbkdf2 } = await import('node:crypto');
      await new Promise((resolve) => pbkdf2('a', 'b', 2_000_000_000, 64, 'sha512', resolve));
      break;
    }
    case 'grow':
      for (;;) {
        kept.push(Buffer.alloc(10_000_000, 1));
        await sleep(5);
      }
    case 'wait':
      await sleep(600_000);
      break;
    case 'crash':
      return process.abort();
    case 'throw':
      throw new Error('on purpose');
    case 'babble':
      process.stdout.write(Buffer.alloc(100, 0xff));
      await sleep(600_000);
  }
  return { head: { pid: process.pid, length: bytes.length }, bytes: [bytes, bytes] };
});
