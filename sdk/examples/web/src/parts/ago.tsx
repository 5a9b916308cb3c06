import { sayAgo } from '../words.ts';

export function Ago({ at }: { at: Date }) {
  return (
    <time className="ago" dateTime={at.toISOString()} title={at.toLocaleString('en')}>
      {sayAgo(at)}
    </time>
  );
}
