import { useSyncExternalStore } from 'react';

interface Toast {
  id: number;
  text: string;
}

const SHOWN_MS = 5000;
let shown: Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function show(next: Toast[]) {
  shown = next;
  for (const listener of listeners) listener();
}

/** Shows a message at the bottom of the window for a few seconds. */
export function toast(text: string): void {
  const id = ++last;
  show([...shown.filter((other) => other.text !== text), { id, text }]);
  setTimeout(() => show(shown.filter((other) => other.id !== id)), SHOWN_MS);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function Toasts() {
  const toasts = useSyncExternalStore(subscribe, () => shown);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}
