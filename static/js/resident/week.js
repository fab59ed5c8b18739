// @ts-check
// A space's week as a table. Where there is room for one day only, tabs choose it and its rows are laid out
// as tiles; the roles written out keep it a table then. One cell is in the tab order; arrow keys go to the
// next free cell.
import { cls, html, Icon, useEffect, useState } from '../lib/ui.js';
import { lang, t } from '../lib/i18n.js';
import { addDays, format, today } from '../lib/dates.js';
import { longDate, shortDate } from '../lib/words.js';
import { reasonText } from '../lib/errors.js';
import { moveInGrid } from './grid.js';
import { cellOf, rowsAhead, rowsOf } from './slots.js';
import { walksIn } from './terms.js';

/** @typedef {import('./slots.js').Line} Line */

/** "Wed". @param {string} date */
const dayName = (date) => format(date, lang.value, { weekday: 'short' });

/** Why a day offers nothing. @param {Line} line @param {import('../types').Rules} book */
export function emptyText({ day, date }, book) {
  if (walksIn(book, day)) return t('week.walk_in', { date: longDate(date) });
  if (day.open.length) return t('week.dayfull', { date: longDate(date) });
  const reason = day.holiday || reasonText(day.reason || 'weekly');
  return t('week.closed', { date: longDate(date), reason });
}

/**
 * @param {{ lines: Line[], book: import('../types').Rules, step: number, counted: boolean, selected: string,
 *   onSelect: (date: string) => void, onPick: (date: string, time: string) => void }} props
 *   counted: how many places are left is worth showing
 */
export const Week = ({ lines, book, step, counted, selected, onSelect, onPick }) => {
  const narrow = useNarrow();
  const one = narrow || lines.length === 1;
  const shown = lines.find((l) => l.date === selected) ?? lines[0];
  const columns = one ? [shown] : lines;
  const all = rowsOf(columns, step);
  const rows = one && shown.date === today() ? rowsAhead(all, shown, step) : all;
  const firstFree = rows.find((r) => (cellOf(shown, r, step)?.left ?? 0) > 0) ?? '';
  const isTabStop = (/** @type {Line} */ l, /** @type {string} */ r) => l === shown && r === firstFree;
  const nothing = !columns.some(hasFree);
  return html`
    ${narrow && lines.length > 1 && html`
      <${DayTabs} lines=${lines} selected=${shown.date} onSelect=${onSelect} />`}
    ${nothing && html`<p class="notice">${one ? emptyText(shown, book) : t('week.none')}</p>`}
    ${!(nothing && one) && html`
      <table class=${one ? 'week one' : 'week'} role="table" onKeyDown=${moveInGrid}>
      <caption class="visually-hidden">${t('week.caption')}</caption>
      <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">
        <span class="visually-hidden">${t('week.time')}</span></th>${columns.map((l) => html`
        <th role="columnheader" scope="col" key=${l.date} class=${cls(l.date === today() && 'is-today')}>
          ${dayName(l.date)}<br /><span>${shortDate(l.date)}</span></th>`)}</tr></thead>
      <tbody role="rowgroup">${rows.map((r) => html`<tr role="row" key=${r}>
        <th role="rowheader" scope="row">${r}</th>
        ${columns.map((l) => html`<td role="cell" key=${l.date}><${Slot} line=${l} row=${r} step=${step}
          tab=${isTabStop(l, r) ? 0 : -1} counted=${counted} onPick=${onPick} /></td>`)}</tr>`)}</tbody>
    </table>`}`;
};

/** Whether there is room for one day only. */
function useNarrow() {
  const [query] = useState(() => matchMedia('(max-width: 44rem)'));
  const [is, set] = useState(query.matches);
  useEffect(() => {
    const change = () => set(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  return is;
}

/** @param {{ lines: Line[], selected: string, onSelect: (date: string) => void }} props */
export const DayTabs = ({ lines, selected, onSelect }) => html`
  <div class="day-tabs" role="group" aria-label=${t('week.day')}>${lines.map((l) => html`
    <button type="button" key=${l.date} class=${hasFree(l) ? '' : 'none'} aria-pressed=${l.date === selected}
      onClick=${() => onSelect(l.date)}>
      <span>${l.date === today() ? t('venue.today') : dayName(l.date)}</span>
      <strong>${Number(l.date.slice(8))}</strong></button>`)}</div>`;

/** Whether anything can be booked that day. @param {Line} line */
export const hasFree = (line) => line.left.some((n) => n > 0);

/** @param {{ line: Line, row: string, step: number, tab: number, counted: boolean,
 *   onPick: (date: string, time: string) => void }} props */
const Slot = ({ line, row, step, tab, counted, onPick }) => {
  const cell = cellOf(line, row, step);
  if (!cell || cell.left < 0) {
    return html`<span class="slot off"><span aria-hidden="true">–</span>
      <span class="visually-hidden">${t('week.not')}</span></span>`;
  }
  if (!cell.left) return html`<span class="slot full"><span>${t('week.full')}</span></span>`;
  const few = counted && cell.left <= 5;
  const time = cell.time === row ? '' : `${cell.time} `;
  return html`<button type="button" class=${cls('slot', few && 'few', time && 'timed')} tabindex=${tab}
    onClick=${() => onPick(line.date, cell.time)}>
    <span><span class="visually-hidden">${longDate(line.date)} ${time ? '' : cell.time} </span>
    ${time}${counted ? t('week.left', { n: cell.left }) : t('week.free')}</span></button>`;
};

/**
 * Turns the pages of the calendar.
 * @param {{ from: string, days: number, first: string, last: string, onTurn: (from: string) => void }} props
 */
export const WeekPager = ({ from, days, first, last, onTurn }) => {
  const next = addDays(from, days);
  return html`<div class="pager">
    <button type="button" class="secondary icon-only" aria-label=${t('week.prev')} disabled=${from <= first}
      onClick=${() => onTurn(addDays(from, -days))}><${Icon} name="chevron-left" /></button>
    <span role="status">${shortDate(from)} – ${shortDate(addDays(from, days - 1))}</span>
    <button type="button" class="secondary icon-only" aria-label=${t('week.next')} disabled=${next > last}
      onClick=${() => onTurn(next)}><${Icon} name="chevron-right" /></button></div>`;
};
