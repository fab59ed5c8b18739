// @ts-check
// The holiday calendar as festivals and years: pure functions of its days.
import { addDays, daysBetween } from '../../lib/dates.js';

/**
 * A day off, or (work) a weekend day worked for one.
 * @typedef {{ date: string, name: string, work: boolean }} Holiday
 */
/** @typedef {[from: string, to: string]} Range both included */
/** One festival of one year. @typedef {{ name: string, off: Range[], work: string[] }} Festival */

/** Dates in a row as ranges. @param {string[]} dates in order @returns {Range[]} */
export function ranges(dates) {
  /** @type {Range[]} */
  const all = [];
  for (const date of dates) {
    const last = all[all.length - 1];
    if (last && daysBetween(last[1], date) === 1) last[1] = date;
    else all.push([date, date]);
  }
  return all;
}

/** Every date of the ranges. @param {Range[]} list @returns {string[]} */
export const datesOf = (list) => list.flatMap(([from, to]) =>
  Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i)));

/** @param {Holiday[]} days @param {number} year */
export const ofYear = (days, year) => days.filter((d) => d.date.startsWith(year + '-'));

/** The years the calendar knows something of. @param {Holiday[]} days @returns {number[]} */
export const yearsOf = (days) => [...new Set(days.map((d) => Number(d.date.slice(0, 4))))].sort();

/**
 * The festivals of a year, in the order they are celebrated.
 * @param {Holiday[]} days @param {number} year @returns {Festival[]}
 */
export function festivals(days, year) {
  const inYear = ofYear(days, year).sort((a, b) => a.date.localeCompare(b.date));
  const names = [...new Set([...inYear.filter((d) => !d.work), ...inYear].map((d) => d.name))];
  return names.map((name) => ({
    name,
    off: ranges(inYear.filter((d) => d.name === name && !d.work).map((d) => d.date)),
    work: inYear.filter((d) => d.name === name && d.work).map((d) => d.date),
  }));
}

/**
 * The calendar with one festival of a year put in the place of another (null: none).
 * @param {Holiday[]} days @param {number} year @param {string} old its name before, '' for a new one
 * @param {Festival | null} next @returns {Holiday[]}
 */
export function putFestival(days, year, old, next) {
  const made = next ? [
    ...datesOf(next.off).map((date) => ({ date, name: next.name, work: false })),
    ...next.work.map((date) => ({ date, name: next.name, work: true })),
  ] : [];
  const taken = new Set(made.map((d) => d.date));
  const rest = days.filter((d) => !(d.name === old && d.date.startsWith(year + '-')) && !taken.has(d.date));
  return sorted([...rest, ...made]);
}

/** @param {Holiday[]} days */
export const sorted = (days) => [...days].sort((a, b) => a.date.localeCompare(b.date));

/**
 * The calendar with the years of another put in place of its own.
 * @param {Holiday[]} days @param {Holiday[]} other
 */
export function putYears(days, other) {
  const years = yearsOf(other);
  return sorted([...days.filter((d) => !years.includes(Number(d.date.slice(0, 4)))), ...other]);
}

/** @param {unknown} date */
const isDate = (date) => typeof date === 'string' && /^\d{4}-\d\d-\d\d$/.test(date)
  && !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().slice(0, 10) === date;

/**
 * Reads an exported calendar, or the same written by hand.
 * @param {string} text @returns {{ days: Holiday[], wrong: { code: 'json' | 'shape' | 'entry' | 'twice',
 *   n: number } | null }}
 */
export function readCalendar(text) {
  /** @param {'json' | 'shape' | 'entry' | 'twice'} code */
  const no = (code, n = 0) => ({ days: [], wrong: { code, n } });
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    return no('json');
  }
  const list = Array.isArray(data) ? data : data?.days;
  if (!Array.isArray(list) || !list.length) return no('shape');
  const bad = list.findIndex((d) => !isDate(d?.date) || typeof d.name !== 'string' || !d.name.trim()
    || !['boolean', 'undefined'].includes(typeof d.work));
  if (bad >= 0) return no('entry', bad + 1);
  const twice = list.findIndex((d, i) => list.findIndex((e) => e.date === d.date) < i);
  if (twice >= 0) return no('twice', twice + 1);
  return {
    days: sorted(list.map(({ date, name, work }) => ({ date, name: name.trim(), work: !!work }))),
    wrong: null,
  };
}
