import type { Notification } from '@ciel/sdk';
import { useSession } from '@ciel/sdk/react';
import { Link } from '../router.tsx';
import { Ago } from './ago.tsx';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { Photo } from './photo.tsx';

export function NotificationItem({ notification }: { notification: Notification }) {
  const { actors, latestAt, isRead, text, thumbnail } = notification;
  const { userId } = useSession();
  const to = placeOf(notification, userId);
  const body = (
    <>
      <span className="faces">
        {actors.length ? (
          actors.slice(0, 2).map((actor) => <Avatar key={actor.id} of={actor} size={40} />)
        ) : (
          <span className="avatar letter" data-hue="0" style={{ width: 40, height: 40 }}>
            <Icon name="bell" />
          </span>
        )}
      </span>
      <span className="said">
        <span>
          {whoOf(notification)} {textOf(notification)} <Ago at={latestAt} />
        </span>
        {text && <q>{text}</q>}
        {!isRead && <span className="unseen">new</span>}
      </span>
      {thumbnail && <Photo media={thumbnail} sizes="56px" className="thumb" />}
    </>
  );
  return (
    <li className={isRead ? 'notice' : 'notice new'}>
      {to ? <Link to={to}>{body}</Link> : <div>{body}</div>}
    </li>
  );
}

/** Text for one actor and, where it differs, for several. */
const TEXTS: Record<Notification['kind'], [one: string, several?: string]> = {
  followed: ['follows you.', 'follow you.'],
  followRequested: ['wants to follow you.', 'want to follow you.'],
  requestAccepted: ['accepted your request.'],
  postLiked: ['likes your photograph.', 'like your photograph.'],
  postCommented: ['commented on your photograph:'],
  commentReplied: ['replied to you:'],
  commentLiked: ['likes your comment:', 'like your comment:'],
  mentioned: ['mentioned you:'],
  storyReaction: ['reacted to your story.'],
  inviteRedeemed: ['joined with your invite.'],
  moderationNotice: ['A moderation decision about your account or content:'],
  newSignIn: ['A new sign-in to your account:'],
  photographFailed: ['A photograph could not be processed:'],
};

function textOf({ kind, count }: Notification): string {
  const [one, several = one] = TEXTS[kind];
  return count > 1 ? several : one;
}

function whoOf({ actors, count }: Notification) {
  const [first, second] = actors;
  if (!first) return null;
  if (count > 2)
    return (
      <>
        <strong>{first.handle}</strong> and {count - 1} others
      </>
    );
  return (
    <>
      <strong>{first.handle}</strong>
      {second && (
        <>
          {' '}
          and <strong>{second.handle}</strong>
        </>
      )}
    </>
  );
}

/** Stories that users are notified of are their own. */
function placeOf({ kind, postId, storyId, actors }: Notification, userId: string | null): string | null {
  if (postId) return `/p/${postId}`;
  if (storyId) return `/stories/${userId}`;
  if (kind === 'newSignIn') return '/settings';
  return actors[0] ? `/@/${actors[0].handle}` : null;
}
