import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Ciel } from '../client.ts';
import { isCielError } from '../errors.ts';
import type { CielEvent } from '../events.ts';
import { platform, type Signal } from '../platform.ts';
import { useCiel, useSession } from './context.ts';
import { keyOf } from './keys.ts';
import { renewAvatar, renewPost, renewStory } from './renewals.ts';

type Listener = (event: CielEvent) => void;

/** One stream serves all listeners of a cache, because a user may open only a few. */
const listeners = new WeakMap<QueryClient, Set<Listener>>();

const listenersOf = (client: QueryClient): Set<Listener> => {
  const known = listeners.get(client) ?? new Set();
  listeners.set(client, known);
  return known;
};

const NEW_POSTS = keyOf(['live', 'newPosts']);

export function LiveUpdates(): null {
  const ciel = useCiel();
  const client = useQueryClient();
  const { status, userId } = useSession();
  const signedInAs = status === 'signedIn' ? (userId ?? '') : null;
  useEffect(() => {
    if (signedInAs === null) return;
    const { signal, abort } = controller();
    void follow(signal).catch((error: unknown) => {
      // After a 401 (signed out or banned) the next call reports the same.
      if (!isCielError(error) || error.status !== 401) console.warn('Ciel: live events have stopped', error);
    });
    return abort;

    async function follow(signal: Signal): Promise<void> {
      for await (const event of ciel.events({ signal })) {
        update(ciel, client, event, signedInAs);
        for (const listener of listenersOf(client)) listener(event);
      }
    }
  }, [ciel, client, signedInAs]);
  return null;
}

declare const console: { warn(...args: unknown[]): void };

function controller() {
  const controller = new platform.AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

function update(ciel: Ciel, client: QueryClient, event: CielEvent, userId: string | null): void {
  switch (event.type) {
    case 'unreadCount':
      client.setQueriesData({ queryKey: keyOf(['notifications', 'unreadCount']) }, () => ({
        unreadCount: event.unreadCount,
      }));
      return;
    case 'notification':
      void client.invalidateQueries({ queryKey: keyOf(['notifications', 'list']) });
      return;
    case 'post':
      // The user's own post is in the feed already, and its variants are ready now.
      if (event.authorId === userId) {
        void client.invalidateQueries({ queryKey: keyOf(['feed', 'home']) });
        void client.invalidateQueries({ queryKey: keyOf(['posts', 'get'], { postId: event.postId }) });
      } else client.setQueryData(NEW_POSTS, (ids: string[] = []) => [...new Set([...ids, event.postId])]);
      void client.invalidateQueries({ queryKey: keyOf(['posts', 'byUser'], { userId: event.authorId }) });
      return;
    case 'postMedia':
      void renewPost(ciel, client, event.postId);
      return;
    case 'storyMedia':
      void renewStory(ciel, client, event.storyId);
      return;
    case 'avatar':
      void renewAvatar(ciel, client, event.userId);
      return;
    case 'gap':
      void client.invalidateQueries({ queryKey: keyOf([]) });
  }
}

/**
 * Calls the listener with each event while the component is mounted.
 * @example
 * useEvents((event) => event.type === 'notification' && toast(event.kind));
 */
export function useEvents(listener: Listener): void {
  const client = useQueryClient();
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const call: Listener = (event) => latest.current(event);
    const all = listenersOf(client);
    all.add(call);
    return () => void all.delete(call);
  }, [client]);
}

/**
 * Posts that arrived since the feed was fetched. They appear when `show` is called, so that nothing moves while the user reads.
 * @example
 * const { count, show } = useNewPosts();
 * {count > 0 && <button onClick={show}>{count} new</button>}
 */
export function useNewPosts(): { count: number; show: () => void } {
  const ciel = useCiel();
  const client = useQueryClient();
  const { data } = useQuery<string[]>({
    queryKey: NEW_POSTS,
    queryFn: () => [],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    initialData: [],
  });
  return {
    count: data.length,
    show() {
      client.setQueryData(NEW_POSTS, []);
      const read = () => client.resetQueries({ queryKey: keyOf(['feed', 'home']) });
      // The server may have cached the first page before they arrived.
      void ciel.feed.refresh().then(read, read);
    },
  };
}
