import type { StoryAuthor } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../router.tsx';
import { countOf } from '../words.ts';

/** Users with stories; a coloured ring marks unseen ones. */
export function Tray() {
  const { data: me } = hooks.auth.me.useQuery();
  const { data } = hooks.feed.stories.useQuery({ limit: 50 });
  const entries = data?.items ?? [];
  const hasOwn = entries.some(({ user }) => user.id === me?.id);
  return (
    <section className="tray" aria-label="Stories">
      <ul>
        {me && (
          <li>
            <Link to="/new?story" className="face" aria-label={hasOwn ? 'New story' : 'Your story: add one'}>
              <span className={hasOwn ? 'plus alone' : 'plus'}>
                {!hasOwn && <Avatar of={me} size={64} />}
                <Icon name="plus" />
              </span>
              <span className="name">{hasOwn ? 'New' : 'Your story'}</span>
            </Link>
          </li>
        )}
        {entries.map((entry) => (
          <Face key={entry.user.id} entry={entry} isOwn={entry.user.id === me?.id} />
        ))}
      </ul>
    </section>
  );
}

function Face({ entry: { user, hasUnseen, storyCount }, isOwn }: { entry: StoryAuthor; isOwn: boolean }) {
  const name = isOwn ? 'You' : user.handle;
  return (
    <li>
      <Link
        to={`/stories/${user.id}`}
        className="face"
        aria-label={`${name}: ${countOf(storyCount, 'story', 'stories')}${hasUnseen ? ', new' : ''}`}
      >
        <span className={hasUnseen ? 'ring new' : 'ring'}>
          <Avatar of={user} size={64} />
        </span>
        <span className="name">{name}</span>
      </Link>
    </li>
  );
}
