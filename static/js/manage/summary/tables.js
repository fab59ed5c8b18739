// @ts-check
// The figures as tables: for screen readers, for copying, and for everybody who wants the exact number.
import { html } from '../../lib/ui.js';
import { number, t } from '../../lib/i18n.js';
import { hoursWord, percent } from './measures.js';

/** @typedef {import('./measures.js').Measures} Measures */
/** @typedef {{ key: string, name: any, m: Measures }} Line */

/** @type {[key: import('../../lib/i18n.js').Key, value: (m: Measures) => string][]} */
const full = [
  ['summary.offered', (m) => hoursWord(m.offered)],
  ['summary.booked', (m) => hoursWord(m.booked)],
  ['summary.attended', (m) => hoursWord(m.attended)],
  ['summary.rate.booked', (m) => percent(m.booked, m.offered)],
  ['summary.rate.attended', (m) => percent(m.attended, m.booked)],
  ['summary.bookings', (m) => number(m.bookings)],
  ['summary.people', (m) => number(m.people)],
  ['summary.no_shows', (m) => number(m.no_shows)],
  ['summary.cancelled', (m) => number(m.cancelled)],
  ['summary.walk_ins', (m) => number(m.walk_ins)],
  ['summary.full', (m) => number(m.full)],
  ['summary.refused', (m) => number(m.refused)],
];
const brief = full.slice(0, 5);
/** Groups are not offered hours of their own, and what was refused is not told by group. */
const grouped = full.filter(([key]) => !['summary.offered', 'summary.rate.booked', 'summary.full',
  'summary.refused'].includes(key));

/**
 * @param {{ caption: string, head: string, lines: Line[], total?: Measures, columns: 'full' | 'brief' |
 *   'grouped' }} props
 */
export const MeasureTable = ({ caption, head, lines, total, columns }) => {
  const cols = { full, brief, grouped }[columns];
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
    <table class="plain measures">
    <caption class="visually-hidden">${caption}</caption>
    <thead><tr><th scope="col">${head}</th>${cols.map(([key]) => html`<th scope="col" class="num" key=${key}>
      ${t(key)}</th>`)}</tr></thead>
    <tbody>${lines.map(({ key, name, m }) => html`<tr key=${key}><th scope="row">${name}</th>
      ${cols.map(([k, value]) => html`
      <td class="num" key=${k}>${value(m)}</td>`)}</tr>`)}</tbody>
    ${total && html`<tfoot><tr><th scope="row">${t('summary.total')}</th>${cols.map(([k, value]) => html`
      <td class="num" key=${k}>${value(total)}</td>`)}</tr></tfoot>`}
  </table></div>`;
};
