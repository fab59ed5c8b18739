// @ts-check
// Loading data for a component: the newest request wins, older ones are aborted, errors can be retried.
import { useEffect, useState } from './ui.js';
import { aborted } from './api.js';

/**
 * Loads when the component appears and again whenever deps change. The last data stays visible while newer is
 * fetched.
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} load @param {readonly unknown[]} deps
 * @returns {{ data: T | undefined, error: unknown, busy: boolean, reload: () => void,
 *   set: (data: T) => void }}
 */
export function useLoad(load, deps) {
  /** @typedef {{ data?: T, error?: unknown, busy: boolean }} State */
  const [state, setState] = useState(/** @type {State} */ ({ busy: true }));
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    setState((was) => ({ ...was, busy: true }));
    load(stop.signal).then(
      (data) => { if (!stop.signal.aborted) setState({ data, busy: false }); },
      (error) => {
        if (!stop.signal.aborted && !aborted(error)) setState((was) => ({ ...was, error, busy: false }));
      },
    );
    return () => stop.abort();
  }, [...deps, round]);
  return {
    data: state.data,
    error: state.error,
    busy: state.busy,
    reload: () => setRound((n) => n + 1),
    set: (data) => setState({ data, busy: false }),
  };
}
