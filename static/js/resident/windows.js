// @ts-check
// Books that open week by week or month by month: which week or month can be booked, and when.
import { addDays, at, dateOf, monday } from '../lib/dates.js';

/** @typedef {import('../types').Rules} Rules */
/**
 * @typedef {object} Window
 * @property {boolean} open
 * @property {string} opens @property {string} closes '' where booking stays open
 * @property {string} first @property {string} last days of the week or month it is for
 */

const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * The window that is open or comes next; of one that stays open, the next; null for other books.
 * @param {Rules} book @param {string} wall now at the venue @returns {Window | null}
 */
export function windowOf(book, wall) {
  if (book.opens !== 'weekly' && book.opens !== 'monthly') return null;
  const windows = [0, 1].map((n) => (book.opens === 'weekly' ? weekly(book, addDays(dateOf(wall), 7 * n))
    : monthly(book, firstOf(wall, n))));
  const { first, last, opens, closes } = windows.find((w) => wall < (w.closes || w.opens)) ?? windows[1];
  return { open: wall >= opens, opens, closes, first, last };
}

/** @param {Rules} book @param {string} date in the week in which one books */
function weekly(book, date) {
  const w = { ...{ from: 'mon', at: '00:00', until: 'sun', till: '24:00', ahead: 1 }, ...book.weekly };
  const moment = (/** @type {string} */ day, /** @type {string} */ time) =>
    at(addDays(monday(date), week.indexOf(day)), time);
  const first = addDays(monday(date), 7 * w.ahead);
  return { opens: moment(w.from, w.at), closes: moment(w.until, w.till), first, last: addDays(first, 6) };
}

/** @param {Rules} book @param {string} month in which one books: its first day */
function monthly(book, month) {
  const m = { ...{ from: 1, at: '00:00', until: 0, till: '24:00', ahead: 1 }, ...book.monthly };
  const moment = (/** @type {number} */ day, /** @type {string} */ time) => {
    const [date, last] = [addDays(month, day - 1), lastOf(month, 0)];
    return at(date < last ? date : last, time);
  };
  return { opens: moment(m.from, m.at), closes: m.until ? moment(m.until, m.till) : '',
    first: firstOf(month, m.ahead), last: lastOf(month, m.ahead) };
}

/** The first day of the month so many months later. @param {string} date @param {number} n */
function firstOf(date, n) {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + n;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}

/** @param {string} date @param {number} n */
const lastOf = (date, n) => addDays(firstOf(date, n + 1), -1);
