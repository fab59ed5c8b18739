// @ts-check
// Served from the root, so that its scope is the whole site. One cache per release; a new release removes the
// others. It keeps the files of the pages that were opened, and the passes; nothing else of the API. Nothing
// is fetched ahead: a first visit stays light.
const release = 'shell-{{hash}}';
const passes = 'passes';

const worker = /** @type {any} */ (self);

worker.addEventListener('install', (/** @type {any} */ e) => {
  e.waitUntil(caches.open(release).then((cache) => cache.add('/')).then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (/** @type {any} */ e) => {
  e.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('shell-') && name !== release) await caches.delete(name);
    }
    await worker.clients.claim();
  })());
});

/** A file of this release never changes: what is kept is the answer. @param {Request} request */
async function file(request) {
  const cache = await caches.open(release);
  const hit = await cache.match(request);
  if (hit) return hit;
  const answer = await fetch(request);
  if (answer.ok && request.url.includes('/static/{{hash}}/')) await cache.put(request, answer.clone());
  return answer;
}

/** The network's answer, kept for the day there is none; else what was kept. @param {Request} request */
async function kept(request) {
  const cache = await caches.open(passes);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    else if ([401, 403, 404].includes(answer.status)) await cache.delete(request);
    return answer;
  } catch (err) {
    const hit = await cache.match(request, { ignoreVary: true });
    if (hit) return hit;
    throw err;
  }
}

/**
 * Residents' pages share one document, which answers any of their addresses when the network does not.
 * @param {Request} request
 */
const page = (request) => fetch(request).catch(async () => (await caches.match('/')) ?? Response.error());

const own = /^\/api\/v1\/bookings(\/[^/]+(\/pass\.png)?)?$/;

worker.addEventListener('fetch', (/** @type {any} */ e) => {
  const { request } = e;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (url.pathname.startsWith('/static/')) e.respondWith(file(request));
  else if (request.mode === 'navigate'
    && !/^\/(manage|scan|api)/.test(url.pathname)) e.respondWith(page(request));
  else if (own.test(url.pathname) && !/[?&](after|past)=/.test(url.search)) e.respondWith(kept(request));
});
