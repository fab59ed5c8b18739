// @ts-check
// A venue in a list: what it is, where, when it is open, and what is free at the time wished for.
import { asset, html, Icon } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { query } from '../lib/api.js';
import { at, dateOf, timeOf } from '../lib/dates.js';
import { hoursText, timeRange } from '../lib/words.js';
import { wishQuery } from './wish.js';

/** @typedef {import('../types').VenueItem} VenueItem */
/** @typedef {import('../types').FreeSpace} FreeSpace */
/** @typedef {import('./wish.js').Wish} Wish */

const shownSpaces = 3;

/** A venue's photo, or the drawing of its kind. @param {{ kind: string, cover?: { url: string } }} venue */
export const coverOf = (venue) => venue.cover?.url ?? asset(`img/${venue.kind}.svg`);

/** How much of a space is left. @param {FreeSpace} f */
export function leftText({ space, left }) {
  if (space.allocation === 'any_of') return t('find.free.seats', { n: left });
  if (space.allocation === 'shared') return t('find.free.units', { n: left });
  return t('find.free.whole', { n: space.seats });
}

/** Until when the offer is on its day. @param {FreeSpace} f */
const untilOf = (f) => (dateOf(f.end) > dateOf(f.start) ? '24:00' : timeOf(f.end));

/**
 * The address of the venue page with the booking dialog open on this offer.
 * @param {FreeSpace} f
 * @param {Wish} wish
 */
const bookAddress = (f, wish) => `/venues/${f.venue.id}` + query({
  space: f.space.id, date: dateOf(f.start), from: timeOf(f.start), to: untilOf(f),
  people: wish.people > 1 ? wish.people : '', book: 1,
});

/**
 * When it is, where the rules offer another time than the one wished for.
 * @param {FreeSpace} f @param {Wish} wish
 */
const otherTime = ({ start, end }, { date, from, to }) => (
  start.slice(0, 16) === at(date, from) && end.slice(0, 16) === at(date, to) ? '' : `${timeRange(start,
    end)} · `);

/** @param {{ venue: VenueItem, wish: Wish, free?: FreeSpace[] }} props */
export const VenueCard = ({ venue, wish, free = [] }) => {
  const address = `/venues/${venue.id}` + wishQuery({ ...wish, kind: '', area: '' });
  const rest = free.length - shownSpaces;
  return html`<li class="card venue-card">
    <img class="cover" src=${coverOf(venue)} alt="" loading="lazy" width="640" height="280" />
    <div class="venue-text">
      <h3><a class="whole" href=${address}>${pick(venue.name)}</a></h3>
      <p class="meta"><${Icon} name="map-pin" />
        <span>${venue.area && `${venue.area} · `}${pick(venue.address)}</span></p>
      <p class="meta"><${Icon} name="clock" />
        <span>${t('venue.today')} ${hoursText(venue.hours_today)}</span></p>
      <p class="tags"><span class="tag info">${t(`kind.${venue.kind}`)}</span>
        ${venue.open_now && venue.free_now > 0 && html`<span class="tag good">${venue.kind === 'reading_room'
          ? t('venue.free.now', { n: venue.free_now }) : t('venue.free.some')}</span>`}</p>
    </div>
    ${free.length > 0 && html`<ul class="offers">${free.slice(0, shownSpaces).map((f) => html`
      <li key=${f.space.id}>
      <span class="offer-name">${pick(f.space.name)}<small>${otherTime(f, wish)}${leftText(f)}</small></span>
      <a class="button" href=${bookAddress(f, wish)}>${t('book')}
        <span class="visually-hidden"> ${pick(f.space.name)}</span></a>
      </li>`)}
      ${rest > 0 && html`<li class="muted">${t('find.morespaces', { n: rest })}</li>`}
    </ul>`}
  </li>`;
};
