import { Link } from '../router.tsx';
import type { Notice } from '../shapes.ts';
import { Ago } from './ago.tsx';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { Photo } from './photo.tsx';

export function NoticeItem({ notice }: { notice: Notice }) {
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
          {whoOf(notice)} {ACTS[notice.kind]} <Ago at={latestAt} />
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

const ACTS: Record<Notice['kind'], string> = {
  followed: 'follows you.',
  followRequested: 'wants to follow you.',
  requestAccepted: 'let you in.',
  postLiked: 'likes your photograph.',
  postCommented: 'said something about your photograph:',
  commentReplied: 'answered you:',
  commentLiked: 'likes what you said:',
  mentioned: 'mentioned you:',
  storyReaction: 'reacted to your story.',
  inviteRedeemed: 'came by your invite.',
  moderationNotice: 'A decision about what you shared:',
  newSignIn: 'A new sign-in to your account:',
};

function whoOf({ actors, count }: Notice) {
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

function placeOf({ kind, postId, storyId, actors }: Notice): string | null {
  if (postId) return `/p/${postId}`;
  if (storyId) return '/';
  if (kind === 'newSignIn') return '/settings';
  return actors[0] ? `/@/${actors[0].handle}` : null;
}
