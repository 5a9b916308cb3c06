import type { Story } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { useState } from 'react';
import { toast } from '../parts/toasts.tsx';
import { sayError } from '../words.ts';

const EMOJI: [emoji: string, name: string][] = [
  ['❤️', 'Heart'],
  ['😂', 'Laughter'],
  ['😮', 'Wonder'],
  ['😢', 'Tears'],
  ['👏', 'Applause'],
  ['🔥', 'Fire'],
];

export function Reactions({ story }: { story: Story }) {
  const [chosen, setChosen] = useState(story.reactionByViewer ?? null);
  const onError = (error: unknown) => {
    setChosen(story.reactionByViewer ?? null);
    toast(sayError(error));
  };
  const react = hooks.stories.react.useMutation({ onError });
  const unreact = hooks.stories.unreact.useMutation({ onError });
  function choose(emoji: string) {
    const isOn = chosen !== emoji;
    setChosen(isOn ? emoji : null);
    if (isOn) react.mutate({ storyId: story.id, emoji });
    else unreact.mutate({ storyId: story.id });
  }
  return (
    <fieldset className="reactions">
      <legend className="unseen">React</legend>
      {EMOJI.map(([emoji, name]) => (
        <button
          key={emoji}
          type="button"
          aria-label={name}
          aria-pressed={chosen === emoji}
          onClick={() => choose(emoji)}
        >
          {emoji}
        </button>
      ))}
    </fieldset>
  );
}
