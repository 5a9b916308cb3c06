import type { Calls } from './calls.ts';
import { bookmarkPatch, commentLikePatch, followPatch, likePatch, type Patch, patched } from './patches.ts';

/** Acts that show at once and are taken back when the server refuses. */
export interface Optimistic {
  /** Likes the post, or takes the like back. */
  like(postId: string, liked: boolean): Promise<void>;
  /** Likes the comment, or takes the like back. */
  likeComment(comment: { postId: string; commentId: string }, liked: boolean): Promise<void>;
  /** Bookmarks the post, or no more. */
  bookmark(postId: string, bookmarked: boolean): Promise<void>;
  /** Follows the person, or asks to when they are private; or no more. */
  follow(userId: string, following: boolean): Promise<void>;
  /** What is under way or was a moment ago, for data that was asked for before it was done. */
  readonly patch: Patch;
}

interface Act {
  patch(isOn: boolean): Patch;
  /** Does it; answers how it stands by the server's word. */
  send(isOn: boolean): Promise<Patch>;
}

interface Intent extends Act {
  wanted: boolean;
  /** What the server has said last; null before it has said anything. */
  settled: Patch | null;
  done: Promise<void>;
  endedAt: number | null;
}

/** An answer that was on its way when the act was done comes within this time. */
const RECENT_MS = 3000;

/**
 * Optimistic likes, follows and bookmarks for any front end. `apply` is called with a patch for whatever it shows: at once with
 * what is wanted, then with what the server says, or with what takes it back. Toggling fast sends only what is wanted in the end.
 * Rejects, after the change was taken back, with the error.
 * @example
 * let posts = (await ciel.feed.home()).items;
 * const acts = createOptimistic(ciel, (patch) => {
 *   posts = patch(posts);
 *   render(posts);
 * });
 * await acts.like(posts[0].id, true);
 */
export function createOptimistic(
  ciel: Pick<Calls, 'engagement' | 'posts' | 'social'>,
  apply: (patch: Patch) => void,
): Optimistic {
  const intents = new Map<string, Intent>();

  function act(key: string, wanted: boolean, how: Act): Promise<void> {
    forgetOld();
    const running = intents.get(key);
    apply(how.patch(wanted));
    if (running && running.endedAt === null) {
      running.wanted = wanted;
      return running.done;
    }
    const intent: Intent = { ...how, wanted, settled: null, done: Promise.resolve(), endedAt: null };
    intents.set(key, intent);
    intent.done = run(key, intent);
    return intent.done;
  }

  async function run(key: string, intent: Intent): Promise<void> {
    let confirmed = !intent.wanted;
    for (;;) {
      const asked = intent.wanted;
      try {
        const settled = await intent.send(asked);
        confirmed = asked;
        if (intent.wanted !== asked) continue;
        intent.settled = settled;
        intent.endedAt = Date.now();
        return apply(settled);
      } catch (error) {
        if (intent.wanted === confirmed) continue;
        intents.delete(key);
        apply(intent.patch(confirmed));
        throw error;
      }
    }
  }

  function forgetOld(): void {
    for (const [key, { endedAt }] of intents)
      if (endedAt !== null && Date.now() - endedAt > RECENT_MS) intents.delete(key);
  }

  return {
    like: (postId, liked) =>
      act(`like ${postId}`, liked, {
        patch: (isOn) => patched(likePatch(postId, isOn)),
        async send(isOn) {
          const call = isOn ? ciel.engagement.like : ciel.engagement.unlike;
          const { liked, likeCount } = await call({ postId });
          return patched(likePatch(postId, liked, likeCount));
        },
      }),
    likeComment: ({ postId, commentId }, liked) =>
      act(`like ${commentId}`, liked, {
        patch: (isOn) => patched(commentLikePatch(commentId, isOn)),
        async send(isOn) {
          const call = isOn ? ciel.engagement.likeComment : ciel.engagement.unlikeComment;
          const { liked, likeCount } = await call({ postId, commentId });
          return patched(commentLikePatch(commentId, liked, likeCount));
        },
      }),
    bookmark: (postId, bookmarked) =>
      act(`bookmark ${postId}`, bookmarked, {
        patch: (isOn) => patched(bookmarkPatch(postId, isOn)),
        async send(isOn) {
          await (isOn ? ciel.posts.bookmark : ciel.posts.unbookmark)({ postId });
          return patched(bookmarkPatch(postId, isOn));
        },
      }),
    follow: (userId, following) =>
      act(`follow ${userId}`, following, {
        patch: (isOn) => patched(followPatch(userId, isOn ? 'wanted' : 'none')),
        async send(isOn) {
          const { state } = await (isOn ? ciel.social.follow : ciel.social.unfollow)({ userId });
          return patched(followPatch(userId, state));
        },
      }),
    patch(value) {
      forgetOld();
      return [...intents.values()].reduce(
        (at, { settled, patch, wanted }) => (settled ?? patch(wanted))(at),
        value,
      );
    },
  };
}
