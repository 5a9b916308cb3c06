import { type ReactNode, useEffect, useRef } from 'react';
import { sayError } from '../words.ts';
import { Button } from './button.tsx';

interface Pages {
  isPending: boolean;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

interface EndlessProps<Item> {
  list: Pages & { data: { items: Item[] } | undefined };
  /** Shown when the list is empty. */
  empty: ReactNode;
  /** Shown while the first page loads. */
  waiting?: ReactNode;
  children: (items: Item[]) => ReactNode;
}

/** A list that loads the next page as its end comes near. */
export function Endless<Item>({ list, empty, waiting, children }: EndlessProps<Item>) {
  const { data, isPending, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = list;
  const end = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!end.current || !hasNextPage || isFetchingNextPage) return;
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && fetchNextPage(), {
      rootMargin: '800px',
    });
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (isPending) return waiting ?? <p className="quiet centred">Loading…</p>;
  return (
    <>
      {data && data.items.length === 0 && !error ? <div className="empty">{empty}</div> : null}
      {data && data.items.length > 0 ? children(data.items) : null}
      {error ? (
        <div className="empty">
          <p>{sayError(error)}</p>
          <Button onClick={() => (data ? fetchNextPage() : refetch())}>Try again</Button>
        </div>
      ) : (
        <div ref={end} className="quiet centred" aria-live="polite">
          {isFetchingNextPage ? 'Loading more…' : ''}
        </div>
      )}
    </>
  );
}
