/** What changes a user's trust points. */
export const pointReasons = [
  'post',
  'comment',
  'likeReceived',
  'follower',
  'flagUpheld',
  'contentRemoved',
  'strike',
  'invitedBasic',
] as const;
export type PointReason = (typeof pointReasons)[number];

/**
 * Something that may change a user's trust points. It may be undone before the job runs, so the job counts from the
 * rows as they are by then.
 */
export interface PointChange {
  userId: string;
  act: PointReason;
  /** The row that the points follow from: the post, comment, `post:liker`, follower, report, action, strike or invited user. */
  sourceId: string;
}
