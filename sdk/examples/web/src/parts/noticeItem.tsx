import type { Notification } from '@ciel/sdk';
import { Link } from '../router.tsx';
import { Ago } from './ago.tsx';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { Photo } from './photo.tsx';

export function NoticeItem({ notice }: { notice: Notification }) {
  const { actors, latestAt, isRead, text, thumbnail } = notice;
  const to = placeOf(notice);
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
          {whoOf(notice)} {actOf(notice)} <Ago at={latestAt} />
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

/** What one did, and what several did where that is said otherwise. */
const ACTS: Record<Notification['kind'], [one: string, several?: string]> = {
  followed: ['follows you.', 'follow you.'],
  followRequested: ['wants to follow you.', 'want to follow you.'],
  requestAccepted: ['let you in.'],
  postLiked: ['likes your photograph.', 'like your photograph.'],
  postCommented: ['said something about your photograph:'],
  commentReplied: ['answered you:'],
  commentLiked: ['likes what you said:', 'like what you said:'],
  mentioned: ['mentioned you:'],
  storyReaction: ['reacted to your story.'],
  inviteRedeemed: ['came by your invite.'],
  moderationNotice: ['A decision about what you shared:'],
  newSignIn: ['A new sign-in to your account:'],
};

function actOf({ kind, count }: Notification): string {
  const [one, several = one] = ACTS[kind];
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

function placeOf({ kind, postId, storyId, actors }: Notification): string | null {
  if (postId) return `/p/${postId}`;
  if (storyId) return '/';
  if (kind === 'newSignIn') return '/settings';
  return actors[0] ? `/@/${actors[0].handle}` : null;
}
