import type { Story } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { useState } from 'react';
import { Ask } from '../parts/ask.tsx';
import { Menu } from '../parts/menu.tsx';
import { ReportDialog } from '../parts/reportDialog.tsx';
import { toast } from '../parts/toasts.tsx';
import { sayError } from '../words.ts';
import { KeepDialog } from './keepDialog.tsx';

interface StoryMenuProps {
  story: Story;
  isOwn: boolean;
  onOpen: () => void;
  onGone: () => void;
}

export function StoryMenu({ story, isOwn, onOpen, onGone }: StoryMenuProps) {
  const [asked, setAsked] = useState<'report' | 'remove' | 'keep' | null>(null);
  const remove = hooks.stories.delete.useMutation({
    onSuccess: onGone,
    onError: (error) => toast(sayError(error)),
  });
  const ask = (what: typeof asked) => () => {
    onOpen();
    setAsked(what);
  };
  const close = () => setAsked(null);
  const keep = { label: 'Add to a highlight', onSelect: ask('keep') };
  const items = isOwn
    ? [
        ...(story.status === 'failed' ? [] : [keep]),
        { label: 'Delete the story', isDanger: true, onSelect: ask('remove') },
      ]
    : [{ label: 'Report the story', isDanger: true, onSelect: ask('report') }];
  return (
    <>
      <Menu title="More about the story" items={items} />
      {asked === 'report' && <ReportDialog of={{ kind: 'story', id: story.id }} onClose={close} />}
      {asked === 'keep' && <KeepDialog storyId={story.id} onClose={close} />}
      {asked === 'remove' && (
        <Ask
          title="Delete the story?"
          text="It is removed from your highlights as well."
          confirmLabel="Delete"
          onConfirm={() => remove.mutate({ storyId: story.id })}
          onClose={close}
        />
      )}
    </>
  );
}
