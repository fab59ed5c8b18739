// @ts-check
// The rule book in force for a space, and how far ahead it lets people book.
import { addDays, at, now, today, weekday } from '../lib/dates.js';
import { acting } from '../lib/session.js';

/** @typedef {import('../types').Venue} Venue */
/** @typedef {import('../types').Space} Space */
/** @typedef {import('../types').Rules} Rules */

const farthest = 366; // days; no page turns further

/**
 * How times are offered at a space: by the step, in sessions, by the day, and under which rules.
 * @typedef {{ times: import('../types').Times, step: number, book: Rules }} Shape
 */

/**
 * The space's own book, of a seat its room's, else its venue's; of a book and the one that follows it, the
 * one that has started.
 * @param {Venue} venue @param {Space} [space] @returns {Rules}
 */
export function bookOf(venue, space) {
  const group = venue.spaces.find((s) => s.id === space?.parent && s.allocation === 'any_of');
  const own = space?.rules ? space : group?.rules ? group : venue;
  const [book, next] = [own.rules ?? venue.rules, own.next_rules];
  return asOneHasIt(next?.starts && next.starts <= today(venue.zone) ? next : book);
}

const opening = ['opens', 'horizon_days', 'horizon_minutes', 'horizon_to_end', 'release_at', 'weekly',
  'monthly',
  'notice', 'booking_hours', 'booking_days', 'book_by', 'late_booking', 'stop_before_closing'];

/** Whether an organization is acted for. */
export const asOrganization = () => acting()?.kind === 'organization';

/** The book with the terms of organizations where one is acted for. @param {Rules} book @returns {Rules} */
function asOneHasIt(book) {
  const { opening: own, ...terms } = book.organizations ?? {};
  if (!book.organizations || !asOrganization()) return book;
  const rest = Object.fromEntries(Object.entries(book).filter(([key]) => !own || !opening.includes(key)));
  return /** @type {Rules} */ ({ ...rest, ...own, ...terms });
}

/**
 * @param {import('../types').Availability} availability @param {Venue} venue @param {Space} space
 * @returns {Shape}
 */
export function shapeOf({ times, step, days }, venue, space) {
  const own = days.flatMap((d) => d.spaces ?? []).find((s) => s.id === space.id && s.times);
  return { times: own?.times ?? times, step: own?.step ?? step, book: bookOf(venue, space) };
}

/** Whether a booking here lasts at least a day. @param {Rules} book */
export const isByDay = (book) => book.times === 'days' || (book.shortest ?? 0) >= 1440;

/** How many days ahead the last day is that anybody can book. @param {Rules} book */
export function daysAhead(book) {
  const { opens, horizon_days: days = 0, horizon_minutes: minutes = 0 } = book;
  if (opens === 'weekly') return 7 * ((book.weekly?.ahead ?? 1) + 1);
  if (opens === 'monthly') return 31 * ((book.monthly?.ahead ?? 1) + 1);
  if (opens === 'always') return days || (minutes ? Math.ceil(minutes / 1440) : farthest);
  return Math.min(days, farthest);
}

/** The same for whatever can be booked at the venue. @param {Venue} venue */
export const farthestAhead = (venue) => Math.max(
  ...[undefined, ...venue.spaces.filter((s) => s.rules)].map((s) => daysAhead(bookOf(venue, s))));

/**
 * When the next day of a book that opens day by day can be booked; null for other books.
 * @param {Rules} book @param {string} zone
 */
export function nextRelease(book, zone) {
  if ((book.opens ?? 'daily') !== 'daily') return null;
  const [date, time] = now(zone).split('T');
  const at = book.release_at ?? '00:00';
  const waiting = time < at; // today's release is still to come
  const ahead = book.horizon_days ?? 0;
  return { day: addDays(date, ahead + (waiting ? 0 : 1)), date: waiting ? date : addDays(date, 1), at };
}

/** @type {import('../types').RuleDay[]} */
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** What the rules call a day. @param {import('../types').OpenDay} day */
const nameOf = (day) => (day.holiday ? 'holiday' : weekdays[day.make_up ? 5 : weekday(day.date)]);

/**
 * Whether people come in without booking that day.
 * @param {Rules} book @param {import('../types').OpenDay} day
 */
export const walksIn = (book, day) => Boolean(day.open.length && book.walk_in?.includes(nameOf(day)));

/**
 * The session of a day that lasts from start to end.
 * @param {Rules} book @param {import('../types').OpenDay} day @param {string} start @param {string} end
 */
export function sessionOf(book, day, start, end) {
  const same = (book.sessions ?? []).filter((s) => s.start === start && s.end === end);
  return same.find((s) => !s.days?.length || s.days.includes(nameOf(day))) ?? same[0];
}

/**
 * How many people one booking may be for.
 * @param {Rules} book @param {boolean} organization whether one books
 */
export const partyRange = (book, organization) => ({
  min: (organization && book.group_min) || book.party_min || 1,
  max: (organization && book.group_max) || book.party_max || Infinity,
});
