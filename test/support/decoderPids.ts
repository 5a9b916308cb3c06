import { readdirSync, readFileSync } from 'node:fs';

/** The decoder processes that a process has started, by what Linux says of all processes. */
export const decodersOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => readOf(each, 'stat').split(') ')[1]?.split(' ')[1] === String(pid))
    .filter((each) => readOf(each, 'cmdline').includes('decoderProcess'));

/** Nothing of a process that has just ended. */
export function readOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
}
