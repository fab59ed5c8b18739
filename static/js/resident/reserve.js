// @ts-check
// Sending a booking: once, whatever the network does, and signing in first where nobody is.
import { useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { useOnce } from '../lib/once.js';
import { go } from '../lib/router.js';
import { account, booksFor, signedOut } from '../lib/session.js';
import { announce } from '../lib/shell.js';
import { isTaken } from './taken.js';
import { otherName } from './whom.js';

/** @typedef {import('../types').Booking} Booking */
/**
 * @typedef {{ for?: string, venue: string, space: string, start: string, end: string, party: number,
 *   purpose?: string, with?: string[], also?: string[], letter?: number }} Request
 */

/** That it worked, and for whom. @param {Booking} b */
export function doneText(b) {
  const name = otherName(b);
  return name ? t('book.done.for', { name, number: b.number }) : t('book.done', { number: b.number });
}

/**
 * Reserves, and leads to the pass. Where nobody is signed in, `signingIn` becomes true and the request waits:
 * goOn() sends it when somebody is.
 * @param {() => void} onStale called when somebody else was faster
 * @param {() => boolean} asks whether something is left to ask of who has just signed in
 */
export function useReserve(onStale, asks) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const [waiting, setWaiting] = useState(/** @type {Request | null} */ (null));
  const send = useOnce();

  /** @param {Request} request @param {() => Promise<void>} [before] what has to be kept before */
  const reserve = async (request, before) => {
    if (busy) return;
    setWaiting(account() ? null : request);
    if (!account()) return;
    setBusy(true);
    setError(null);
    try {
      await before?.();
      const made = /** @type {Booking} */ (await send('/bookings', request));
      announce(doneText(made));
      go(`/bookings/${made.id}?new=1`);
    } catch (err) {
      if (signedOut(err)) setWaiting(request);
      else setError(err);
      if (isTaken(err)) onStale();
    }
    setBusy(false);
  };
  // Who acts for others too sees the form again, which says for whom it is.
  const goOn = () => (booksFor().length || asks() ? setWaiting(null) : waiting && reserve(waiting));
  return { busy, error, refuse: setError, signingIn: waiting !== null, reserve, goOn };
}
