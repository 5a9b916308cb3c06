import { createInterface } from 'node:readline';

const WIDTH = 24;
/** The exit code that shells report after Ctrl-C. */
const INTERRUPTED = 130;

/** Reports the progress of long work; `total` is null when it is unknown. */
export type Progress = (done: number, total: number | null, what: string) => void;

interface Line {
  progress: Progress;
  /** Clears the line. */
  end(): void;
}

/** A progress bar on standard error, shown only on a terminal. */
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

/** Asks for confirmation; null when there is no terminal. */
export async function confirm(question: string): Promise<boolean | null> {
  if (!process.stdin.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await new Promise<string>((resolve) => {
    terminal.once('SIGINT', () => process.exit(INTERRUPTED));
    terminal.once('close', () => resolve(''));
    terminal.question(`${question} Type yes to continue: `, resolve);
  });
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Aligns rows in columns as wide as their widest cell. */
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

/** User text on one line, without control characters that a terminal would obey. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
