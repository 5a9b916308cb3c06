import type { ReactNode } from 'react';
import { usePlace } from '../router.tsx';
import { IconButton } from './button.tsx';

interface HeadingProps {
  title: string;
  /** Target of Back when the history is empty. */
  back?: string;
  children?: ReactNode;
}

/** The title of a page, in the page and in the window. */
export function Heading({ title, back, children }: HeadingProps) {
  const place = usePlace();
  return (
    <div className="heading">
      <title>{`${title} · Ciel`}</title>
      {back && <IconButton icon="back" label="Back" onClick={() => place.back(back)} />}
      <h1>{title}</h1>
      {children}
    </div>
  );
}
