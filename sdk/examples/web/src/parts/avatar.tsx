import type { UserCard } from '@ciel/sdk';
import { CielAvatar } from '@ciel/sdk/react';

/** Shown beside a name, so it has no alternative text. */
export function Avatar({ of, size = 36 }: { of: Pick<UserCard, 'id' | 'handle' | 'avatar'>; size?: number }) {
  const { handle } = of;
  return (
    <CielAvatar
      user={of}
      size={size}
      className="avatar"
      fallback={
        <span
          className="avatar letter"
          data-hue={hueOf(handle)}
          style={{ width: size, height: size, fontSize: size * 0.42 }}
          data-letter={handle[0]!.toUpperCase()}
        />
      }
    />
  );
}

const HUES = 6;

const hueOf = (handle: string) => [...handle].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES;
