// @ts-check
// The calendar of a space that is lent by the day, such as an exhibition panel: two weeks, a cell for each
// day.
import { cls, html } from '../lib/ui.js';
import { lang, t } from '../lib/i18n.js';
import { addDays, format, monday, today } from '../lib/dates.js';
import { longDate } from '../lib/words.js';
import { moveInGrid } from './grid.js';

/** @typedef {import('./slots.js').Line} Line */

/** How a day is: it can be had, somebody has it, or it cannot be booked. @param {Line | undefined} line */
export function dayState(line) {
  if (!line || !line.left.some((n) => n >= 0)) return 'not';
  return line.left.every((n) => n !== 0) && line.left.some((n) => n > 0) ? 'free' : 'full';
}

/** @param {{ lines: Line[], onPick: (date: string, time: string) => void }} props */
export const DayCalendar = ({ lines, onPick }) => {
  const first = lines.find((l) => dayState(l) === 'free');
  const from = monday(lines[0].date);
  const weeks = Math.ceil((lines.length + lines.findIndex((l) => l.date >= from) + 7) / 7);
  const week = (/** @type {number} */ w) => Array.from({ length: 7 }, (_, d) => addDays(from, w * 7 + d));
  const rows = Array.from({ length: weeks }, (_, w) => week(w))
    .filter((week) => week.some((date) => lines.some((l) => l.date === date)));
  return html`${!first && html`<p class="notice">${t('days.none')}</p>`}
    <table class="week days" onKeyDown=${moveInGrid}>
      <caption class="visually-hidden">${t('week.caption')}</caption>
      <thead><tr>${/** @type {const} */ ([1, 2, 3, 4, 5, 6, 0]).map((d) => html`
        <th scope="col" key=${d}>${t(`day.${d}`)}</th>`)}</tr></thead>
      <tbody>${rows.map((week) => html`<tr key=${week[0]}>${week.map((date) => html`<td key=${date}>
        <${Day} date=${date} line=${lines.find((l) => l.date === date)} tab=${date === first?.date ? 0 : -1}
          onPick=${onPick} />
      </td>`)}</tr>`)}</tbody></table>`;
};

/**
 * @param {{ date: string, line: Line | undefined, tab: number,
 *   onPick: (date: string, time: string) => void }} props
 */
const Day = ({ date, line, tab, onPick }) => {
  if (!line) return null;
  const state = dayState(line);
  const short = format(date, lang.value, { month: 'numeric', day: 'numeric' });
  const name = html`<span class=${cls('day-date', date === today() && 'is-today')}>${short}</span>`;
  if (state === 'not') {
    return html`<span class="slot off">${name}<span aria-hidden="true">–</span>
      <span class="visually-hidden">${t('week.not')}</span></span>`;
  }
  if (state === 'full') return html`<span class="slot full">${name}<span>${t('week.full')}</span></span>`;
  return html`<button type="button" class="slot" tabindex=${tab}
    aria-label=${`${longDate(date)} ${t('week.free')}`}
    onClick=${() => onPick(date, line.slots[0])}>${name}<span>${t('week.free')}</span></button>`;
};
