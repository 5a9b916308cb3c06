import type { ReactNode } from 'react';
import { usePlace } from '../router.tsx';
import { IconButton } from './button.tsx';

interface HeadingProps {
  title: string;
  /** Where Back leads when there is nothing to go back to. */
  back?: string;
  children?: ReactNode;
}

/** The name of a page, for the reader and for the window. */
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
