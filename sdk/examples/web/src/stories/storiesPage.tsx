import { hooks } from '@ciel/sdk/react';
import { Front } from '../pages/front.tsx';
import { isNotRead, NotRead } from '../parts/notRead.tsx';
import { Link, usePlace } from '../router.tsx';
import { Viewer } from './viewer.tsx';

/** How often the viewer's own stories are polled while one is processing. */
const DEVELOPING_MS = 1500;

/** The stories of a user, followed by those of the next user in the tray. */
export function StoriesPage({ userId }: { userId: string }) {
  const { go } = usePlace();
  const read = hooks.stories.byUser.useQuery(
    { userId, limit: 100 },
    {
      refetchInterval: ({ state }) =>
        state.data?.items.some(({ status }) => status === 'processing') ? DEVELOPING_MS : false,
    },
  );
  const { data: tray } = hooks.feed.stories.useQuery({ limit: 50 });
  const stories = read.data?.items;
  if (!stories && read.error?.code === 'network')
    return (
      <Front title="Stories">
        <NotRead of={read} />
      </Front>
    );
  if (isNotRead(read) || stories?.length === 0)
    return (
      <Front title="No stories">
        <p>
          Stories disappear after a day. <Link to="/">Home</Link>
        </p>
      </Front>
    );
  if (!stories) return <div className="viewer" />;
  const people = tray?.items.map(({ user }) => user.id) ?? [];
  const at = people.indexOf(userId);
  const goTo = (next: string | undefined) =>
    go(next ? `/stories/${next}` : '/', { replace: next !== undefined });
  return (
    <Viewer
      key={userId}
      stories={stories}
      onBefore={at > 0 ? () => goTo(people[at - 1]) : undefined}
      onAfter={() => goTo(at < 0 ? undefined : people[at + 1])}
      onClose={() => go('/')}
    />
  );
}
