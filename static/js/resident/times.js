// @ts-check
// The free times of a venue: choose a space, turn the pages of the calendar, pick a time, book.
import { html, useEffect, useState } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { addDays, at, daysBetween, now, today } from '../lib/dates.js';
import { place, setSearch } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { Chips, Select } from '../lib/forms.js';
import { useLoad } from '../lib/load.js';
import { session } from '../lib/session.js';
import { longDate, momentText } from '../lib/words.js';
import { linesOf } from './slots.js';
import { DayCalendar } from './days.js';
import { Sessions } from './sessions.js';
import { asOrganization, bookOf, daysAhead, farthestAhead, isByDay, nextRelease, shapeOf } from './terms.js';
import { Whom } from './whom.js';
import { windowOf } from './windows.js';
import { hasFree, Week, WeekPager } from './week.js';
import { BookingDialog } from './book.js';

/** @typedef {import('../types').Venue} Venue */
/** @typedef {import('../types').Space} Space */
/** @typedef {import('../types').Rules} Rules */
/** @typedef {import('../types').Availability} Availability */
/** @typedef {import('./slots.js').Line} Line */

/** What can be booked by itself; members of a group are booked through it. @param {Venue} venue */
function bookable(venue) {
  const groups = new Set(venue.spaces.filter((s) => s.allocation === 'any_of').map((s) => s.id));
  return venue.spaces.filter((s) => s.bookable && !groups.has(s.parent ?? ''));
}

/**
 * When the next day or week can be booked, '' where they do not open one by one.
 * @param {Venue} venue @param {Rules} book
 */
function releaseText({ zone }, book) {
  const window = windowOf(book, now(zone));
  if (window) {
    const { open, opens, closes, first, last } = window;
    return t(open ? 'week.window.open' : closes ? 'week.window' : 'week.window.from',
      { first: longDate(first),
      last: longDate(last), opens: momentText(opens), closes: closes && momentText(closes) });
  }
  const next = nextRelease(book, zone);
  if (!next) return '';
  return t('week.release', { day: longDate(next.day), opens: momentText(at(next.date, next.at)) });
}

/** How many days a page of the calendar shows: no more than can ever be booked. @param {Venue} venue */
const pageDays = (venue) => {
  const byDay = [undefined, ...bookable(venue)].some((s) => isByDay(bookOf(venue, s)));
  return Math.min(byDay ? 14 : 7, farthestAhead(venue) + 1);
};

/** The first day of the page that holds the date. @param {Venue} venue @param {string} date */
function pageOf(venue, date) {
  const first = today(venue.zone);
  const ahead = Math.min(Math.max(0, daysBetween(first, date || first)), farthestAhead(venue));
  return addDays(first, ahead - (ahead % pageDays(venue)));
}

/**
 * @param {Venue} venue
 * @param {string} from
 * @param {AbortSignal} signal
 * @returns {Promise<Availability>}
 */
const availabilityOf = (venue, from, signal) => (
  api(`/venues/${venue.id}/availability` + query({ from, days: pageDays(venue),
    as: asOrganization() ? 'organization' : '' }), { signal }));

/** @param {{ venue: Venue, onSpace: (id: string) => void }} props onSpace: which space is looked at */
export const FreeTimes = ({ venue, onSpace }) => {
  const wish = Object.fromEntries(new URLSearchParams(place.value.search));
  const [from, setFrom] = useState(() => pageOf(venue, wish.date));
  const { data, error, reload } = useLoad((signal) => availabilityOf(venue, from, signal), [venue.id, from,
    asOrganization()]);
  const spaces = bookable(venue);
  const linesIn = (/** @type {Space} */ s) => (data ? linesOf(data, s.id) : []);
  const free = spaces.find((s) => linesIn(s).some(hasFree));
  const space = spaces.find((s) => s.id === wish.space) ?? free ?? spaces[0];
  useEffect(() => { onSpace(space?.id ?? ''); }, [space?.id]);
  if (!space) return html`<p class="notice">${t('venue.nothing')}</p>`;

  const put = (/** @type {Record<string, string>} */ change) => setSearch(query({ ...wish, ...change }));
  const first = today(venue.zone);
  const book = bookOf(venue, space);
  const last = addDays(first, daysAhead(book));
  const days = pageDays(venue);
  return html`<section class="times" aria-labelledby="choose">
    <div class="row"><h2 id="choose">${t('venue.choose')}</h2>
      ${farthestAhead(venue) >= days && html`
        <${WeekPager} from=${from} days=${days} first=${first}
          last=${addDays(first, farthestAhead(venue))} onTurn=${setFrom} />`}</div>
    <${SpaceChoice} spaces=${spaces} space=${space}
      onChange=${(/** @type {string} */ id) => put({ space: id, book: '' })} />
    ${book.organizations && html`<${Whom} book=${book} />`}
    <${ErrorNote} error=${error} retry=${reload} />
    ${data && html`<${Calendar} venue=${venue} space=${space} availability=${data} wish=${wish} put=${put}
      onStale=${reload} />`}
    ${!data && !error && html`<p class="loading">${t('loading')}</p>`}
    ${(windowOf(book, now(venue.zone)) || last < addDays(from, days))
      && html`<p class="hint">${releaseText(venue, book)}</p>`}
  </section>`;
};

/**
 * @typedef {object} CalendarProps
 * @property {Venue} venue
 * @property {Space} space
 * @property {Availability} availability
 * @property {Record<string, string>} wish what the address asks for; with `book`, the dialog opens by itself
 * @property {(change: Record<string, string>) => void} put changes the address
 * @property {() => void} onStale
 */

/** The week or the days, and the dialog of what was picked in them. @param {CalendarProps} props */
const Calendar = ({ venue, space, availability, wish, put, onStale }) => {
  const [day, setDay] = useState(wish.date ?? '');
  const [picked, setPicked] = useState(/** @type {{ date: string, start: string } | null} */ (null));
  const lines = linesOf(availability, space.id);
  const selected = lines.find((l) => l.date === day) ?? lines.find(hasFree) ?? lines[0];
  const [opened, setOpened] = useState(false);
  const free = session.value &&
    !session.value.consent_needed; // else the question for consent would be covered
  useEffect(() => { // the find page's «book» leads straight to the dialog
    if (!wish.book || opened || !free) return;
    setOpened(true);
    setPicked({ date: wish.date ?? '', start: wish.from ?? '' });
  }, [free]);
  const choose = (/** @type {string} */ date, /** @type {string} */ start) => setPicked({ date, start });
  const close = () => {
    setPicked(null);
    put({ book: '' });
  };
  const shape = shapeOf(availability, venue, space);
  const counted = space.allocation !== 'exclusive';
  const days = { counted, selected: selected.date, onSelect: setDay, onPick: choose };
  const asked = { end: wish.to ?? '', people: Number(wish.people) || 1 };
  return html`${lines.some(hasFree) && html`<p class="hint">${t('week.hint')}</p>`}
    ${isByDay(shape.book) ? html`<${DayCalendar} lines=${lines} onPick=${choose} />`
      : shape.times === 'sessions' ? html`<${Sessions} lines=${lines} book=${shape.book} ...${days} />`
        : html`<${Week} lines=${lines} book=${shape.book} step=${shape.step} ...${days} />`}
    ${picked && html`<${BookingDialog} venue=${venue} space=${space} availability=${availability}
      picked=${{ ...picked, ...asked }} onClose=${close} onStale=${onStale} />`}`;
};

/** @param {{ spaces: Space[], space: Space, onChange: (id: string) => void }} props */
const SpaceChoice = ({ spaces, space, onChange }) => {
  if (spaces.length < 2) return html`<p><strong>${pick(space.name)}</strong> ${sizeText(space)}</p>`;
  const label = t('venue.space');
  if (spaces.length > 6) {
    return html`<${Select} label=${label} name="space" value=${space.id} onChange=${onChange}
      options=${spaces.map((s) => [s.id, `${pick(s.name)} · ${sizeText(s)}`])} />`;
  }
  return html`<${Chips} legend=${label} hideLegend name="space" value=${space.id} onChange=${onChange}
    options=${spaces.map((s) => [s.id, html`${pick(s.name)}<small>${sizeText(s)}</small>`])} />`;
};

/** @param {Space} space */
const sizeText = ({ allocation, seats }) => (
  t(allocation === 'any_of' ? 'venue.seats' : 'venue.people', { n: seats }));
