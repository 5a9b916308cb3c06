import type { Profile } from '@ciel/sdk';
import { hooks, useSession } from '@ciel/sdk/react';
import { Link } from '../router.tsx';
import { sayCount } from '../words.ts';
import { Avatar } from './avatar.tsx';
import { FollowButton } from './followButton.tsx';
import { Icon } from './icon.tsx';
import { PersonMenu } from './personMenu.tsx';
import { RichText } from './richText.tsx';

export function ProfileHead({ profile, isOpen }: { profile: Profile; isOpen: boolean }) {
  const { handle, displayName, bio, isPrivate, id, relationship } = profile;
  const { userId } = useSession();
  return (
    <header className="profile">
      <Face profile={profile} isOpen={isOpen} />
      <div className="who">
        <h1>{displayName}</h1>
        <p className="quiet">
          @{handle}
          {isPrivate && (
            <>
              {' '}
              <Icon name="lock" />
              <span className="unseen">private</span>
            </>
          )}
          {relationship?.followedBy && <span className="tag">follows you</span>}
        </p>
      </div>
      <Counts profile={profile} />
      {bio && (
        <p className="bio">
          <RichText text={bio} />
        </p>
      )}
      <div className="buttons">
        {id === userId ? (
          <>
            <Link to="/settings" className="button quiet">
              Edit your profile
            </Link>
            <Link to="/new?story" className="button quiet">
              New story
            </Link>
          </>
        ) : (
          <>
            <FollowButton person={profile} />
            <PersonMenu profile={profile} />
          </>
        )}
      </div>
    </header>
  );
}

/** The avatar; with stories it has a ring and links to them. */
function Face({ profile, isOpen }: { profile: Profile; isOpen: boolean }) {
  const { data } = hooks.stories.byUser.useQuery({ userId: profile.id }, { enabled: isOpen });
  const shown = data?.items.filter(({ status }) => status === 'published') ?? [];
  if (shown.length === 0) return <Avatar of={profile} size={92} />;
  const isNew = shown.some(({ seenByViewer }) => !seenByViewer);
  return (
    <Link
      to={`/stories/${profile.id}`}
      className={isNew ? 'ring new' : 'ring'}
      aria-label={`Stories of ${profile.displayName}${isNew ? ', new' : ''}`}
    >
      <Avatar of={profile} size={92} />
    </Link>
  );
}

function Counts({ profile: { handle, postCount, followerCount, followingCount } }: { profile: Profile }) {
  if (postCount === null) return null;
  return (
    <ul className="counts">
      <li>
        <strong>{sayCount(postCount)}</strong> {postCount === 1 ? 'post' : 'posts'}
      </li>
      <li>
        <Link to={`/@/${handle}/followers`}>
          <strong>{sayCount(followerCount ?? 0)}</strong> {followerCount === 1 ? 'follower' : 'followers'}
        </Link>
      </li>
      <li>
        <Link to={`/@/${handle}/following`}>
          <strong>{sayCount(followingCount ?? 0)}</strong> following
        </Link>
      </li>
    </ul>
  );
}
