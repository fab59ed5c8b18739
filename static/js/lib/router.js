// @ts-check
// One document, several addresses. Pages are fetched when somebody goes there; focus goes to the new page's
// heading.
import { html, signal, useEffect, useLayoutEffect, useRef } from './ui.js';
import { lang, t } from './i18n.js';
import { ErrorNote } from './errors.js';
import { ApiError } from './api.js';

/** @typedef {{ path: RegExp, page?: any, load?: () => Promise<{ default: any }> }} Route */

const here = () => ({ path: location.pathname, search: location.search });
/** The address shown. */
export const place = signal(here());
let arriving = false; // the next heading drawn takes the focus

/** @type {Route[]} */
let routes = [];
const routeOf = (/** @type {string} */ path) => routes.find((r) => r.path.test(path));

/** Goes to an address of this document. @param {string} to @param {{ replace?: boolean }} [options] */
export function go(to, { replace } = {}) {
  const url = new URL(to, location.origin);
  if (!routeOf(url.pathname)) return location.assign(to);
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  const moved = url.pathname !== place.peek().path;
  place.value = here();
  if (moved) {
    arriving = true;
    scrollTo(0, 0);
  }
}

/** Changes the query of the address without a step in the history. @param {string} search '' or '?…' */
export function setSearch(search) {
  history.replaceState(null, '', location.pathname + search);
  place.value = here();
}

/** @param {MouseEvent} e */
function follow(e) {
  const a = e.target instanceof Element && e.target.closest('a');
  if (!a || e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
  const elsewhere = a.origin !== location.origin || a.target || a.hasAttribute('download');
  if (elsewhere || a.hash || !routeOf(a.pathname)) return;
  e.preventDefault();
  go(a.pathname + a.search);
}

/**
 * Tells the router its routes; call it once, before mount().
 * @param {Route[]} list the first that matches wins
 */
export function setRoutes(list) {
  routes = list;
  addEventListener('popstate', () => {
    arriving = location.pathname !== place.peek().path;
    place.value = here();
  });
  document.addEventListener('click', follow);
}

const loaded = signal(/** @type {{ route: Route, page: any, error?: unknown } | null} */ (null));

/** @param {Route} route */
async function load(route) {
  try {
    loaded.value = { route, page: route.page ?? (await route.load?.())?.default };
  } catch {
    loaded.value = { route, page: null, error: new ApiError(0, { code: 'offline' }) };
  }
}

/** The page of the present address; groups of the route's expression become its `params`. */
export const Page = () => {
  const { path } = place.value;
  const route = routeOf(path);
  useEffect(() => { if (route && !route.page) load(route); }, [route]);
  if (!route) return html`<${Heading} text=${t('page.none')} /><p><a href="/">${t('page.home')}</a></p>`;
  const params = route.path.exec(path)?.groups ?? {};
  if (route.page) return html`<${route.page} key=${path} ...${params} />`;
  const is = loaded.value?.route === route ? loaded.value : null;
  if (is?.error) return html`<${ErrorNote} error=${is.error} retry=${() => location.reload()} />`;
  return is ? html`<${is.page} key=${path} ...${params} />` : html`<p class="loading">${t('loading')}</p>`;
};

/**
 * The h1 of a page: names the document, and takes the focus after a change of page as it would on a full
 * load.
 * @param {{ text: string, children?: any }} props children: shown instead of the text
 */
export const Heading = ({ text, children }) => {
  const ref = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { document.title = `${text} · ${t('app')}`; }, [text, lang.value]);
  useLayoutEffect(() => {
    if (arriving) ref.current?.focus({ preventScroll: true });
    arriving = false;
  }, []);
  return html`<h1 tabindex="-1" ref=${ref}>${children ?? text}</h1>`;
};
