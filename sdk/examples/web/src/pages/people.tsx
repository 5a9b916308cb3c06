import { hooks, useSession } from '@ciel/sdk/react';
import { Endless } from '../parts/endless.tsx';
import { FollowButton } from '../parts/followButton.tsx';
import { Heading } from '../parts/heading.tsx';
import { isNotRead, NotRead } from '../parts/notRead.tsx';
import { PersonRow } from '../parts/personRow.tsx';

interface PeoplePageProps {
  handle: string;
  list: 'followers' | 'following';
}

export function PeoplePage({ handle, list }: PeoplePageProps) {
  const read = hooks.users.byHandle.useQuery({ handle });
  if (isNotRead(read)) return <NotRead of={read} title="Nobody here" />;
  return (
    <>
      <Heading title={list === 'followers' ? 'Followers' : 'Following'} back={`/@/${handle}`} />
      {read.data && <People userId={read.data.id} list={list} />}
    </>
  );
}

function People({ userId, list }: { userId: string; list: PeoplePageProps['list'] }) {
  const people = hooks.social[list].useInfinite({ userId });
  const { userId: viewerId } = useSession();
  const isOwn = userId === viewerId && list === 'following';
  return (
    <Endless list={people} empty={<p>Nobody yet.</p>}>
      {(items) => (
        <ul className="people">
          {items.map(({ user }) => (
            <PersonRow key={user.id} person={user}>
              <FollowButton person={user} isSmall {...(isOwn ? { assume: 'following' } : {})} />
            </PersonRow>
          ))}
        </ul>
      )}
    </Endless>
  );
}
