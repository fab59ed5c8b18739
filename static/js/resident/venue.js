// @ts-check
// A venue: what it is, when it is open, its rules, and its free times to book.
import { html, Icon, useEffect, useState, valueOf } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { addDays, at, daysBetween, now, today } from '../lib/dates.js';
import { Heading, place, setSearch } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { Chips, Field } from '../lib/forms.js';
import { useLoad } from '../lib/load.js';
import { longDate, momentText } from '../lib/words.js';
import { linesOf } from './slots.js';
import { DayCalendar, isByDay } from './days.js';
import { hasFree, Week, WeekPager } from './week.js';
import { coverOf } from './venue-card.js';
import { Contact, Features, Hours, RuleBook } from './venue-info.js';
import { BookingDialog } from './book.js';

/** @typedef {import('../types').Venue} Venue */
/** @typedef {import('../types').Space} Space */
/** @typedef {import('../types').Availability} Availability */

/** @param {{ id: string }} props */
export default function VenuePage({ id }) {
  const { data: venue, error, reload } = useLoad((signal) => api(`/venues/${id}`, { signal }), [id]);
  if (error) {
    return html`<${Back} /><${Heading} text=${t('venue.error')} /><${ErrorNote} error=${error} retry=${reload} />`;
  }
  return venue ? html`<${Shown} venue=${venue} />` : html`<p class="loading">${t('loading')}</p>`;
}

/** What can be booked by itself; members of a group are booked through it. @param {Venue} venue */
function bookable(venue) {
  const groups = new Set(venue.spaces.filter((s) => s.allocation === 'any_of').map((s) => s.id));
  return venue.spaces.filter((s) => s.bookable && !groups.has(s.parent ?? ''));
}

/** The list as it was asked for. */
const backTo = () => {
  const { date, from, to, people } = Object.fromEntries(new URLSearchParams(place.peek().search));
  return '/' + query({ date, from, to, people });
};

const Back = () => html`<p class="back-line"><a href=${backTo()} class="back">
  <${Icon} name="chevron-left" />${t('venue.back')}</a></p>`;

/** @param {{ venue: Venue }} props */
const Shown = ({ venue }) => html`
  <${Back} />
  <header class="venue-head">
    <img class="cover" src=${venue.photos?.[0]?.url ?? coverOf(venue)} alt="" width="640" height="280" />
    <div><${Heading} text=${pick(venue.name)} />
      <p class="tags"><span class="tag info">${t(`kind.${venue.kind}`)}</span>${venue.today && html`<${OpenTag} today=${venue.today} />`}</p>
      <p>${pick(venue.about)}</p><${Contact} venue=${venue} /></div>
  </header>
  <div class="split">
    <${Booking} venue=${venue} spaces=${bookable(venue)} />
    <div class="stack"><${RuleBook} venue=${venue} /><${Hours} venue=${venue} /><${Features} features=${venue.features} /></div>
  </div>`;

/** @param {{ today: import('../types').Today }} props */
const OpenTag = ({ today: { open_now: is } }) => html`
  <span class=${is ? 'tag good' : 'tag'}>${t(is ? 'venue.now.open' : 'venue.now.closed')}</span>`;

/** When the next day can be booked. @param {Venue} venue */
function releaseText({ rules, zone }) {
  const [date, time] = now(zone).split('T');
  const waiting = time < rules.release_at; // today's release is still to come
  const day = addDays(date, rules.horizon_days + (waiting ? 0 : 1));
  return t('week.release', { day: longDate(day), opens: momentText(at(waiting ? date : addDays(date, 1), rules.release_at)) });
}

/** How many days one page of the week shows: no more than can ever be booked. @param {Venue} venue */
const pageDays = (venue) => Math.min(isByDay(venue.rules) ? 14 : 7, venue.rules.horizon_days + 1);

/** The page of days that holds the date. @param {Venue} venue @param {string} date */
function pageFrom(venue, date) {
  const n = pageDays(venue);
  const ahead = Math.min(Math.max(0, daysBetween(today(venue.zone), date || today(venue.zone))), venue.rules.horizon_days);
  return addDays(today(venue.zone), Math.floor(ahead / n) * n);
}

/** @param {{ venue: Venue, spaces: Space[] }} props */
const Booking = ({ venue, spaces }) => {
  const wish = new URLSearchParams(place.value.search);
  const [from, setFrom] = useState(() => pageFrom(venue, wish.get('date') ?? ''));
  const [day, setDay] = useState(wish.get('date') ?? '');
  const [picked, setPicked] = useState(/** @type {Picked | null} */ (null));
  const days = pageDays(venue);
  const load = useLoad((signal) => availability(venue.id, from, days, signal), [venue.id, from, days]);
  const space = spaces.find((s) => s.id === wish.get('space'))
    ?? spaces.find((s) => load.data && linesOf(load.data, s.id).some(hasFree)) ?? spaces[0];
  const lines = load.data && space ? linesOf(load.data, space.id) : [];
  useEffect(() => { // the find page's «book» leads straight to the dialog
    if (load.data && wish.get('book')) setPicked({ date: wish.get('date') ?? '', start: wish.get('from') ?? '' });
  }, [load.data]);
  if (!space) return html`<p class="notice">${t('venue.nothing')}</p>`;
  const put = (/** @type {Record<string, string>} */ change) => {
    setSearch(query({ ...Object.fromEntries(wish), ...change }));
  };
  const choose = (/** @type {string} */ date, /** @type {string} */ start) => setPicked({ date, start });
  const close = () => {
    setPicked(null);
    put({ book: '' });
  };
  const selected = lines.some((l) => l.date === day) ? day : (lines.find(hasFree) ?? lines[0])?.date ?? '';
  const last = addDays(today(venue.zone), venue.rules.horizon_days);
  return html`<section class="times" aria-labelledby="choose">
    <div class="row"><h2 id="choose">${t('venue.choose')}</h2>
      ${venue.rules.horizon_days >= days && html`<${WeekPager} from=${from} days=${days} first=${today(venue.zone)} last=${last} onTurn=${setFrom} />`}</div>
    <${SpaceChoice} spaces=${spaces} space=${space} onChange=${(/** @type {string} */ id) => put({ space: id, book: '' })} />
    <${ErrorNote} error=${load.error} retry=${load.reload} />
    ${load.data ? html`<p class="hint">${t('week.hint')}</p>
      ${isByDay(venue.rules) ? html`<${DayCalendar} lines=${lines} onPick=${choose} />`
        : html`<${Week} lines=${lines} step=${load.data.step} counted=${space.allocation !== 'exclusive'}
          selected=${selected} onSelect=${setDay} onPick=${choose} />`}`
      : !load.error && html`<p class="loading">${t('loading')}</p>`}
    ${from <= last && last < addDays(from, days) && html`<p class="hint">${releaseText(venue)}</p>`}
    ${picked && load.data && html`<${BookingDialog} venue=${venue} space=${space} availability=${load.data}
      picked=${{ ...picked, end: wish.get('to') ?? '', people: Number(wish.get('people')) || 1 }}
      onClose=${close} onStale=${load.reload} />`}
  </section>`;
};
/** @typedef {{ date: string, start: string }} Picked */

/** @param {string} venue @param {string} from @param {number} days @param {AbortSignal} signal @returns {Promise<Availability>} */
const availability = (venue, from, days, signal) => api(`/venues/${venue}/availability` + query({ from, days }), { signal });

/** @param {{ spaces: Space[], space: Space, onChange: (id: string) => void }} props */
const SpaceChoice = ({ spaces, space, onChange }) => {
  if (spaces.length < 2) return html`<p class="space-line"><strong>${pick(space.name)}</strong> ${sizeText(space)}</p>`;
  if (spaces.length <= 6) {
    return html`<${Chips} legend=${t('venue.space')} hideLegend name="space" value=${space.id} onChange=${onChange}
      options=${spaces.map((s) => [s.id, html`${pick(s.name)}<small>${sizeText(s)}</small>`])} />`;
  }
  return html`<${Field} label=${t('venue.space')}>${(/** @type {any} */ a) => html`
    <select ...${a} onChange=${(/** @type {Event} */ e) => onChange(valueOf(e))}>${spaces.map((s) => html`
      <option value=${s.id} selected=${s.id === space.id}>${pick(s.name)} · ${sizeText(s)}</option>`)}</select>`}</${Field}>`;
};

/** @param {Space} space */
const sizeText = (space) => (space.allocation === 'any_of'
  ? t('venue.seats', { n: space.seats }) : t('venue.people', { n: space.seats }));
