// @ts-check
// The time of a booking while it is being chosen.
import { addDays, at, minutes, timeAt, weekday } from '../lib/dates.js';
import { dayState } from './days.js';
import { hasFree } from './week.js';
import { endsOf, startsOf, usualEnd } from './slots.js';
import { isByDay } from './terms.js';

/** @typedef {import('./slots.js').Line} Line */
/** @typedef {import('../types').Venue} Venue */
/** @typedef {import('./terms.js').Shape} Shape */
/** @typedef {{ date: string, start: string, endDate: string, end: string }} Span */

/** @param {Span} span */
export const startOf = (span) => at(span.date, span.start);
/** @param {Span} span */
export const endOf = (span) => at(span.endDate, span.end);

/**
 * A span that can be had, as near to the wish as the days allow; empty times where they offer nothing.
 * @param {Line[]} lines @param {Partial<Span>} wish @param {Shape} shape @param {Venue} venue @returns {Span}
 */
export function spanNear(lines, wish, { step, book }, venue) {
  if (isByDay(book)) return daysNear(lines, wish, book, venue);
  const line = lines.find((l) => l.date === wish.date && hasFree(l)) ?? lines.find(hasFree);
  const starts = startsOf(line).filter((s) => endsOf(line, s, step, book).length);
  const start = starts.find((s) => s >= (wish.start ?? '')) ?? starts[starts.length - 1] ?? '';
  const end = usualEnd(endsOf(line, start, step, book), start, wish.end);
  const date = line?.date ?? wish.date ?? '';
  return { date, start, endDate: date, end };
}

/**
 * @param {Line[]} lines @param {Partial<Span>} wish @param {import('../types').Rules} book @param {Venue}
 *   venue
 * @returns {Span}
 */
function daysNear(lines, wish, book, venue) {
  const days = lines.filter((l) => dayState(l) === 'free');
  const line = days.find((l) => l.date === wish.date) ?? days[0];
  const date = line?.date ?? wish.date ?? '';
  const start = startsOf(line)[0] ?? '';
  const ends = endDates(lines, date, book, venue);
  const endDate = ends.find((d) => d >= (wish.endDate ?? '')) ?? ends[ends.length - 1] ?? date;
  const closing = openOn(lines, endDate, venue);
  return { date, start, endDate, end: closing[closing.length - 1]?.end ?? '' };
}

/**
 * The opening hours of a date: as loaded, else as on such a weekday.
 * @param {Line[]} lines
 * @param {string} date
 * @param {Venue} venue
 */
export const openOn = (lines, date, venue) => (
  lines.find((l) => l.date === date)?.day.open ?? venue.hours[weekday(date)]);

const mostOffered = 92; // days in the list of ends

/**
 * The days on which a booking by the day may end: from the shortest to the longest allowed, up to the first
 * day that somebody else has. Days that are not loaded are offered too; the server knows them.
 * @param {Line[]} lines @param {string} date @param {import('../types').Rules} book @param {Venue} venue
 */
export function endDates(lines, date, { times, shortest = 0, longest = 0 }, venue) {
  const first = times === 'days' ? 1 : 0; // of whole days the first one counts; else a day ends on the next
  const most = Math.min(mostOffered, longest ? Math.floor(longest / 1440) - first : mostOffered);
  const dates = [];
  for (let d = date, n = 0; n <= most; d = addDays(d, 1), n++) {
    const line = lines.find((l) => l.date === d);
    if (line && n > 0 && dayState(line) === 'full') break;
    if (n >= Math.ceil(shortest / 1440) - first && openOn(lines, d, venue).length) dates.push(d);
  }
  return dates;
}

/**
 * The times at which a day's opening may end, every step.
 * @param {import('../types').Interval[]} open
 * @param {number} step
 */
export function closings(open, step) {
  return open.flatMap((o) => {
    const times = [];
    for (let m = minutes(o.start) + step; m < minutes(o.end); m += step) times.push(timeAt(m));
    return [...times, o.end];
  });
}
