import { createInterface } from 'node:readline';

const WIDTH = 24;
/** As a shell says that a Ctrl-C ended it. */
const INTERRUPTED = 130;

/** Says how far long work has come; `total` is null while nobody knows. */
export type Progress = (done: number, total: number | null, what: string) => void;

interface Line {
  progress: Progress;
  /** Takes the line off the screen. */
  end(): void;
}

/** A bar on standard error, where only somebody who looks on sees it. */
export function progressLine(stream = process.stderr): Line {
  if (!stream.isTTY) return { progress() {}, end() {} };
  return {
    progress(done, total, what) {
      const filled = total ? Math.round((done / total) * WIDTH) : 0;
      const bar = total ? `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${done}/${total}` : `${done}`;
      stream.write(`\r\x1b[K${bar} ${what}`.slice(0, (stream.columns || 80) + 4));
    },
    end: () => void stream.write('\r\x1b[K'),
  };
}

/** Null when nobody is there to be asked. */
export async function confirm(question: string): Promise<boolean | null> {
  if (!process.stdin.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await new Promise<string>((resolve) => {
    terminal.once('SIGINT', () => process.exit(INTERRUPTED));
    terminal.once('close', () => resolve(''));
    terminal.question(`${question} Type yes to go on: `, resolve);
  });
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Columns as wide as what stands in them. */
export function columns(rows: (string | number)[][]): string {
  const texts = rows.map((row) => row.map((cell) => printable(String(cell))));
  const widths = texts.reduce<number[]>(
    (widest, row) => row.map((cell, at) => Math.max(cell.length, widest[at] ?? 0)),
    [],
  );
  return texts
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What people wrote is shown on one line, and gives no orders to the terminal. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
