// @ts-check
// Sending a booking: once, whatever the network does, and signing in first where nobody is.
import { useRef, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api, ApiError, newKey } from '../lib/api.js';
import { go } from '../lib/router.js';
import { account, signedOut } from '../lib/session.js';
import { announce } from '../lib/shell.js';
import { isTaken } from './taken.js';

/** @typedef {import('../types').Booking} Booking */
/**
 * @typedef {{ venue: string, space: string, start: string, end: string, party: number, purpose?: string }}
 *   Request
 */

/**
 * The same request again keeps its Idempotency-Key until it was answered, so that a double tap or a retry on
 * a bad network makes one booking.
 */
function useSender() {
  const last = useRef({ request: '', key: '' });
  return async (/** @type {Request} */ body) => {
    const request = JSON.stringify(body);
    if (last.current.request !== request) last.current = { request, key: newKey() };
    try {
      return /** @type {Booking} */ (await api('/bookings', { method: 'POST', body, key: last.current.key }));
    } catch (err) {
      if (err instanceof ApiError && !err.passing) last.current = { request: '', key: '' };
      throw err;
    }
  };
}

/**
 * Reserves, and leads to the pass. Where nobody is signed in, `signingIn` becomes true and the request waits:
 * goOn() sends it when somebody is.
 * @param {() => void} onStale called when somebody else was faster
 */
export function useReserve(onStale) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const [waiting, setWaiting] = useState(/** @type {Request | null} */ (null));
  const send = useSender();

  const reserve = async (/** @type {Request} */ request) => {
    if (busy) return;
    setWaiting(account() ? null : request);
    if (!account()) return;
    setBusy(true);
    setError(null);
    try {
      const made = await send(request);
      announce(t('book.done', { number: made.number }));
      go(`/bookings/${made.id}?new=1`);
    } catch (err) {
      if (signedOut(err)) setWaiting(request);
      else setError(err);
      if (isTaken(err)) onStale();
    }
    setBusy(false);
  };
  const goOn = () => waiting && reserve(waiting);
  return { busy, error, refuse: setError, signingIn: waiting !== null, reserve, goOn };
}
