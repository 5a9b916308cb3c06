import { hooks } from '@ciel/sdk/react';
import { useEffect } from 'react';
import { Endless } from '../parts/endless.tsx';
import { Heading } from '../parts/heading.tsx';
import { NotificationItem } from '../parts/notificationItem.tsx';
import { Requests } from '../parts/requests.tsx';

export function ActivityPage() {
  const notifications = hooks.notifications.list.useInfinite({});
  const { data: unread } = hooks.notifications.unreadCount.useQuery({});
  const { mutate } = hooks.notifications.markReadUpTo.useMutation({
    // New entries stay marked until the page is left.
    invalidates: [hooks.notifications.unreadCount.key()],
  });
  const latest = notifications.data?.items[0]?.id;
  const isUnread = (unread?.unreadCount ?? 0) > 0;

  useEffect(() => {
    if (latest && isUnread) mutate({ upToId: latest });
  }, [latest, isUnread, mutate]);

  return (
    <>
      <Heading title="Activity" />
      <Requests />
      <Endless list={notifications} empty={<p>Activity on your photographs will appear here.</p>}>
        {(items) => (
          <ul className="notices">
            {items.map((notification) => (
              <NotificationItem key={notification.id} notification={notification} />
            ))}
          </ul>
        )}
      </Endless>
    </>
  );
}
