// @ts-check
// A year at a glance, as it hangs on a wall: days off and working weekends are marked with a word.
import { cls, html } from '../../lib/ui.js';
import { lang, t } from '../../lib/i18n.js';
import { addDays, format, monday, today } from '../../lib/dates.js';

/** @typedef {import('./calendar.js').Holiday} Holiday */

/** The weeks of a month, Monday first; days of its neighbours are ''. @param {string} first its first day */
function weeksOf(first) {
  const month = first.slice(0, 7);
  const weeks = [];
  for (let day = monday(first); day.slice(0, 7) <= month; day = addDays(day, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, i) => addDays(day, i)).map((d) =>
      (d.startsWith(month) ? d : '')));
  }
  return weeks;
}

const weekdays = /** @type {const} */ ([1, 2, 3, 4, 5, 6, 0]);

/** @param {{ year: number, days: Holiday[] }} props */
export const Year = ({ year, days }) => {
  const known = new Map(days.map((d) => [d.date, d]));
  return html`<div class="year">${Array.from({ length: 12 }, (_, m) => {
    const first = `${year}-${String(m + 1).padStart(2, '0')}-01`;
    return html`<table class="month" key=${first}><caption>${format(first, lang.value, { month: 'long' })}
    </caption>
      <thead><tr>${weekdays.map((d) => html`<th scope="col" key=${d}>
        <span class="visually-hidden">${t(`day.${d}`)}</span><span aria-hidden="true">
          ${t(`holidays.day.${d}`)}</span>
      </th>`)}</tr></thead>
      <tbody>${weeksOf(first).map((week, i) => html`<tr key=${i}>${week.map((d, j) => html`
        <${Day} key=${j} date=${d} holiday=${known.get(d)} />`)}</tr>`)}</tbody></table>`;
  })}</div>`;
};

/** @param {{ date: string, holiday?: Holiday }} props */
const Day = ({ date, holiday }) => {
  const kind = holiday && (holiday.work ? 'work' : 'off');
  return html`<td class=${cls(kind, date && date === today() && 'today')}>${date && Number(date.slice(8))}
    ${kind && html`<small>${t(`holidays.${kind}.mark`)}</small>
      <span class="visually-hidden">${holiday?.name}</span>`}</td>`;
};
