/** Returns the value with a change applied, or the very same value when nothing changes. */
export type Patch = <T>(value: T) => T;

type Plain = Record<string, unknown>;
type Change = (object: Plain) => Plain;

/** Applies the change to every plain object in the value, at any depth. */
export const patched =
  (change: Change): Patch =>
  (value) =>
    deepMap(value, change) as typeof value;

function deepMap(value: unknown, change: Change): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => deepMap(item, change));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  let copy = value as Plain;
  for (const [key, item] of Object.entries(value)) {
    const next = deepMap(item, change);
    if (next !== item) copy = { ...copy, [key]: next };
  }
  return change(copy);
}

/** Idempotent, because data that was just fetched may contain the change already. */
const likeChange =
  (id: string, liked: boolean, likeCount?: number): Change =>
  (object) => {
    if (object.id !== id || typeof object.likeCount !== 'number') return object;
    const isSame = (object.likedByViewer ?? false) === liked;
    const count = likeCount ?? (isSame ? object.likeCount : Math.max(0, object.likeCount + (liked ? 1 : -1)));
    return isSame && count === object.likeCount
      ? object
      : { ...object, likedByViewer: liked, likeCount: count };
  };

export const likePatch = likeChange;
export const commentLikePatch = likeChange;

export const bookmarkPatch =
  (postId: string, bookmarked: boolean): Change =>
  (object) => {
    const isIt = object.id === postId && 'likeCount' in object;
    return !isIt || (object.bookmarkedByViewer ?? false) === bookmarked
      ? object
      : { ...object, bookmarkedByViewer: bookmarked };
  };

type FollowState = 'following' | 'requested' | 'none' | 'wanted';

interface Relationship {
  following: boolean;
  followedBy: boolean;
  requested: boolean;
}

/** Changes a profile. `wanted`: as it will be if the server accepts, which is a request when the account is private. */
export const followPatch =
  (userId: string, state: FollowState): Change =>
  (object) => {
    const relationship = object.relationship as Relationship | null | undefined;
    if (object.id !== userId || !relationship) return object;
    const following =
      state === 'following' || (state === 'wanted' && (!object.isPrivate || relationship.following));
    const requested = state === 'requested' || (state === 'wanted' && !following);
    if (relationship.following === following && relationship.requested === requested) return object;
    const more = Number(following) - Number(relationship.following);
    return {
      ...object,
      ...(typeof object.followerCount === 'number' ? { followerCount: object.followerCount + more } : {}),
      relationship: {
        ...relationship,
        following,
        requested,
        mutual: following && relationship.followedBy,
      },
    };
  };
