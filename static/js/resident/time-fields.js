// @ts-check
// Date, start and end of a booking, offering only what is free and allowed. Shared by booking and moving.
import { html, valueOf } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { minutes } from '../lib/dates.js';
import { Field } from '../lib/forms.js';
import { fieldError } from '../lib/errors.js';
import { optionDate, shortDuration } from '../lib/words.js';
import { hasFree } from './week.js';
import { endsOf, startsOf, usualEnd } from './slots.js';

/** @typedef {import('./slots.js').Line} Line */
/** @typedef {import('../types').Rules} Rules */
/** @typedef {{ date: string, start: string, end: string }} Span */

/**
 * A span that can be had, as near to the wish as the day allows; empty times where the day offers nothing.
 * @param {Line[]} lines @param {Partial<Span>} wish @param {number} step @param {Rules} rules @returns {Span}
 */
export function spanNear(lines, wish, step, rules) {
  const line = lines.find((l) => l.date === wish.date && hasFree(l)) ?? lines.find(hasFree);
  const starts = startsOf(line).filter((s) => endsOf(line, s, step, rules).length);
  const start = starts.find((s) => s >= (wish.start ?? '')) ?? starts[starts.length - 1] ?? '';
  const end = usualEnd(endsOf(line, start, step, rules), start, wish.end);
  return { date: line?.date ?? wish.date ?? '', start, end };
}

/**
 * @param {{ lines: Line[], step: number, rules: Rules, span: Span, error: unknown,
 *   onChange: (span: Span) => void }} props
 */
export const TimeFields = ({ lines, step, rules, span, error, onChange }) => {
  const line = lines.find((l) => l.date === span.date);
  const starts = startsOf(line).filter((s) => endsOf(line, s, step, rules).length);
  const ends = endsOf(line, span.start, step, rules);
  const days = lines.filter((l) => hasFree(l) || l.date === span.date);
  const toDate = (/** @type {string} */ date) => onChange(spanNear(lines, { ...span, date }, step, rules));
  const toStart = (/** @type {string} */ start) => {
    const length = minutes(span.end) - minutes(span.start);
    const options = endsOf(line, start, step, rules);
    const same = options.find((e) => minutes(e) - minutes(start) === length);
    onChange({ ...span, start, end: same ?? usualEnd(options, start) });
  };
  const length = (/** @type {string} */ end) => shortDuration(minutes(end) - minutes(span.start));
  return html`
    <${Field} label=${t('book.date')} error=${fieldError(error, 'date')}>${(/** @type {any} */ a) => html`
      <select name="date" ...${a} onChange=${(/** @type {Event} */ e) => toDate(valueOf(e))}>${days.map((l) => html`
        <option value=${l.date} selected=${l.date === span.date}>${optionDate(l.date)}</option>`)}</select>`}</${Field}>
    ${!starts.length && html`<p class="field-error" role="alert">${t('move.none')}</p>`}
    <div class="form-row">
      <${Field} label=${t('book.start')} error=${fieldError(error, 'start')}>${(/** @type {any} */ a) => html`
        <select name="start" ...${a} onChange=${(/** @type {Event} */ e) => toStart(valueOf(e))}>${starts.map((s) => html`
          <option value=${s} selected=${s === span.start}>${s}</option>`)}</select>`}</${Field}>
      <${Field} label=${t('book.end')} error=${fieldError(error, 'end')}>${(/** @type {any} */ a) => html`
        <select name="end" ...${a} onChange=${(/** @type {Event} */ e) => onChange({ ...span, end: valueOf(e) })}>
          ${ends.map((x) => html`<option value=${x} selected=${x === span.end}>${x} · ${length(x)}</option>`)}
        </select>`}</${Field}>
    </div>`;
};
