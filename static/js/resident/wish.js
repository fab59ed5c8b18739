// @ts-check
// What somebody looks for: kind, neighbourhood, date, time, people. It lives in the address, so that it
// survives going back, a reload and being sent to a friend.
import { addDays, minutes, now, timeAt } from '../lib/dates.js';
import { query } from '../lib/api.js';

/** @typedef {{ kind: string, area: string, date: string, from: string, to: string, people: number }} Wish */

/** How many days ahead the date can be chosen from. */
export const daysAhead = 30;
const half = 30;
const latest = 24 * 60; // some rooms are open all night

/** The times offered, every half hour up to midnight. @param {number} [from] minute; none before it */
export function times(from = 0) {
  const list = [];
  const first = Math.max(0, Math.ceil(from / half) * half);
  for (let m = first; m <= latest; m += half) list.push(timeAt(m));
  return list;
}

/**
 * Two hours from the next full hour; late in the evening, tomorrow morning.
 * @param {string} moment
 * @returns {Wish}
 */
export function usual(moment = now()) {
  const next = Math.ceil((minutes(moment.slice(11)) + 1) / 60) * 60;
  const today = moment.slice(0, 10);
  const wish = { kind: '', area: '', people: 1 };
  if (next > 20 * 60) return { ...wish, date: addDays(today, 1), from: '09:00', to: '11:00' };
  const from = Math.max(next, 8 * 60);
  return { ...wish, date: today, from: timeAt(from), to: timeAt(from + 120) };
}

/**
 * Reads the address; what is missing or makes no sense is as usual.
 * @param {string} search
 * @returns {Wish}
 */
export function readWish(search) {
  const p = new URLSearchParams(search);
  const base = usual();
  const get = (/** @type {string} */ name, /** @type {RegExp} */ form, /** @type {string} */ otherwise) => {
    const value = p.get(name) ?? '';
    return form.test(value) ? value : otherwise;
  };
  const date = get('date', /^\d{4}-\d\d-\d\d$/, base.date);
  const from = get('from', /^\d\d:\d\d$/, base.from);
  const to = get('to', /^\d\d:\d\d$/, base.to);
  const people = Math.min(999, Math.max(1, Math.floor(Number(p.get('people')) || 1)));
  return { kind: p.get('kind') ?? '', area: p.get('area') ?? '', date, from, to, people };
}

/** The address's query for a wish. @param {Wish} wish */
export const wishQuery = (wish) => query({ ...wish, people: wish.people > 1 ? wish.people : '' });

/**
 * Moves the end along when the start moves past it, keeping the length.
 * @param {Wish} wish
 * @param {string} from
 */
export function startAt(wish, from) {
  const length = Math.max(half, minutes(wish.to) - minutes(wish.from));
  return { ...wish, from, to: timeAt(Math.min(latest, minutes(from) + length)) };
}
