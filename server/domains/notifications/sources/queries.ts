import { type SQL, sql } from 'drizzle-orm';
import type { Notice } from '../../../core/notices.ts';
import type { Db } from '../../../infra/db/db.ts';
import {
  actions,
  appeals,
  commentLikes,
  commentMentions,
  comments,
  followRequests,
  follows,
  inviteRedemptions,
  invites,
  likes,
  postMentions,
  sessions,
  storyReactions,
} from '../../../schema/index.ts';

/** Whether the source of the notice exists. Does not check visibility. */
export async function sourceExists(db: Db, notice: Notice): Promise<boolean> {
  const [row] = await db.execute<{ stands: boolean }>(sql`select ${source(notice)} as stands`);
  return row!.stands;
}

function source({ kind, recipientId, actorId, subjectId, sourceId }: Notice): SQL {
  switch (kind) {
    case 'followed':
      return sql`exists (select from ${follows} where ${follows.followerId} = ${actorId} and ${follows.followeeId} = ${recipientId} and not ${follows.byRequest})`;
    case 'followRequested':
      return sql`exists (select from ${followRequests} where ${followRequests.requesterId} = ${actorId} and ${followRequests.targetId} = ${recipientId})`;
    case 'requestAccepted':
      return sql`exists (select from ${follows} where ${follows.followerId} = ${recipientId} and ${follows.followeeId} = ${actorId} and ${follows.byRequest})`;
    case 'postLiked':
      return sql`exists (select from ${likes} where ${likes.postId} = ${subjectId} and ${likes.userId} = ${actorId})`;
    case 'postCommented':
    case 'commentReplied':
      return activeComment(sourceId);
    case 'commentLiked':
      return sql`${activeComment(subjectId)} and exists (select from ${commentLikes} where ${commentLikes.commentId} = ${subjectId} and ${commentLikes.userId} = ${actorId})`;
    case 'mentioned':
      return sql`(
        exists (select from ${postMentions} where ${postMentions.postId} = ${sourceId} and ${postMentions.userId} = ${recipientId})
        or (${activeComment(sourceId)} and exists (select from ${commentMentions} where ${commentMentions.commentId} = ${sourceId} and ${commentMentions.userId} = ${recipientId}))
      )`;
    case 'storyReaction':
      return sql`exists (select from ${storyReactions} where ${storyReactions.storyId} = ${subjectId} and ${storyReactions.userId} = ${actorId})`;
    case 'inviteRedeemed':
      return sql`exists (select from ${inviteRedemptions} join ${invites} on ${invites.code} = ${inviteRedemptions.code} where ${inviteRedemptions.userId} = ${actorId} and ${invites.inviterId} = ${recipientId})`;
    case 'moderationNotice':
      return sql`(
        exists (select from ${actions} where ${actions.id} = ${sourceId} and ${actions.userId} = ${recipientId} and ${actions.undoneAt} is null)
        or exists (select from ${appeals} where ${appeals.id} = ${sourceId} and ${appeals.userId} = ${recipientId} and ${appeals.status} <> 'open')
      )`;
    case 'newSignIn':
      return sql`exists (select from ${sessions} where ${sessions.id} = ${sourceId} and ${sessions.userId} = ${recipientId})`;
  }
}

const activeComment = (commentId: string): SQL =>
  sql`exists (select from ${comments} where ${comments.id} = ${commentId} and ${comments.deletedAt} is null)`;
