// @ts-check
// The day of a venue for a screen on the wall: how full it is, what is on and what comes next, to be read
// across
// a room. It looks again by itself and turns its pages.
import { html, Icon, useEffect, useState } from '../lib/ui.js';
import { number, pick, t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { now, timeOf } from '../lib/dates.js';
import { placesIn } from '../lib/places.js';
import { longDate, timeRange } from '../lib/words.js';
import { Heading } from '../lib/router.js';
import { useLoad } from '../lib/load.js';
import { may, session, signedOut } from '../lib/session.js';
import { usePulse } from '../manage/watch.js';
import { NoDevice } from './no-device.js';

/** @typedef {import('../manage/board/day.js').BoardDay} BoardDay */
/** @typedef {import('../manage/board/day.js').BoardBooking} BoardBooking */

const refreshEvery = 20_000;
const turnEvery = 12_000;
const perPage = 8;

export default function DisplayPage() {
  const device = session.value?.device;
  if (!device || !may('view_board')) return html`<${NoDevice} title=${t('display.title')} />`;
  return html`<${Display} venue=${device.venue} />`;
}

/** What is on or still to come, the earliest first. @param {BoardDay} day */
const ahead = (day) => day.bookings.filter((b) => b.end > day.now && ['confirmed', 'checked_in', 'away',
  'reported'].includes(b.state));

/** @param {{ venue: string }} props */
const Display = ({ venue }) => {
  const board = useLoad((signal) => /** @type {Promise<BoardDay>} */ (api(`/venues/${venue}/board`,
    { signal })), [venue]);
  const [page, setPage] = useState(0);
  usePulse(board.reload, refreshEvery);
  usePulse(() => setPage((n) => n + 1), turnEvery);
  useEffect(() => { signedOut(board.error); }, [board.error]);
  const day = board.data;
  if (!day) return html`<p class="loading">${t(board.error ? 'display.waiting' : 'loading')}</p>`;
  const list = ahead(day);
  const pages = Math.max(1, Math.ceil(list.length / perPage));
  const at = page % pages;
  return html`<header class="display-head"><div><${Heading} text=${pick(day.venue.name)}
    /><p>${longDate(day.date)}</p></div>
      <p class="display-clock num" aria-hidden="true">${now().slice(11, 16)}</p></header>
    <dl class="display-figures">
      <${Figure} label=${t('board.in')} value=${day.in} />
      <${Figure} label=${t('board.booked')} value=${day.booked_now} />
      <${Figure} label=${t('display.free')} value=${Math.max(0, day.capacity - day.booked_now)} /></dl>
    <section class="display-list"><h2>${t('display.next')}
      ${pages > 1 && html` <span class="muted num">${at + 1} / ${pages}</span>`}</h2>
      ${!list.length && html`<p class="empty">${t('display.nothing')}</p>`}
      <ul>${list.slice(at * perPage, (at + 1) * perPage).map((b) => html`<${Line} key=${b.id} booking=${b}
        day=${day} />`)}
      </ul></section>
    <p class="display-foot">${board.error ? html`<${Icon} name="wifi-off" />${t('board.stale')}`
      : t('board.asof', { time: timeOf(day.now) })}</p>`;
};

/** @param {{ label: string, value: number }} props */
const Figure = ({ label, value }) => html`<div><dt>${label}</dt><dd class="num">${number(value)}</dd></div>`;

/** @param {{ booking: BoardBooking, day: BoardDay }} props */
const Line = ({ booking: b, day }) => {
  const find = (/** @type {string} */ id) => day.spaces.filter((s) => s.id === id);
  const places = b.assigned.flatMap(find).map(({ name, parent }) => ({ name,
    under: find(parent ?? '')[0]?.name }));
  return html`<li class=${b.state !== 'confirmed' ? 'in' : ''}>
    <span class="num">${timeRange(b.start, b.end)}</span>
    <strong>${placesIn(places)}</strong>
    <span>${b.holder_name || t('board.noname')}${b.party > 1 && html` <small>${t('board.party',
      { n: b.party })}</small>`}</span>
    <span class="display-state">${b.state !== 'confirmed' && html`<${Icon} name="check"
      />`}${t(b.state !== 'confirmed'
      ? 'state.checked_in' : b.start <= day.now ? 'display.due' : 'display.later')}</span></li>`;
};
