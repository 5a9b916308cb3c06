import {
  type ComponentProps,
  createContext,
  type MouseEvent,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';

const BASE = '/app';

interface Place {
  /** Path below /app without a trailing slash; `/` is the feed. */
  path: string;
  query: URLSearchParams;
  go(to: string, how?: { replace: boolean }): void;
  back(fallback: string): void;
}

const Context = createContext<Place | null>(null);

const pathOf = () => location.pathname.slice(BASE.length).replace(/\/+$/, '') || '/';

/** The number of this app's pages in the history; without any, Back goes to the parent page. */
const depth = () => (history.state as { depth?: number } | null)?.depth ?? 0;

export function RouterProvider({ children }: { children: ReactNode }) {
  const [at, setAt] = useState({ path: pathOf(), search: location.search });

  useEffect(() => {
    const follow = () => setAt({ path: pathOf(), search: location.search });
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);

  const place = useMemo<Place>(
    () => ({
      path: at.path,
      query: new URLSearchParams(at.search),
      go(to, { replace } = { replace: false }) {
        if (replace) history.replaceState({ depth: depth() }, '', BASE + to);
        else history.pushState({ depth: depth() + 1 }, '', BASE + to);
        const isOther = pathOf() !== at.path;
        setAt({ path: pathOf(), search: location.search });
        if (!isOther) return;
        window.scrollTo(0, 0);
        // So that a screen reader continues at the new content.
        document.getElementById('main')?.focus({ preventScroll: true });
      },
      back(fallback) {
        if (depth() > 0) history.back();
        else this.go(fallback, { replace: true });
      },
    }),
    [at],
  );
  return <Context.Provider value={place}>{children}</Context.Provider>;
}

export function usePlace(): Place {
  const place = useContext(Context);
  if (!place) throw new Error('Wrap the component in a RouterProvider');
  return place;
}

export function Link({ to, onClick, ...rest }: { to: string } & ComponentProps<'a'>) {
  const { go, path } = usePlace();
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0)
      return;
    event.preventDefault();
    go(to);
  }
  const isHere = path === (to.split('?')[0] ?? to);
  return <a {...rest} href={BASE + to} onClick={follow} aria-current={isHere ? 'page' : undefined} />;
}

/** The parameters of a pattern such as `/p/:postId` in this path; null when it doesn't match. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const found: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    if (part.startsWith(':')) found[part.slice(1)] = decode(given[at]!);
    else if (part !== given[at]) return null;
  }
  return found;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
