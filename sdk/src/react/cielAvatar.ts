import { type CSSProperties, createElement, Fragment, type ReactElement, type ReactNode } from 'react';
import type { UserCard } from '../router.ts';
import { thumbhashToDataUrl } from '../thumbhash.ts';
import { useRenewed } from './useImage.ts';

/** Props of `CielAvatar`. */
export interface CielAvatarProps {
  user: Pick<UserCard, 'id' | 'avatar'>;
  /** Width and height in pixels. */
  size: number;
  /** Empty by default, for an avatar beside the user's name. */
  alt?: string;
  className?: string;
  style?: CSSProperties;
  /** Shown for a user without an avatar, and when it can't be loaded. */
  fallback?: ReactNode;
}

/**
 * The avatar of a user, with a blurred placeholder. Its URL is renewed as that of a photograph is; the fallback is shown when there is
 * none to load.
 * @example
 * <CielAvatar user={post.author} size={36} fallback={<Initial of={post.author} />} />
 */
export function CielAvatar({
  user,
  size,
  alt = '',
  fallback = null,
  ...frame
}: CielAvatarProps): ReactElement {
  const { shown, hasFailed, isGone, isWaiting, bind } = useRenewed(user);
  const { key, ...handlers } = bind;
  const { avatar } = shown;
  if (!avatar || hasFailed || isGone) return createElement(Fragment, null, fallback);
  const placeholder = thumbhashToDataUrl(avatar.thumbhash);
  const style: CSSProperties = {
    ...(placeholder ? { backgroundImage: `url(${placeholder})`, backgroundSize: 'cover' } : {}),
    ...frame.style,
  };
  const box = { className: frame.className, width: size, height: size };
  if (isWaiting)
    return createElement('span', {
      className: frame.className,
      style: { display: 'inline-block', width: size, height: size, ...style },
    });
  return createElement('img', {
    key,
    ...handlers,
    ...box,
    // Before `src`, which starts loading.
    loading: 'lazy',
    decoding: 'async',
    src: avatar.url,
    alt,
    style,
  });
}
