// @ts-check
// A request that a person started: once at a time, and its refusal is kept to be shown.
import { useState } from './ui.js';
import { aborted } from './api.js';

/** @typedef {{ busy: boolean, error: unknown, run: (work: () => Promise<void>) => Promise<void> }} Work */

/** @returns {Work} */
export function useWork() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const run = async (/** @type {() => Promise<void>} */ work) => {
    if (busy) return;
    setBusy(true);
    setError(null);
    await work().catch((err) => { if (!aborted(err)) setError(err); });
    setBusy(false);
  };
  return { busy, error, run };
}
