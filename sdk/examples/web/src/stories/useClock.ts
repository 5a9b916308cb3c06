import { useCallback, useEffect, useRef, useState } from 'react';

const SHOWN_MS = 6000;

/** Times a story and moves on at its end, except for users who prefer reduced motion. */
export function useClock(storyId: string, onEnd: () => void) {
  const [isHeld, setHeld] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
  const [part, setPart] = useState(0);
  const latest = useRef(onEnd);
  latest.current = onEnd;
  const spent = useRef({ storyId, ms: 0 });

  useEffect(() => {
    if (spent.current.storyId !== storyId) {
      spent.current = { storyId, ms: 0 };
      setPart(0);
    }
    if (isHeld) return;
    let frame = 0;
    let before = performance.now();
    const tick = (now: number) => {
      // Time while the window is hidden doesn't count.
      spent.current.ms += Math.min(100, now - before);
      before = now;
      if (spent.current.ms >= SHOWN_MS) {
        spent.current.ms = 0;
        latest.current();
      }
      setPart(spent.current.ms / SHOWN_MS);
      frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [isHeld, storyId]);

  const hold = useCallback(() => setHeld(true), []);
  const toggle = useCallback(() => setHeld((held) => !held), []);
  return { part, isHeld, hold, toggle };
}
