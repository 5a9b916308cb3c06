/** Kinds of notification that follow from a source. A user can turn off all but the last two. */
export const noticeKinds = [
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
export type NoticeKind = (typeof noticeKinds)[number];

/** A failed photo notifies its owner in the transaction that records the failure, whatever their settings. */
export const notificationKinds = [...noticeKinds, 'photographFailed'] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/**
 * An interaction that may have to notify one user. It may be undone before the job runs, so the job looks at the rows
 * as they are by then.
 */
export interface Notice {
  kind: NoticeKind;
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
