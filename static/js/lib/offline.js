// @ts-check
// Passes that were opened stay readable without a network. The service worker keeps what passes through it;
// on the very first visit, before it is in charge, the page keeps what it has loaded itself.
import { asset } from './ui.js';
import { passes } from './session.js';

const usable = () => 'caches' in window && 'serviceWorker' in navigator;

/** The addresses a pass needs. @param {string} id of the booking */
const addresses = (id) => ['', '/pass.png?size=480'].map((part) => `/api/v1/bookings/${id}${part}`);

/**
 * The picture of the pass; the same address everywhere, so that what is kept is what is shown.
 * @param {string} id
 */
export const passPicture = (id) => addresses(id)[1];

/** @param {Cache} cache @param {string[]} list */
async function keep(cache, list) {
  for (const address of list) if (!await cache.match(address)) await cache.add(address);
}

/** The files of this page; they come from the browser's own cache. */
const loadedFiles = () => performance.getEntriesByType('resource').map((e) => e.name)
  .filter((name) => new URL(name).pathname.startsWith(asset('')));

/**
 * Keeps a pass on this device, with the page that shows it. Whether it worked.
 * @param {string} id of the booking
 */
export async function keepPass(id) {
  if (!usable()) return false;
  try {
    const hash = asset('').split('/')[2];
    await keep(await caches.open(`shell-${hash}`), ['/', ...loadedFiles()]);
    const cache = await caches.open(passes);
    if (!navigator.serviceWorker.controller) for (const address of addresses(id)) await cache.delete(address);
    await keep(cache, addresses(id));
    return true;
  } catch {
    return false;
  }
}

/** Where the codes of a pass are kept; the service worker leaves this address alone. @param {string} id */
const liveAddress = (id) => `/api/v1/bookings/${id}/pass`;

/**
 * Keeps the codes of a pass.
 * @param {string} id of the booking @param {import('./live.js').Pass} pass
 */
export async function keepLive(id, pass) {
  if (!usable()) return;
  const answer = new Response(JSON.stringify(pass));
  await caches.open(passes).then((cache) => cache.put(liveAddress(id), answer)).catch(() => {});
}

/**
 * What was kept of it, null for nothing.
 * @param {string} id of the booking @returns {Promise<import('./live.js').Pass | null>}
 */
export async function keptLive(id) {
  if (!usable()) return null;
  const hit = await caches.open(passes).then((cache) => cache.match(liveAddress(id))).catch(() => null);
  return hit ? hit.json() : null;
}

/** Removes a pass that is of no more use. @param {string} id of the booking */
export async function dropPass(id) {
  if (!usable()) return;
  const cache = await caches.open(passes).catch(() => null);
  for (const address of [...addresses(id), liveAddress(id)]) await cache?.delete(address);
}
