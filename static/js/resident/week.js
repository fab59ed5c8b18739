// @ts-check
// A space's week as a table. On a phone one day of it is shown, chosen by tabs. One cell is in the tab order; arrow
// keys go to the next free cell.
import { cls, html, Icon, useState } from '../lib/ui.js';
import { lang, t } from '../lib/i18n.js';
import { addDays, format, today } from '../lib/dates.js';
import { dayName, longDate, shortDate } from '../lib/words.js';
import { reasonText } from '../lib/errors.js';
import { cellOf, rowsOf } from './slots.js';

/** @typedef {import('./slots.js').Line} Line */

/** @type {Record<string, [number, number]>} */
const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Goes to the nearest free cell in the direction of the key. @param {KeyboardEvent} e */
function moveInGrid(e) {
  const step = arrows[e.key];
  const cell = e.target instanceof Element && e.target.closest('td');
  if (!step || !cell) return;
  e.preventDefault();
  const table = /** @type {HTMLTableElement} */ (cell.closest('table'));
  let [r, c] = [/** @type {HTMLTableRowElement} */ (cell.parentElement).rowIndex, cell.cellIndex];
  for (;;) {
    r += step[0];
    c += step[1];
    const next = table.rows[r]?.cells[c];
    if (!next || c < 1) return;
    const button = next.querySelector('button');
    if (!button?.offsetParent) continue;
    table.querySelectorAll('td button').forEach((b) => b.setAttribute('tabindex', '-1'));
    button.setAttribute('tabindex', '0');
    button.focus();
    return;
  }
}

/** Why a day offers nothing, '' when it may. @param {Line} line */
function closedText({ day, date }) {
  if (day.open.length) return '';
  const reason = day.holiday || reasonText(day.reason || 'weekly');
  return t('week.closed', { date: longDate(date), reason });
}

/**
 * @param {{ lines: Line[], step: number, counted: boolean, selected: string, onSelect: (date: string) => void,
 *   onPick: (date: string, time: string) => void }} props counted: places left are numbers worth showing
 */
export const Week = ({ lines, step, counted, selected, onSelect, onPick }) => {
  const rows = rowsOf(lines, step);
  const at = Math.max(0, lines.findIndex((l) => l.date === selected));
  const shown = lines[at];
  const firstFree = rows.find((r) => (cellOf(shown, r, step)?.left ?? 0) > 0) ?? '';
  const tabStop = (/** @type {number} */ i, /** @type {string} */ r) => (i === at && r === firstFree ? 0 : -1);
  const closed = closedText(shown);
  return html`
    <div class="day-tabs" role="group" aria-label=${t('week.day')}>${lines.map((l) => html`
      <button type="button" key=${l.date} class=${hasFree(l) ? '' : 'none'} aria-pressed=${l.date === selected}
        onClick=${() => onSelect(l.date)}><span>${l.date === today() ? t('venue.today') : dayName(l.date)}</span>
        <strong>${format(l.date, lang.value, { day: 'numeric' }).replace('日', '')}</strong></button>`)}</div>
    ${closed ? html`<p class="notice day-note">${closed}</p>`
      : !hasFree(shown) && html`<p class="notice day-note">${t('week.dayfull', { date: longDate(shown.date) })}</p>`}
    ${rows.length > 0 && html`<table class="week" data-day=${at} onKeyDown=${moveInGrid}>
      <caption class="visually-hidden">${t('week.title')}</caption>
      <thead><tr><th scope="col"><span class="visually-hidden">${t('week.time')}</span></th>${lines.map((l, i) => html`
        <th scope="col" key=${l.date} class=${cls('d', 'd' + i, l.date === today() && 'is-today')}>
          ${dayName(l.date)}<br /><span>${shortDate(l.date)}</span></th>`)}</tr></thead>
      <tbody>${rows.map((r) => html`<tr key=${r}><th scope="row">${r}</th>${lines.map((l, i) => html`
        <${Slot} key=${l.date} line=${l} row=${r} step=${step} column=${'d d' + i} tab=${tabStop(i, r)}
          counted=${counted} onPick=${onPick} />`)}</tr>`)}</tbody>
    </table>`}`;
};

/** Whether anything can be booked that day. @param {Line} line */
export const hasFree = (line) => line.left.some((n) => n > 0);

/** @param {{ line: Line, row: string, step: number, column: string, tab: number, counted: boolean,
 *   onPick: (date: string, time: string) => void }} props */
const Slot = ({ line, row, step, column, tab, counted, onPick }) => {
  const cell = cellOf(line, row, step);
  if (!cell || cell.left < 0) return html`<td class=${column}><span class="slot off" aria-hidden="true">–</span>
    <span class="visually-hidden">${t('week.not')}</span></td>`;
  if (!cell.left) return html`<td class=${column}><span class="slot full">${t('week.full')}</span></td>`;
  const few = counted && cell.left <= 5;
  return html`<td class=${column}><button type="button" class=${few ? 'slot few' : 'slot'} tabindex=${tab}
    onClick=${() => onPick(line.date, cell.time)}><span class="visually-hidden">${longDate(line.date)} ${cell.time}${t('comma')}</span>
    ${counted ? t('week.left', { n: cell.left }) : t('week.free')}</button></td>`;
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
