import type { State, ViewerKind } from './cast.ts';

/** The rule of who may see what, said once more and plainly, without a line of the server's. */

const follows: ViewerKind[] = ['follower', 'mutual', 'closeFriend', 'muter', 'banned'];

/** The author exists for the viewer. */
export const seesPerson = (viewer: ViewerKind): boolean => viewer !== 'blocked' && viewer !== 'blocker';

/** The viewer may see the lists and counts of the author. */
export const seesInside = (viewer: ViewerKind, state: State): boolean =>
  viewer === 'owner' || (seesPerson(viewer) && (state !== 'privateAuthor' || follows.includes(viewer)));

export function seesThing(viewer: ViewerKind, state: State): boolean {
  if (viewer === 'owner') return state !== 'deleted';
  if (!seesPerson(viewer)) return false;
  switch (state) {
    case 'public':
      return true;
    case 'followersOnly':
    case 'privateAuthor':
      return follows.includes(viewer);
    case 'friendsStory':
      return viewer === 'mutual';
    case 'closeFriendsStory':
      return viewer === 'closeFriend';
    default:
      return false;
  }
}
