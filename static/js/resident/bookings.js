// @ts-check
// My bookings: what comes next and what to do about it; what is over.
import { cls, html, Icon, useEffect, useState } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { now, timeOf } from '../lib/dates.js';
import { Heading, place } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { signInNeeded } from '../lib/session.js';
import { useLoad } from '../lib/load.js';
import { placesText } from '../lib/places.js';
import { momentText, nearDate, timeRange } from '../lib/words.js';
import { SignInForm } from './sign-in-form.js';

/** @typedef {import('../types').Booking} Booking */
/** @typedef {{ items: Booking[], next?: string }} Listed */

/** @type {Record<import('../types').State, string>} */
const looks = { confirmed: 'info', checked_in: 'good', completed: '', cancelled: '', no_show: 'bad' };

/** @param {{ state: import('../types').State }} props */
export const StateTag = ({ state }) => html`
  <span class=${'tag ' + looks[state]}>${t(`state.${state}`)}</span>`;

/** A server's moment on the venue's wall clock, to be compared with now(). @param {string} moment */
const wall = (moment) => moment.slice(0, 16);

/** What the holder has to do next, in words. @param {Booking} b @returns {string} */
export function nextStep(b) {
  if (b.state === 'checked_in') return t('mine.next.in', { time: timeOf(b.end) });
  if (b.state !== 'confirmed') return '';
  const { opens, closes } = b.check_in;
  if (now() < wall(opens)) return t('mine.next.early', { time: momentText(opens) });
  return now() < wall(closes) ? t('mine.next.open', { time: timeOf(closes) }) : t('mine.next.late');
}

/** @param {boolean} past @param {string} after @param {AbortSignal} [signal] @returns {Promise<Listed>} */
const mine = (past, after, signal) => api('/bookings' + query({ past, limit: 20, after }), { signal });

export default function BookingsPage() {
  const past = new URLSearchParams(place.value.search).has('past');
  const first = useLoad((signal) => mine(past, '', signal), [past]);
  const [more, setMore] = useState(/** @type {Listed | null} */ (null));
  useEffect(() => setMore(null), [past]);
  if (signInNeeded(first.error)) {
    return html`<div class="narrow"><${Heading} text=${t('mine.title')} />
      <div class="card"><${SignInForm} why=${t('mine.need')} onDone=${first.reload} /></div></div>`;
  }
  const earlier = more?.items ?? [];
  const all = [...(first.data?.items ?? []), ...earlier];
  const off = (/** @type {Booking} */ b) => Number(!past && b.state === 'cancelled');
  const items = all.sort((a, b) => off(a) - off(b)); // what is still to come stands before what was given up
  const next = more ? more.next : first.data?.next;
  const load = () => mine(past, next ?? '')
    .then((page) => setMore({ items: [...earlier, ...page.items], next: page.next }));
  const tab = (/** @type {boolean} */ is, /** @type {string} */ href, /** @type {string} */ text) => html`
    <a class="tab" href=${href} aria-current=${is ? 'page' : undefined}>${text}</a>`;
  return html`<div class="narrow"><${Heading} text=${t('mine.title')} />
    <nav class="tabs" aria-label=${t('mine.title')}>
      ${tab(!past, '/bookings', t('mine.upcoming'))}${tab(past, '/bookings?past=1', t('mine.past'))}</nav>
    <${ErrorNote} error=${first.error} retry=${first.reload} />
    ${first.busy && !items.length && html`<p class="loading">${t('loading')}</p>`}
    ${first.data && !first.busy && !items.length && html`<div class="empty"><${Icon} name="calendar-days" />
      <p>${t(past ? 'mine.none.past' : 'mine.none')}</p>
      <a class="button" href="/">${t('mine.find')}</a></div>`}
    <ul class="stack">${items.map((b) => html`<${Item} key=${b.id} booking=${b} />`)}</ul>
    ${next && html`<p class="actions">
      <button type="button" class="secondary" onClick=${load}>${t('mine.more')}</button></p>`}
  </div>`;
}

/** @param {{ booking: Booking }} props */
const Item = ({ booking: b }) => {
  const step = nextStep(b);
  const open = b.state === 'confirmed' && now() >= wall(b.check_in.opens);
  const party = b.party > 1 && ` · ${t('mine.party', { n: b.party })}`;
  return html`<li class=${cls('card booking', b.state === 'cancelled' && 'quiet')}>
    <div class="row"><h2 class="when"><a class="whole" href=${`/bookings/${b.id}`}>
      <span>${nearDate(b.start)}</span> <span class="num">${timeRange(b.start, b.end)}</span></a></h2>
      <${StateTag} state=${b.state} /></div>
    <p>${pick(b.venue.name)} · ${placesText(b)}${party}</p>
    ${step && html`<p class=${open ? 'step now' : 'step'}><${Icon} name="clock" />${step}</p>`}
    ${b.state === 'confirmed' && html`<span class="button" aria-hidden="true">
      <${Icon} name="qr-code" />${t('mine.pass')}</span>`}
  </li>`;
};
