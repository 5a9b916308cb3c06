import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CielError } from '../errors.ts';
import { useCiel, useOptimistic } from './context.ts';
import { keyOf } from './keys.ts';
import { relationshipWith } from './relationships.ts';

/** Of each of the three hooks. */
export interface InteractionOptions {
  /** Called after the change was taken back. */
  onError?: (error: CielError) => void;
}

interface LikeState {
  liked: boolean;
  likeCount: number;
  /** Likes it, or takes the like back: at once everywhere, and undone if the server refuses. */
  toggle: () => void;
  /** Why the last toggle was taken back. */
  error: CielError | null;
}

function useOptimisticMutation(
  act: (isOn: boolean) => Promise<void>,
  { onError }: InteractionOptions,
  touched: string[] = [],
) {
  const client = useQueryClient();
  return useMutation<void, CielError, boolean>({
    mutationFn: act,
    // Without a network it shows at once as well, and is taken back.
    networkMode: 'always',
    ...(onError ? { onError: (error: CielError) => onError(error) } : {}),
    onSuccess() {
      for (const path of touched) void client.invalidateQueries({ queryKey: keyOf(path.split('.')) });
    },
  });
}

/**
 * The like of a post, or of a comment, in all lists that show it.
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
 * Whether the viewer keeps the post for later.
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
  /** As a profile has it. A card has none: then it is asked for, or assumed. */
  relationship?: { following: boolean; requested: boolean } | null;
}

type FollowState = 'none' | 'requested' | 'following';

interface FollowOptions extends InteractionOptions {
  /** Of a card whose list tells how it is: nobody of the suggestions is followed yet, everybody of `following` is. */
  assume?: FollowState;
}

/**
 * Whether the viewer follows a person, or has asked to; of a profile or of a card in a list.
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
    // With the id, so that the optimistic acts find it.
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
