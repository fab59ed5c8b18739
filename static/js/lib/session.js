// @ts-check
// Who is signed in on this device, and what they may do. The server decides; this only spares people dead
// ends.
import { remember, remembered, signal } from './ui.js';
import { api, ApiError } from './api.js';

/** @typedef {import('../types').Session} Session */
/** @typedef {import('../types').Action} Action */

/** Where lib/offline.js keeps passes. */
export const passes = 'passes';

/** Removes all passes from this device: somebody else may use it next. */
export async function dropAllPasses() {
  await globalThis.caches?.delete(passes).catch(() => false);
}

/** undefined: not asked yet; {account: null}: nobody is signed in. */
export const session = signal(/** @type {Session | undefined} */ (undefined));

/** Whoever is signed in, null for nobody or not known yet. */
export const account = () => session.value?.account ?? null;

/** Whom else the person may book for. */
export const booksFor = () => (session.value?.acts_for ?? []).filter((a) => a.role !== 'member');

const chosen = signal(remembered('for'));
/** Whom bookings on this device are for, undefined for the person themself. */
export const acting = () => booksFor().find((a) => a.id === chosen.value);
/** Chooses it, '' for oneself, and remembers. @param {string} id */
export function actFor(id) {
  chosen.value = id;
  remember('for', id);
}

/** Asks the server who this is. Without a network nobody is signed in, as far as the page can tell. */
export async function loadSession() {
  try {
    session.value = await api('/session');
    await settled(); // who declines is signed out, as far as the page can tell, too
  } catch {
    session.value ??= { account: null };
  }
}

// A new privacy text may come into force while somebody is signed in.
addEventListener('consent', loadSession);

/** Asks for consent where it is needed; most people are never sent its module. */
async function settled() {
  if (session.value?.consent_needed) await (await import('./consent.js')).ask();
}

/**
 * Signs in by a proof of who somebody is: a code, the token of a link, a password with a second factor, or a
 * passkey's answer; rejects with ApiError. Whoever has to agree to the privacy text first is asked on top of
 * the page; it resolves when they have agreed.
 * @param {Record<string, unknown>} proof
 */
export async function signIn(proof) {
  session.value = await api('/sessions', { method: 'POST', body: proof });
  await settled();
}

export async function signOut() {
  await api('/session', { method: 'DELETE' });
  session.value = { account: null };
  await dropAllPasses();
}

/**
 * Signs out and goes to a page, by way of the provider if one has vouched for the session. @param {string} to
 */
export async function leave(to) {
  const elsewhere = session.value?.means?.startsWith('provider');
  await signOut().finally(() => location.assign(elsewhere ? '/api/v1/provider/sign-out' : to));
}

/** Whether a request failed because nobody is signed in, or not any more. @param {unknown} err */
export const signInNeeded = (err) => err instanceof ApiError && err.status === 401;

/** The same, and notes it for the whole page; not while drawing. @param {unknown} err */
export function signedOut(err) {
  if (signInNeeded(err)) session.value = { account: null };
  return signInNeeded(err);
}

/**
 * Whether the person's role permits this, at this venue or ('') anywhere.
 * @param {Action} action
 * @param {string} [venue]
 */
export function may(action, venue = '') {
  const s = session.value;
  if (!s?.may?.includes(action)) return false;
  const scope = s.scopes?.[action];
  return !venue || !scope || scope.all || scope.venues.includes(venue);
}

/** Whether the person may do this in the whole district. @param {Action} action */
export const mayEverywhere = (action) => Boolean(may(action) && session.value?.scopes?.[action]?.all);
