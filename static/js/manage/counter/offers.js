// @ts-check
// What to propose at the counter: pure questions to a venue and what is left in it.
import { at, now, timeOf } from '../../lib/dates.js';
import { linesOf } from '../../resident/slots.js';
import { spanNear, startOf } from '../../resident/span.js';
import { shapeOf } from '../../resident/terms.js';

/** @typedef {import('../../types').Venue} Venue */
/** @typedef {import('../../types').Space} Space */
/** @typedef {import('../../types').Availability} Availability */
/** @typedef {import('../../types').Booking} Booking */
/** @typedef {import('../../resident/span.js').Span} Span */

const mostOffered = 3; // days, each with its first free time

/** What can be booked by itself; seats are handed out by their room. @param {Venue} venue */
export function bookable(venue) {
  const groups = new Set(venue.spaces.filter((s) => s.allocation === 'any_of').map((s) => s.id));
  return venue.spaces.filter((s) => s.bookable && !groups.has(s.parent ?? ''));
}

/**
 * The soonest free time of a space on each of the next days that has one.
 * @param {Venue} venue @param {Availability} availability @param {Space} space @returns {Span[]}
 */
export function offersOf(venue, availability, space) {
  const lines = linesOf(availability, space.id);
  const shape = shapeOf(availability, venue, space);
  return lines.map((line) => spanNear(lines, { date: line.date }, shape, venue))
    .filter((span, i) => span.start && span.date === lines[i].date).slice(0, mostOffered);
}

/**
 * The space to begin with: the one used last, if it is free at the soonest, else whichever is free first.
 * @param {Venue} venue @param {Availability} availability @param {string} last
 */
export function spaceFirst(venue, availability, last) {
  const spaces = bookable(venue);
  const soonest = (/** @type {Space} */ s) => {
    const [first] = offersOf(venue, availability, s);
    return first ? startOf(first) : '9999';
  };
  const preferred = spaces.find((s) => s.id === last);
  const order = preferred ? [preferred, ...spaces] : spaces;
  return order.reduce((best, s) => (soonest(s) < soonest(best) ? s : best), order[0]);
}

/**
 * Whether a party that books this time can come in at once.
 * @param {Span} span @param {string} zone @param {import('../../types').Rules} book
 */
export function opensNow(span, zone, book) {
  const soon = now(zone);
  if (!span.start || span.date !== soon.slice(0, 10)) return false;
  const minute = (/** @type {string} */ hhmm) => Number(hhmm.slice(0, 2)) * 60 + Number(hhmm.slice(3, 5));
  return minute(timeOf(soon)) >= minute(span.start) - (book.check_in_before ?? 0) && !book.no_check_in;
}

/** Whether the span has begun. @param {Span} span @param {string} zone */
export const running = (span, zone) => at(span.date, span.start) <= now(zone);

/** Whether somebody with this booking may come in now. @param {Booking} b */
export function isDue(b) {
  const here = now();
  const { opens, closes } = b.check_in;
  return b.state === 'confirmed' && here >= opens.slice(0, 16) && here < closes.slice(0, 16);
}

/** Whether the booking still has a pass. @param {Booking} b */
export const isLive = (b) => ['confirmed', 'checked_in', 'away', 'reported'].includes(b.state);
