import type { UserCard } from '@ciel/sdk';
import { placeholderOf } from './placeholder.ts';

/** Shown beside a name, so it has no alternative text. */
export function Avatar({ of, size = 36 }: { of: Pick<UserCard, 'handle' | 'avatar'>; size?: number }) {
  const { avatar, handle } = of;
  if (!avatar)
    return (
      <span
        className="avatar letter"
        data-hue={hueOf(handle)}
        style={{ width: size, height: size, fontSize: size * 0.42 }}
        data-letter={handle[0]!.toUpperCase()}
      />
    );
  return (
    <img
      className="avatar"
      src={avatar.url}
      alt=""
      width={size}
      height={size}
      loading="lazy"
      style={{ backgroundImage: placeholderOf(avatar.thumbhash) }}
    />
  );
}

const HUES = 6;

const hueOf = (handle: string) => [...handle].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES;
