import { existsSync, writeFileSync } from 'node:fs';
import { serve } from '../../server/infra/children/serve.ts';
import { decode } from '../../server/jobs/decoderProcess.ts';
import type { DecoderTask } from '../../server/jobs/decoderResult.ts';

/** A decoder that has the fault that a file ends with, once per marker or always. */
export const faulty = (file: Buffer, fault: Fault, marker = ''): Buffer =>
  Buffer.concat([file, Buffer.from(`\nfault:${fault}:${marker}`)]);

export type Fault = 'killed' | 'crashes' | 'loops' | 'gives up' | 'throws';

const failure = (reason: string) => ({ head: { outcome: 'undecodable', reason }, bytes: [] });

function show(fault: Fault) {
  switch (fault) {
    case 'killed':
      return process.kill(process.pid, 'SIGKILL');
    case 'crashes':
      return process.abort();
    case 'loops':
      for (;;);
    case 'gives up':
      return failure('timeout');
    case 'throws':
      throw new Error('pixel limit, timeout: out of memory');
  }
}

if (process.argv[1] === import.meta.filename)
  serve(async (task, bytes) => {
    const [, fault, marker] = /\nfault:([a-z ]+):(.*)$/.exec(bytes.subarray(-300).toString('latin1')) ?? [];
    if (fault && !(marker && existsSync(marker))) {
      if (marker) writeFileSync(marker, '');
      const result = show(fault as Fault);
      if (typeof result === 'object') return result;
    }
    return decode(bytes, task as DecoderTask);
  });
