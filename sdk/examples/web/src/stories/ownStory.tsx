import type { Story } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { Retry } from '../parts/failedPhoto.tsx';
import { Icon } from '../parts/icon.tsx';
import { PersonRow } from '../parts/personRow.tsx';
import { countOf, sayAgo } from '../words.ts';

/** Viewers of and reactions to the viewer's own story, or a way to save it when its photograph failed. */
export function OwnStory({ story, onOpen }: { story: Story; onOpen: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const count = countOf(story.viewCount ?? 0, 'view');
  if (story.status === 'failed') return <Retry photo={story.media} />;
  return (
    <>
      <button
        type="button"
        className="views"
        onClick={() => {
          onOpen();
          setOpen(true);
        }}
      >
        <Icon name="eye" /> {count}
      </button>
      {isOpen && <Viewers storyId={story.id} title={count} onClose={() => setOpen(false)} />}
    </>
  );
}

interface ViewersProps {
  storyId: string;
  title: string;
  onClose: () => void;
}

function Viewers({ storyId, title, onClose }: ViewersProps) {
  const { data: viewers } = hooks.stories.viewers.useQuery({ storyId, limit: 200 });
  const { data: reactions } = hooks.stories.reactions.useQuery({ storyId, limit: 200 });
  const emojiOf = (id: string) => reactions?.items.find(({ user }) => user.id === id)?.emoji;
  return (
    <Dialog title={title} onClose={onClose}>
      {viewers?.items.length === 0 && <p className="quiet">Nobody yet.</p>}
      <ul className="people">
        {viewers?.items.map(({ user, seenAt }) => (
          <PersonRow key={user.id} person={user} note={`@${user.handle} · ${sayAgo(seenAt)}`}>
            <span className="emoji">{emojiOf(user.id)}</span>
          </PersonRow>
        ))}
      </ul>
    </Dialog>
  );
}
