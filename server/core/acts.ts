/** Kinds of notification; all but the last two can be turned off by the person. */
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

/** An act that somebody may have to be told of. What is told is settled by the facts when the job runs: it may have been undone. */
export interface Notice {
  kind: NotificationKind;
  recipientId: string;
  /** Null when it is nobody's act, as a moderation notice. */
  actorId: string | null;
  /** What it is about, and grouped by: the post, the comment, the story; the recipient for acts on a person. */
  subjectId: string;
  /** The row that the act made: the comment of a reply, the session of a sign-in; the actor for likes, reactions and follows. */
  sourceId: string;
}

/** What moves the points of a person. */
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

/** An act that may move somebody's points. How many is settled by the facts when the job runs: it may have been undone. */
export interface TrustChange {
  userId: string;
  act: TrustAct;
  /** The row that stands for it: the post, the comment, `post:liker`, the follower, the report, the action, the strike, the invited. */
  sourceId: string;
}
