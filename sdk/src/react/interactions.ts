import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CielError } from '../errors.ts';
import { useCiel, useOptimistic } from './context.ts';
import { keyOf } from './keys.ts';
import { relationshipWith } from './relationships.ts';

/** Options of `useLike`, `useBookmark` and `useFollow`. */
export interface InteractionOptions {
  /** Called after the change was undone. */
  onError?: (error: CielError) => void;
}

interface LikeState {
  liked: boolean;
  likeCount: number;
  /** Likes or unlikes: shows at once everywhere, and is undone if the server refuses it. */
  toggle: () => void;
  /** Why the last toggle was undone. */
  error: CielError | null;
}

function useOptimisticMutation(
  send: (isOn: boolean) => Promise<void>,
  { onError }: InteractionOptions,
  touched: string[] = [],
) {
  const client = useQueryClient();
  return useMutation<void, CielError, boolean>({
    mutationFn: send,
    // Offline, too, it runs at once and is then undone; by default it would wait unseen.
    networkMode: 'always',
    ...(onError ? { onError: (error: CielError) => onError(error) } : {}),
    onSuccess() {
      for (const path of touched) void client.invalidateQueries({ queryKey: keyOf(path.split('.')) });
    },
  });
}

/**
 * Likes a post or a comment (give `postId` for a comment), in every list that shows it.
 * @example
 * const { liked, likeCount, toggle } = useLike(post);
 * <button aria-pressed={liked} onClick={toggle}>{likeCount}</button>
 */
export function useLike(
  subject: { id: string; likeCount: number; likedByViewer?: boolean | undefined; postId?: string },
  options: InteractionOptions = {},
): LikeState {
  const { like, likeComment } = useOptimistic();
  const { id, likeCount, likedByViewer: liked = false, postId } = subject;
  const { mutate, error } = useOptimisticMutation(
    (isOn) => (postId === undefined ? like(id, isOn) : likeComment({ postId, commentId: id }, isOn)),
    options,
    postId === undefined ? ['engagement.likes'] : [],
  );
  return { liked, likeCount, toggle: () => mutate(!liked), error };
}

/**
 * Bookmarks a post, in every list that shows it.
 * @example
 * const { bookmarked, toggle } = useBookmark(post);
 */
export function useBookmark(
  { id, bookmarkedByViewer: bookmarked = false }: { id: string; bookmarkedByViewer?: boolean | undefined },
  options: InteractionOptions = {},
): { bookmarked: boolean; toggle: () => void; error: CielError | null } {
  const { bookmark } = useOptimistic();
  const { mutate, error } = useOptimisticMutation((isOn) => bookmark(id, isOn), options, ['posts.bookmarks']);
  return { bookmarked, toggle: () => mutate(!bookmarked), error };
}

interface Person {
  id: string;
  isPrivate?: boolean;
  /** As in a profile. Cards don't have it: then it is fetched, or taken from `assume`. */
  relationship?: { following: boolean; requested: boolean } | null;
}

type FollowState = 'none' | 'requested' | 'following';

interface FollowOptions extends InteractionOptions {
  /** For cards in lists that imply the state: none of the suggestions is followed yet, everyone in `following` is. */
  assume?: FollowState;
}

/**
 * Follows a user, or requests to; takes a profile, or a card in a list.
 * @example
 * const { state, toggle } = useFollow(profile);
 * <button onClick={toggle}>{{ none: 'Follow', requested: 'Requested', following: 'Following' }[state]}</button>
 */
export function useFollow(
  person: Person,
  { assume, ...options }: FollowOptions = {},
): { state: FollowState; toggle: () => void; error: CielError | null } {
  const { follow } = useOptimistic();
  const ciel = useCiel();
  const { id, isPrivate = false } = person;
  const { data } = useQuery({
    queryKey: keyOf(['social', 'relationship', 'of', id]),
    // With the id, so that optimistic patches find it.
    queryFn: async () => ({ id, isPrivate, relationship: await relationshipWith(ciel, id) }),
    enabled: person.relationship === undefined,
    retry: false,
    ...(assume
      ? { initialData: { id, isPrivate, relationship: assumed(assume) }, staleTime: Number.POSITIVE_INFINITY }
      : {}),
  });
  const { mutate, error } = useOptimisticMutation((isOn) => follow(id, isOn), options, TOUCHED_BY_FOLLOW);
  const relationship = person.relationship ?? data?.relationship;
  const state = relationship?.following ? 'following' : relationship?.requested ? 'requested' : 'none';
  return { state, toggle: () => mutate(state === 'none'), error };
}

const TOUCHED_BY_FOLLOW = ['feed', 'social', 'stories.byUser', 'auth.me'];

const assumed = (state: FollowState) => ({
  following: state === 'following',
  requested: state === 'requested',
  followedBy: false,
  blocking: false,
  blockedBy: false,
  muting: false,
  mutual: false,
  closeFriend: false,
});
