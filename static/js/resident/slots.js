// @ts-check
// Pure questions to an availability: which cells a week has, when one can start, until when one can stay.
// Times are 'HH:MM' of one date; an end may be '24:00'.
import { minutes, timeAt } from '../lib/dates.js';

/** @typedef {import('../types').Availability} Availability */
/** @typedef {import('../types').Rules} Rules */
/**
 * One day of one space. `ends` only of sessions and days: when each slot ends.
 * @typedef {{ date: string, slots: string[], ends?: string[], left: number[],
 *   day: import('../types').Day }} Line
 */
/** A cell of the week: the slot it would start at. @typedef {{ time: string, left: number }} Cell */

/** The space's own slots where its rules differ from its venue's. @param {Availability} availability
 * @param {string} space @returns {Line[]} */
export const linesOf = (availability, space) => availability.days.map((day) => {
  const own = (day.spaces ?? []).find((s) => s.id === space);
  const from = own?.slots ? own : day;
  return { date: day.date, slots: from.slots ?? [], ends: from.ends, left: own?.left ?? [], day };
});

/**
 * Rows of the week: each slot, or each hour where slots are shorter. A row is named by its earliest slot.
 * @param {Line[]} lines
 * @param {number} step
 */
export function rowsOf(lines, step) {
  /** @type {Map<string, string>} */
  const rows = new Map();
  for (const slot of lines.flatMap((l) => l.slots).sort()) {
    if (!rows.has(rowOf(slot, step))) rows.set(rowOf(slot, step), slot);
  }
  return [...rows.values()];
}

/** @param {string} slot @param {number} step */
const rowOf = (slot, step) => (step < 60 ? slot.slice(0, 2) : slot);

/**
 * What a row offers on a day: its first free slot; where none is free, how it is not: 0 full, -1 not to be
 * booked; null where the day has no such time.
 * @param {Line} line @param {string} row @param {number} step @returns {Cell | null}
 */
export function cellOf(line, row, step) {
  /** @type {Cell | null} */
  let cell = null;
  line.slots.forEach((time, i) => {
    if (rowOf(time, step) !== rowOf(row, step)) return;
    const left = line.left[i] ?? -1;
    if (!cell || (cell.left <= 0 && left > cell.left)) cell = { time, left };
  });
  return cell;
}

/**
 * The rows of a day without those at its beginning that cannot be had any more.
 * @param {string[]} rows @param {Line} line @param {number} step
 */
export function rowsAhead(rows, line, step) {
  const first = rows.findIndex((r) => (cellOf(line, r, step)?.left ?? -1) >= 0);
  return first < 0 ? rows : rows.slice(first);
}

/** When one can start. @param {Line | undefined} line */
export const startsOf = (line) => (line ? line.slots.filter((_, i) => line.left[i] > 0) : []);

/**
 * Until when one can stay from a start: to the end of a session; else along free slots without a gap, within
 * the shortest and longest allowed.
 * @param {Line | undefined} line
 * @param {string} start
 * @param {number} step
 * @param {Pick<Rules, 'shortest' | 'longest'>} rules
 */
export function endsOf(line, start, step, { shortest = 0, longest = 0 }) {
  const ends = [];
  const first = line?.slots.indexOf(start) ?? -1;
  if (!line || first < 0) return [];
  if (line.ends) return line.left[first] > 0 ? [line.ends[first]] : [];
  for (let i = first, next = minutes(start); i < line.slots.length; i++, next += step) {
    const long = next + step - minutes(start);
    if (minutes(line.slots[i]) !== next || line.left[i] <= 0 || (longest && long > longest)) break;
    if (long >= shortest) ends.push(timeAt(next + step));
  }
  return ends;
}

/**
 * How many can come for all of the time.
 * @param {Line | undefined} line
 * @param {string} start
 * @param {string} end
 */
export function leastLeft(line, start, end) {
  const left = line ? line.left.filter((_, i) => line.slots[i] >= start && line.slots[i] < end) : [];
  return left.length ? Math.min(...left) : 0;
}

/**
 * The end to propose: the one wished for, else two hours, else what is nearest to that.
 * @param {string[]} ends
 * @param {string} start
 * @param {string} [wanted]
 */
export function usualEnd(ends, start, wanted = '') {
  if (ends.includes(wanted)) return wanted;
  const aim = wanted > start ? minutes(wanted) : minutes(start) + 120;
  const off = (/** @type {string} */ end) => Math.abs(minutes(end) - aim);
  return ends.reduce((best, end) => (off(end) < off(best) ? end : best), ends[0] ?? '');
}
