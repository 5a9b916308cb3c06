import { createChildren } from '../../../server/infra/children/children.ts';
import { exampleOptions } from './exampleOptions.ts';

/** A parent to be killed: prints the pid of its child, and gives it a task. */
const children = createChildren(exampleOptions);
const run = (head: unknown) =>
  children.run(
    { head, bytes: Buffer.alloc(0), memory: 1 },
    { alone: false, signal: new AbortController().signal },
  );
const { head } = await run('echo');
const working = run(process.argv[2]);
console.log((head as { pid: number }).pid);
await working;
