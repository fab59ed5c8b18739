// @ts-check
// Who and what may come into one booking: pure questions.
import { addDays } from '../lib/dates.js';
import { leastLeft, linesOf } from './slots.js';
import { bookOf } from './terms.js';

/** @typedef {import('../types').Acting} Acting */
/** @typedef {import('../types').Rules} Rules */
/** @typedef {import('../types').Space} Space */
/** @typedef {{ id: string, name: string, year?: number, child?: boolean }} Companion */

/**
 * Who of the family can be named in a booking for somebody: nobody where an organization books.
 * @param {Companion | null} me @param {Acting[]} others @param {Acting} [whom] for whom it is, if not oneself
 * @returns {Companion[]}
 */
export function companionsOf(me, others, whom) {
  if (!me || whom?.kind === 'organization') return [];
  const family = others.filter((o) => o.kind === 'family' && o.id !== whom?.id).map((o) => ({
    id: o.id, name: o.name, year: o.birth_year, child: o.relation === 'child',
  }));
  return whom ? [me, ...family] : family;
}

/** Whether the rules ask who comes along. @param {Rules} book */
export const asksWhoComes = (book) => Boolean(book.child_under || book.min_age || book.max_age);

/**
 * Whether somebody needs a parent beside them on the date.
 * @param {Rules} book @param {Acting | undefined} whom @param {string} date
 */
export const needsParent = (book, whom, date) => Boolean(book.child_under && whom?.kind === 'family'
  && whom.birth_year && Number(date.slice(0, 4)) - whom.birth_year < book.child_under);

/**
 * What can be booked together with a space at a time: other rooms under the same rules that are free and that
 * share nothing with it.
 * @param {import('../types').Venue} venue @param {Space} space
 * @param {import('../types').Availability} availability @param {import('./span.js').Span} span
 */
export function joinable(venue, space, availability, { date, start, endDate, end }) {
  const { version, spaces_max: most = 1 } = bookOf(venue, space);
  if (most < 2 || space.allocation !== 'exclusive' || !start) return [];
  const dates = /** @type {string[]} */ ([]);
  for (let d = date; d <= endDate; d = addDays(d, 1)) dates.push(d);
  return venue.spaces.filter((s) => {
    const apart = s.id !== space.id && !s.atoms.some((a) => space.atoms.includes(a));
    const alike = s.allocation === 'exclusive' && bookOf(venue, s).version === version;
    if (!apart || !alike || !s.bookable) return false;
    const lines = linesOf(availability, s.id);
    return dates.every((d) => {
      const line = lines.find((l) => l.date === d);
      return !line?.slots.length
        || leastLeft(line, d === date ? start : '00:00', d === endDate ? end : '24:00') > 0;
    });
  });
}
