// @ts-check
// Passes that were opened stay readable without a network: kept by the service worker, or by the page itself on the
// very first visit, before the worker is in charge.

const store = 'passes';
const usable = () => 'caches' in window && 'serviceWorker' in navigator;

/** The addresses a pass needs. @param {string} id of the booking */
const addresses = (id) => ['', '/pass.png?size=480'].map((part) => `/api/v1/bookings/${id}${part}`);

/** The picture of the pass; the same address everywhere, so that what is kept is what is shown. @param {string} id */
export const passPicture = (id) => addresses(id)[1];

/** Keeps a pass on this device. Whether it is kept. @param {string} id of the booking @returns {Promise<boolean>} */
export async function keepPass(id) {
  if (!usable()) return false;
  try {
    const cache = await caches.open(store);
    for (const address of addresses(id)) {
      const there = navigator.serviceWorker.controller && await cache.match(address);
      if (!there) await cache.add(address);
    }
    return true;
  } catch {
    return false;
  }
}

/** Removes a pass that is of no more use. @param {string} id of the booking */
export async function dropPass(id) {
  if (!usable()) return;
  const cache = await caches.open(store).catch(() => null);
  for (const address of addresses(id)) await cache?.delete(address);
}

/** Removes all passes: somebody else may use this device next. */
export async function dropAllPasses() {
  if (usable()) await caches.delete(store).catch(() => false);
}
