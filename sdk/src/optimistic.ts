import type { Calls } from './calls.ts';
import { bookmarkPatch, commentLikePatch, followPatch, likePatch, type Patch, patched } from './patches.ts';

/** Interactions that show at once and are undone when the server refuses them. */
export interface Optimistic {
  /** Likes or unlikes the post. */
  like(postId: string, liked: boolean): Promise<void>;
  /** Likes or unlikes the comment. */
  likeComment(comment: { postId: string; commentId: string }, liked: boolean): Promise<void>;
  /** Bookmarks the post, or removes the bookmark. */
  bookmark(postId: string, bookmarked: boolean): Promise<void>;
  /** Follows the user, or requests to when the account is private; or unfollows. */
  follow(userId: string, following: boolean): Promise<void>;
  /** Applies interactions that are pending or have just been done, for data that was requested before them. */
  readonly patch: Patch;
}

interface Interaction {
  patch(isOn: boolean): Patch;
  /** Sends it; returns the patch for the state that the server reports. */
  send(isOn: boolean): Promise<Patch>;
}

interface Intent extends Interaction {
  wanted: boolean;
  /** The state that the server reported last; null while it has reported none. */
  confirmed: Patch | null;
  done: Promise<void>;
  endedAt: number | null;
}

/** Responses that were already in flight when the interaction was done arrive within this time. */
const RECENT_MS = 3000;

/**
 * Optimistic likes, follows and bookmarks for any front end. `apply` is called with a patch for whatever is on screen: at once
 * with the change, then with what the server reports, or with the change undone. Rapid toggling sends only the final state. Each
 * function rejects with the error once its change has been undone.
 * @example
 * let posts = (await ciel.feed.home()).items;
 * const optimistic = createOptimistic(ciel, (patch) => {
 *   posts = patch(posts);
 *   render(posts);
 * });
 * await optimistic.like(posts[0].id, true);
 */
export function createOptimistic(
  ciel: Pick<Calls, 'engagement' | 'posts' | 'social'>,
  apply: (patch: Patch) => void,
): Optimistic {
  const intents = new Map<string, Intent>();

  function interact(key: string, wanted: boolean, how: Interaction): Promise<void> {
    forgetOld();
    const running = intents.get(key);
    apply(how.patch(wanted));
    if (running && running.endedAt === null) {
      running.wanted = wanted;
      return running.done;
    }
    const intent: Intent = { ...how, wanted, confirmed: null, done: Promise.resolve(), endedAt: null };
    intents.set(key, intent);
    intent.done = run(key, intent);
    return intent.done;
  }

  async function run(key: string, intent: Intent): Promise<void> {
    let isOn = !intent.wanted;
    for (;;) {
      const asked = intent.wanted;
      try {
        const confirmed = await intent.send(asked);
        isOn = asked;
        if (intent.wanted !== asked) continue;
        intent.confirmed = confirmed;
        intent.endedAt = Date.now();
        return apply(confirmed);
      } catch (error) {
        if (intent.wanted === isOn) continue;
        intents.delete(key);
        apply(intent.patch(isOn));
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
      interact(`like ${postId}`, liked, {
        patch: (isOn) => patched(likePatch(postId, isOn)),
        async send(isOn) {
          const call = isOn ? ciel.engagement.like : ciel.engagement.unlike;
          const { liked, likeCount } = await call({ postId });
          return patched(likePatch(postId, liked, likeCount));
        },
      }),
    likeComment: ({ postId, commentId }, liked) =>
      interact(`like ${commentId}`, liked, {
        patch: (isOn) => patched(commentLikePatch(commentId, isOn)),
        async send(isOn) {
          const call = isOn ? ciel.engagement.likeComment : ciel.engagement.unlikeComment;
          const { liked, likeCount } = await call({ postId, commentId });
          return patched(commentLikePatch(commentId, liked, likeCount));
        },
      }),
    bookmark: (postId, bookmarked) =>
      interact(`bookmark ${postId}`, bookmarked, {
        patch: (isOn) => patched(bookmarkPatch(postId, isOn)),
        async send(isOn) {
          await (isOn ? ciel.posts.bookmark : ciel.posts.unbookmark)({ postId });
          return patched(bookmarkPatch(postId, isOn));
        },
      }),
    follow: (userId, following) =>
      interact(`follow ${userId}`, following, {
        patch: (isOn) => patched(followPatch(userId, isOn ? 'wanted' : 'none')),
        async send(isOn) {
          const { state } = await (isOn ? ciel.social.follow : ciel.social.unfollow)({ userId });
          return patched(followPatch(userId, state));
        },
      }),
    patch(value) {
      forgetOld();
      return [...intents.values()].reduce(
        (at, { confirmed, patch, wanted }) => (confirmed ?? patch(wanted))(at),
        value,
      );
    },
  };
}
