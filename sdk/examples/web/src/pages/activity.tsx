import { hooks } from '@ciel/sdk/react';
import { useEffect } from 'react';
import { Endless } from '../parts/endless.tsx';
import { Heading } from '../parts/heading.tsx';
import { NoticeItem } from '../parts/noticeItem.tsx';
import { Requests } from '../parts/requests.tsx';

export function ActivityPage() {
  const notices = hooks.notifications.list.useInfinite({});
  const { data: unread } = hooks.notifications.unreadCount.useQuery({});
  const { mutate } = hooks.notifications.markReadUpTo.useMutation({
    // What was new stays marked as that until the page is left.
    invalidates: [hooks.notifications.unreadCount.key()],
  });
  const latest = notices.data?.items[0]?.id;
  const isUnread = (unread?.unreadCount ?? 0) > 0;

  useEffect(() => {
    if (latest && isUnread) mutate({ upToId: latest });
  }, [latest, isUnread, mutate]);

  return (
    <>
      <Heading title="Activity" />
      <Requests />
      <Endless list={notices} empty={<p>What people think of your photographs will be here.</p>}>
        {(items) => (
          <ul className="notices">
            {items.map((notice) => (
              <NoticeItem key={notice.id} notice={notice} />
            ))}
          </ul>
        )}
      </Endless>
    </>
  );
}
