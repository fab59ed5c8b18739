// @ts-check
// Served from the root, so that its scope is the whole site. One cache per release; a new release removes the others.
// It keeps the residents' shell, and the passes that were opened; nothing else of the API.
const release = 'shell-{{hash}}';
const passes = 'passes';
const base = '{{base}}';
const shell = ['/', '/app.webmanifest', ...[
  'css/tokens.css', 'css/base.css', 'css/components.css', 'css/resident.css',
  'i18n/zh-CN.js', 'i18n/en.js', 'img/icon.svg', 'img/chevron.svg', 'vendor/preact.js', 'vendor/icons.svg',
  'js/lib/api.js', 'js/lib/dates.js', 'js/lib/dialog.js', 'js/lib/early.js', 'js/lib/errors.js', 'js/lib/forms.js',
  'js/lib/i18n.js', 'js/lib/load.js', 'js/lib/offline.js', 'js/lib/router.js', 'js/lib/session.js', 'js/lib/shell.js',
  'js/lib/ui.js', 'js/lib/words.js',
  'js/resident/book.js', 'js/resident/booking.js', 'js/resident/bookings.js', 'js/resident/change.js',
  'js/resident/find.js', 'js/resident/main.js', 'js/resident/party.js', 'js/resident/seats.js',
  'js/resident/sign-in-form.js', 'js/resident/sign-in.js', 'js/resident/slots.js', 'js/resident/taken.js',
  'js/resident/time-fields.js', 'js/resident/venue-card.js', 'js/resident/venue-info.js', 'js/resident/venue.js',
  'js/resident/week.js', 'js/resident/wish-form.js', 'js/resident/wish.js',
].map((path) => `${base}/${path}`)];

const worker = /** @type {any} */ (self);

worker.addEventListener('install', (/** @type {any} */ e) => {
  e.waitUntil(caches.open(release).then((cache) => cache.addAll(shell)).then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (/** @type {any} */ e) => {
  e.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('shell-') && name !== release) await caches.delete(name);
    }
    await worker.clients.claim();
  })());
});

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

const own = /^\/api\/v1\/bookings(\/[^/]+(\/pass\.png)?)?$/;

worker.addEventListener('fetch', (/** @type {any} */ e) => {
  const { request } = e;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (url.pathname.startsWith('/static/')) {
    e.respondWith(caches.match(request).then((hit) => hit ?? fetch(request)));
  } else if (request.mode === 'navigate' && !/^\/(manage|scan|api|static)/.test(url.pathname)) {
    // Residents' pages share one document, which answers any of their addresses when the network does not.
    e.respondWith(fetch(request).catch(async () => (await caches.match('/')) ?? Response.error()));
  } else if (own.test(url.pathname) && !url.searchParams.has('after') && !url.searchParams.has('past')) {
    e.respondWith(kept(request));
  }
});
