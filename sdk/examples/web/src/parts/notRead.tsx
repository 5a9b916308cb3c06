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

/** There is nothing to show: it could not be read, or is there no more. What was read before stays when the server is away. */
export const isNotRead = (read: Read) => isGone(read) || (read.error !== null && read.data === undefined);

/** In the place of what could not be read: never that it is gone when nobody knows. */
export function NotRead({ of: read, title }: { of: Read; title?: string }) {
  if (!read.error || isGone(read)) return <NothingHere {...(title ? { title } : {})} />;
  return (
    <div className="empty" role="alert">
      <p>{sayError(read.error)}</p>
      <Button onClick={() => read.refetch()}>Try again</Button>
    </div>
  );
}
