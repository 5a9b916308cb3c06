import { hooks } from '@ciel/sdk/react';
import { FollowButton } from './followButton.tsx';
import { PersonRow } from './personRow.tsx';

export function Suggestions() {
  const { data } = hooks.social.suggestions.useQuery({ limit: 5 });
  if (!data?.items.length) return null;
  return (
    <section className="suggestions">
      <h2>People you may know</h2>
      <ul className="people">
        {data.items.map(({ user, reason }) => (
          <PersonRow
            key={user.id}
            person={user}
            note={`Followed by ${reason.users[0]?.handle ?? 'a friend'}`}
          >
            <FollowButton person={user} assume="none" isSmall />
          </PersonRow>
        ))}
      </ul>
    </section>
  );
}
