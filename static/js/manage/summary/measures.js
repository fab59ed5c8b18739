// @ts-check
// The measures of utilization as people read them: hours and shares.
import { number } from '../../lib/i18n.js';

/**
 * As the API counts: the first five in unit-minutes (a seat for a minute), then bookings and people.
 * @typedef {object} Measures
 * @property {number} offered @property {number} booked @property {number} attended
 * @property {number} released
 * @property {number} reused @property {number} bookings @property {number} people @property {number} no_shows
 * @property {number} cancelled @property {number} walk_ins people who came in without booking
 * @property {number} full requests that found no place @property {number} refused by a rule
 */
/** @typedef {import('../../types').Text} Text */
/**
 * @typedef {object} Summary
 * @property {string} from @property {string} to @property {'day' | 'week' | 'month'} by
 * @property {Measures} total
 * @property {(Measures & { id: string, name: Text })[]} venues
 * @property {(Measures & { start: string })[]} periods
 * @property {string} [computed_at] when the newest of the figures were computed
 * @property {(Measures & { hour: number })[]} hours @property {(Measures & { group: string })[]} groups
 */

/** @param {number} minutes */
export const hours = (minutes) => minutes / 60;

/** Hours as text: whole ones from a hundred on. @param {number} minutes */
export const hoursWord = (minutes) => number(hours(minutes),
  { maximumFractionDigits: minutes < 6000 ? 1 : 0 });

/**
 * A share from 0 to 1, null where there is nothing to take a share of.
 * @param {number} part @param {number} of
 */
export const share = (part, of) => (of > 0 ? part / of : null);

/** @param {number} part @param {number} of */
export function percent(part, of) {
  const s = share(part, of);
  return s === null ? '–' : number(s, { style: 'percent', maximumFractionDigits: s < 0.1 ? 1 : 0 });
}

/** Whether anything at all was offered or booked. @param {Measures} m */
export const empty = (m) => m.offered === 0 && m.booked === 0 && m.bookings === 0 && m.cancelled === 0
  && m.walk_ins === 0 && m.full === 0 && m.refused === 0;

/** The hours of the day at which anything was offered. @param {Summary['hours']} list */
export const busyHours = (list) => {
  const used = list.filter((h) => h.offered > 0 || h.booked > 0);
  if (!used.length) return [];
  const [first, last] = [used[0].hour, used[used.length - 1].hour];
  return list.filter((h) => h.hour >= first && h.hour <= last);
};
