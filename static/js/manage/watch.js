// @ts-check
// Small watchers of the page's surroundings: the width of the window, and time going by.
import { useEffect, useRef, useState } from '../lib/ui.js';

/** Whether a media query holds now. @param {string} text */
export function useMedia(text) {
  const [holds, setHolds] = useState(() => matchMedia(text).matches);
  useEffect(() => {
    const list = matchMedia(text);
    const look = () => setHolds(list.matches);
    look();
    list.addEventListener('change', look);
    return () => list.removeEventListener('change', look);
  }, [text]);
  return holds;
}

/**
 * Calls again and again while the page is seen, and at once when somebody comes back to it.
 * @param {() => void} call @param {number} every milliseconds, 0: never
 */
export function usePulse(call, every) {
  const latest = useRef(call);
  latest.current = call;
  useEffect(() => {
    if (!every) return undefined;
    const look = () => { if (!document.hidden) latest.current(); };
    const clock = setInterval(look, every);
    addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(clock);
      removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [every]);
}
