// @ts-check
// The first page: what is free when I have time? It works without signing in.
import { html } from '../lib/ui.js';
import { number, t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { at, minutes, now, timeAt, today } from '../lib/dates.js';
import { Heading, place, setSearch } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { whenText } from '../lib/words.js';
import { WishForm } from './wish-form.js';
import { readWish, wishQuery } from './wish.js';
import { VenueCard } from './venue-card.js';

/** @typedef {import('../types').VenueItem} VenueItem */
/** @typedef {import('../types').FreeSpace} FreeSpace */
/** @typedef {import('./wish.js').Wish} Wish */

/**
 * All venues of the kind, page by page; a district has tens to a few hundreds.
 * @param {string} kind
 * @param {AbortSignal} signal
 */
async function venuesOf(kind, signal) {
  /** @type {VenueItem[]} */
  const all = [];
  for (let after = ''; ;) {
    /** @type {{ items: VenueItem[], next?: string }} */
    const page = await api('/venues' + query({ kind, limit: 100, after }), { signal });
    all.push(...page.items);
    if (!page.next || all.length >= 500) return all;
    after = page.next;
  }
}

/** What is free at the time wished for, by venue. @param {Wish} wish @param {AbortSignal} signal */
async function freeAt(wish, signal) {
  const { kind, date, from, to, people } = wish;
  /** @type {{ items: FreeSpace[] }} */
  const found = await api('/free' + query({ kind, date, from, to, people, limit: 200 }), { signal });
  /** @type {Map<string, FreeSpace[]>} */
  const byVenue = new Map();
  for (const f of found.items) byVenue.set(f.venue.id, [...(byVenue.get(f.venue.id) ?? []), f]);
  return byVenue;
}

/** Why the time makes no sense, '' when it does. @param {Wish} wish */
function fault(wish) {
  if (wish.to <= wish.from) return t('find.order');
  const running = timeAt(Math.floor(minutes(now().slice(11)) / 30) * 30);
  return at(wish.date, wish.from) < at(today(), running) ? t('find.past') : '';
}

export const Find = () => {
  const wish = readWish(place.value.search);
  const wrong = fault(wish);
  const venues = useLoad((signal) => venuesOf(wish.kind, signal), [wish.kind]);
  const free = useLoad(
    (signal) => (wrong ? Promise.resolve(new Map()) : freeAt(wish, signal)),
    [wish.kind, wish.date, wish.from, wish.to, wish.people, wrong],
  );
  const change = (/** @type {Wish} */ next) => setSearch(wishQuery(next));
  const all = venues.data ?? [];
  const shown = all.filter((v) => !wish.area || v.area === wish.area);
  return html`<${Heading} text=${t('find.title')} />
    <${WishForm} wish=${wish} areas=${[...new Set(all.map((v) => v.area))].filter(Boolean)} wrong=${wrong}
      onChange=${change} />
    <${ErrorNote} error=${venues.error || free.error} retry=${() => { venues.reload(); free.reload(); }} />
    ${venues.data && free.data
      ? html`<${Results} wish=${wish} venues=${shown} free=${free.data} wrong=${wrong} />`
      : !(venues.error || free.error) && html`<p class="loading">${t('loading')}</p>`}`;
};

/** @param {{ wish: Wish, venues: VenueItem[], free: Map<string, FreeSpace[]>, wrong: string }} props */
const Results = ({ wish, venues, free, wrong }) => {
  const open = venues.filter((v) => free.has(v.id));
  const others = venues.filter((v) => !free.has(v.id));
  const when = whenText(at(wish.date, wish.from), at(wish.date, wish.to));
  return html`
    <div role="status">${!wrong && html`<h2 class="result-line">${open.length
      ? t('find.count', { when, n: open.length })
      : t('find.none', { when })}</h2>`}</div>
    ${!open.length && !wrong && html`<p class="muted">${t('find.none.hint')}</p>`}
    ${open.length > 0 && html`<section aria-label=${t('find.results')}><ul class="cards">
      ${open.map((v) => html`<${VenueCard} key=${v.id} venue=${v} wish=${wish} free=${free.get(v.id)} />`)}
    </ul></section>`}
    ${others.length > 0 && html`<section aria-labelledby="others"><h2 id="others">
      ${open.length ? t('find.others') : t('find.venues')}
      <span class="muted"> ${number(others.length)}</span></h2>
      ${open.length > 0 && html`<p class="muted">${t('find.others.hint')}</p>`}
      <ul class="cards small">
      ${others.map((v) => html`<${VenueCard} key=${v.id} venue=${v} wish=${wish} />`)}</ul></section>`}
    ${!venues.length && html`<p class="empty">${t('find.venues.none')}</p>`}`;
};
