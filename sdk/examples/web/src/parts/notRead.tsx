import type { CielError } from '@ciel/sdk';
import { NothingHere } from '../pages/nothingHere.tsx';
import { sayError } from '../words.ts';
import { Button } from './button.tsx';

interface Read {
  data: unknown;
  error: CielError | null;
  refetch: () => unknown;
}

const isGone = ({ error }: Read) => error?.code === 'not_found' || error?.code === 'invalid_input';

/** True when there is nothing to show: loading failed or it no longer exists. Loaded data stays when the server is unavailable. */
export const isNotRead = (read: Read) => isGone(read) || (read.error !== null && read.data === undefined);

/** Shown instead of what could not be loaded; says that it is gone only when the server said so. */
export function NotRead({ of: read, title }: { of: Read; title?: string }) {
  if (!read.error || isGone(read)) return <NothingHere {...(title ? { title } : {})} />;
  return (
    <div className="empty" role="alert">
      <p>{sayError(read.error)}</p>
      <Button onClick={() => read.refetch()}>Try again</Button>
    </div>
  );
}
