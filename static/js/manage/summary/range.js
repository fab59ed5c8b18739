// @ts-check
// The stretches of time people ask about. Pure functions of today.
import { addDays, daysBetween, monday } from '../../lib/dates.js';

/** @typedef {'week' | 'last_week' | 'month' | 'last_month' | 'year'} Preset */
/** @typedef {{ from: string, to: string, by: 'day' | 'week' | 'month' }} Range both dates included */

export const presets = /** @type {Preset[]} */ (['week', 'last_week', 'month', 'last_month', 'year']);

/** The day before the first of the month. @param {string} date */
const endOfLastMonth = (date) => addDays(date.slice(0, 8) + '01', -1);

/**
 * The period a preset names; the present week, month and year end today.
 * @param {Preset} preset @param {string} today @returns {Range}
 */
export function rangeOf(preset, today) {
  const lastWeek = addDays(monday(today), -7);
  const lastMonth = endOfLastMonth(today);
  switch (preset) {
    case 'week': return { from: monday(today), to: today, by: 'day' };
    case 'last_week': return { from: lastWeek, to: addDays(lastWeek, 6), by: 'day' };
    case 'month': return { from: today.slice(0, 8) + '01', to: today, by: 'day' };
    case 'last_month': return { from: lastMonth.slice(0, 8) + '01', to: lastMonth, by: 'day' };
    default: return { from: today.slice(0, 5) + '01-01', to: today, by: 'month' };
  }
}

/**
 * The preset that means exactly this stretch, '' for none.
 * @param {string} from @param {string} to @param {string} today
 */
export const presetOf = (from, to, today) => presets.find((p) => {
  const r = rangeOf(p, today);
  return r.from === from && r.to === to;
}) ?? '';

/**
 * Steps that make a readable number of bars.
 * @param {string} from @param {string} to @returns {Range['by']}
 */
export function stepFor(from, to) {
  const days = daysBetween(from, to) + 1;
  return days <= 45 ? 'day' : days <= 200 ? 'week' : 'month';
}
