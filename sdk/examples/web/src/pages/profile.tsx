import type { Profile } from '@ciel/sdk';
import { hooks, useSession } from '@ciel/sdk/react';
import { Endless } from '../parts/endless.tsx';
import { Grid } from '../parts/grid.tsx';
import { Icon } from '../parts/icon.tsx';
import { isNotRead, NotRead } from '../parts/notRead.tsx';
import { ProfileHead } from '../parts/profileHead.tsx';
import { Highlights } from '../stories/highlights.tsx';

export function ProfilePage({ handle }: { handle: string }) {
  const read = hooks.users.byHandle.useQuery({ handle });
  const { data: profile } = read;
  const { userId } = useSession();
  if (isNotRead(read)) return <NotRead of={read} title="Nobody here" />;
  if (!profile) return <p className="quiet centred">Loading…</p>;
  const isOpen = !profile.isPrivate || profile.relationship?.following === true || profile.id === userId;
  return (
    <>
      <title>{`${profile.displayName} · Ciel`}</title>
      <ProfileHead profile={profile} isOpen={isOpen} />
      {isOpen ? <Shown profile={profile} isOwn={profile.id === userId} /> : <Closed profile={profile} />}
    </>
  );
}

function Shown({ profile, isOwn }: { profile: Profile; isOwn: boolean }) {
  const posts = hooks.posts.byUser.useInfinite({ userId: profile.id, limit: 24 });
  return (
    <>
      <Highlights userId={profile.id} />
      <Endless
        list={posts}
        empty={<p>{isOwn ? 'Your photographs will appear here.' : 'No photographs yet.'}</p>}
      >
        {(items) => <Grid posts={items} />}
      </Endless>
    </>
  );
}

function Closed({ profile }: { profile: Profile }) {
  return (
    <div className="empty">
      <Icon name="lock" />
      <h2>This account is private</h2>
      <p>
        {profile.relationship?.requested
          ? `${profile.displayName} has been asked.`
          : `Follow ${profile.displayName} to see their photographs once they accept.`}
      </p>
    </div>
  );
}
