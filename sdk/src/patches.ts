/** Gives the value with a change in it; the very same value where there is nothing to change. */
export type Patch = <T>(value: T) => T;

type Thing = Record<string, unknown>;
type Change = (thing: Thing) => Thing;

/** Changes every object of the value that the change is about, however deep it stands. */
export const patched =
  (change: Change): Patch =>
  (value) =>
    walk(value, change) as typeof value;

function walk(value: unknown, change: Change): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => walk(item, change));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  let copy = value as Thing;
  for (const [key, item] of Object.entries(value)) {
    const next = walk(item, change);
    if (next !== item) copy = { ...copy, [key]: next };
  }
  return change(copy);
}

/** Applied twice it changes nothing more, so it may meet data that has it already. */
const liking =
  (id: string, liked: boolean, likeCount?: number): Change =>
  (thing) => {
    if (thing.id !== id || typeof thing.likeCount !== 'number') return thing;
    const isSame = (thing.likedByViewer ?? false) === liked;
    const count = likeCount ?? (isSame ? thing.likeCount : Math.max(0, thing.likeCount + (liked ? 1 : -1)));
    return isSame && count === thing.likeCount ? thing : { ...thing, likedByViewer: liked, likeCount: count };
  };

export const likePatch = liking;
export const commentLikePatch = liking;

export const bookmarkPatch =
  (postId: string, bookmarked: boolean): Change =>
  (thing) => {
    const isIt = thing.id === postId && 'likeCount' in thing;
    return !isIt || (thing.bookmarkedByViewer ?? false) === bookmarked
      ? thing
      : { ...thing, bookmarkedByViewer: bookmarked };
  };

type FollowState = 'following' | 'requested' | 'none' | 'wanted';

interface Relationship {
  following: boolean;
  followedBy: boolean;
  requested: boolean;
}

/** Of a profile. `wanted`: as it will be if the server agrees, which is a request where the person is private. */
export const followPatch =
  (userId: string, state: FollowState): Change =>
  (thing) => {
    const relationship = thing.relationship as Relationship | null | undefined;
    if (thing.id !== userId || !relationship) return thing;
    const following =
      state === 'following' || (state === 'wanted' && (!thing.isPrivate || relationship.following));
    const requested = state === 'requested' || (state === 'wanted' && !following);
    if (relationship.following === following && relationship.requested === requested) return thing;
    const more = Number(following) - Number(relationship.following);
    return {
      ...thing,
      ...(typeof thing.followerCount === 'number' ? { followerCount: thing.followerCount + more } : {}),
      relationship: {
        ...relationship,
        following,
        requested,
        mutual: following && relationship.followedBy,
      },
    };
  };
