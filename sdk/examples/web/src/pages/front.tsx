import type { ReactNode } from 'react';

/** The frame of pages for users who are not signed in. */
export function Front({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="front">
      <title>{`${title} · Ciel`}</title>
      <div className="sky" aria-hidden="true" />
      <main id="main" tabIndex={-1}>
        <p className="wordmark">ciel</p>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
