/** Kinds of notification. A user can turn off all but the last two. */
export const notificationKinds = [
  'followed',
  'followRequested',
  'requestAccepted',
  'postLiked',
  'postCommented',
  'commentReplied',
  'commentLiked',
  'mentioned',
  'storyReaction',
  'inviteRedeemed',
  'moderationNotice',
  'newSignIn',
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/**
 * An interaction that may have to notify one user. It may be undone before the job runs, so the job looks at the rows
 * as they are by then.
 */
export interface Notice {
  kind: NotificationKind;
  recipientId: string;
  /** Null when no user caused it, as for a moderation notice. */
  actorId: string | null;
  /** What the notification is about and grouped by: the post, comment or story; the recipient for follows and sign-ins. */
  subjectId: string;
  /**
   * The row that the interaction wrote: the reply's comment, the sign-in's session; the actor for likes, reactions
   * and follows.
   */
  sourceId: string;
}

/** What changes a user's trust points. */
export const trustActs = [
  'post',
  'comment',
  'likeReceived',
  'follower',
  'flagUpheld',
  'contentRemoved',
  'strike',
  'invitedBasic',
] as const;
export type TrustAct = (typeof trustActs)[number];

/**
 * Something that may change a user's trust points. It may be undone before the job runs, so the job counts from the
 * rows as they are by then.
 */
export interface TrustChange {
  userId: string;
  act: TrustAct;
  /** The row that the points follow from: the post, comment, `post:liker`, follower, report, action, strike or invited user. */
  sourceId: string;
}
