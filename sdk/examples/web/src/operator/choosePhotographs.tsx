import type { Media } from '@ciel/sdk';
import { useState } from 'react';

/** What the operator has chosen; `input` goes into the call. Nothing is sent for all photographs, which is the default. */
export function useChosen(media: Media[]) {
  const [spared, setSpared] = useState<string[]>([]);
  const [everywhere, setEverywhere] = useState(false);
  const named = media.map(({ id }) => id).filter((id) => !spared.includes(id));
  return {
    named,
    everywhere,
    setEverywhere,
    choose: (id: string, isChosen: boolean) =>
      setSpared((before) => (isChosen ? before.filter((other) => other !== id) : [...before, id])),
    input: {
      ...(named.length < media.length ? { mediaIds: named } : {}),
      ...(everywhere && named.length > 0 ? { everywhere } : {}),
    },
  };
}

interface ChoosePhotographsProps {
  media: Media[];
  chosen: ReturnType<typeof useChosen>;
  error: string | undefined;
}

/** The photographs that a takedown is about: they can be used nowhere else. */
export function ChoosePhotographs({ media, chosen, error }: ChoosePhotographsProps) {
  return (
    <fieldset className="field choices">
      <legend>Photographs to take down</legend>
      {media.map(({ id, altText }, at) => (
        <label key={id} className="check">
          <input
            type="checkbox"
            checked={chosen.named.includes(id)}
            onChange={({ target }) => chosen.choose(id, target.checked)}
          />
          Photograph {at + 1}
          {altText && `: ${altText}`}
        </label>
      ))}
      <label className="check">
        <input
          type="checkbox"
          checked={chosen.everywhere}
          disabled={chosen.named.length === 0}
          onChange={({ target }) => chosen.setEverywhere(target.checked)}
        />
        Also everybody else’s copies
      </label>
      <p className={error ? 'note error' : 'note'}>
        {error ??
          'They are hidden wherever they are used and refused from now on. None, if only the text broke a rule.'}
      </p>
    </fieldset>
  );
}
