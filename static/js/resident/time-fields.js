// @ts-check
// When a booking starts and ends, offering only what is free and allowed. Shared by booking and moving.
import { html, valueOf } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { minutes } from '../lib/dates.js';
import { Field } from '../lib/forms.js';
import { fieldError } from '../lib/errors.js';
import { optionDate, shortDuration } from '../lib/words.js';
import { dayState, isByDay } from './days.js';
import { hasFree } from './week.js';
import { endsOf, startsOf, usualEnd } from './slots.js';
import { closings, endDates, openOn, spanNear } from './span.js';

/** @typedef {import('./slots.js').Line} Line */
/** @typedef {import('./span.js').Span} Span */
/**
 * @typedef {{ lines: Line[], step: number, venue: import('../types').Venue, span: Span, error: unknown,
 *   onChange: (span: Span) => void }} Props
 */

/** @param {Props} props */
export const TimeFields = (props) => (isByDay(props.venue.rules)
  ? html`<${DaySpan} ...${props} />` : html`<${HourSpan} ...${props} />`);

/**
 * A labelled select of times or dates.
 * @param {{ label: string, name: string, value: string, options: [value: string, text: string][], error: string,
 *   onChange: (value: string) => void }} props
 */
const Choice = ({ label, name, value, options, error, onChange }) => html`
  <${Field} label=${label} error=${error}>${(/** @type {any} */ a) => html`
    <select name=${name} ...${a} onChange=${(/** @type {Event} */ e) => onChange(valueOf(e))}>${options.map(([v, text]) => html`
      <option key=${v} value=${v} selected=${v === value}>${text}</option>`)}</select>`}</${Field}>`;

/** @param {string[]} values @returns {[string, string][]} */
const plain = (values) => values.map((v) => [v, v]);
/** @param {string[]} dates @returns {[string, string][]} */
const dated = (dates) => dates.map((d) => [d, optionDate(d)]);

/** Within one day. @param {Props} props */
const HourSpan = ({ lines, step, venue, span, error, onChange }) => {
  const { rules } = venue;
  const line = lines.find((l) => l.date === span.date);
  const starts = startsOf(line).filter((s) => endsOf(line, s, step, rules).length);
  const ends = endsOf(line, span.start, step, rules);
  const days = lines.filter((l) => hasFree(l) || l.date === span.date).map((l) => l.date);
  const toStart = (/** @type {string} */ start) => {
    const length = minutes(span.end) - minutes(span.start);
    const options = endsOf(line, start, step, rules);
    const same = options.find((e) => minutes(e) - minutes(start) === length);
    onChange({ ...span, start, end: same ?? usualEnd(options, start) });
  };
  const length = (/** @type {string} */ end) => shortDuration(minutes(end) - minutes(span.start));
  return html`
    <${Choice} label=${t('book.date')} name="date" value=${span.date} options=${dated(days)} error=${fieldError(error, 'date')}
      onChange=${(/** @type {string} */ date) => onChange(spanNear(lines, { ...span, date }, step, venue))} />
    ${!starts.length && html`<p class="field-error" role="alert">${t('move.none')}</p>`}
    <div class="form-row">
      <${Choice} label=${t('book.start')} name="start" value=${span.start} options=${plain(starts)}
        error=${fieldError(error, 'start')} onChange=${toStart} />
      <${Choice} label=${t('book.end')} name="end" value=${span.end} options=${ends.map((e) => [e, `${e} · ${length(e)}`])}
        error=${fieldError(error, 'end')} onChange=${(/** @type {string} */ end) => onChange({ ...span, end })} />
    </div>`;
};

/** From one day to another. @param {Props} props */
const DaySpan = ({ lines, step, venue, span, error, onChange }) => {
  const line = lines.find((l) => l.date === span.date);
  const days = lines.filter((l) => dayState(l) === 'free' || l.date === span.date).map((l) => l.date);
  const ends = closings(openOn(lines, span.endDate, venue), step);
  const toEndDate = (/** @type {string} */ endDate) => {
    const times = closings(openOn(lines, endDate, venue), step);
    onChange({ ...span, endDate, end: times.includes(span.end) ? span.end : times[times.length - 1] ?? '' });
  };
  return html`
    <div class="form-row">
      <${Choice} label=${t('days.from')} name="date" value=${span.date} options=${dated(days)} error=${fieldError(error, 'date', 'start')}
        onChange=${(/** @type {string} */ date) => onChange(spanNear(lines, { ...span, date }, step, venue))} />
      <${Choice} label=${t('days.from.time')} name="start" value=${span.start} options=${plain(startsOf(line))} error=""
        onChange=${(/** @type {string} */ start) => onChange({ ...span, start })} />
    </div>
    <div class="form-row">
      <${Choice} label=${t('days.to')} name="end_date" value=${span.endDate} options=${dated(endDates(lines, span.date, venue))}
        error=${fieldError(error, 'end')} onChange=${toEndDate} />
      <${Choice} label=${t('days.to.time')} name="end" value=${span.end} options=${plain(ends)} error=""
        onChange=${(/** @type {string} */ end) => onChange({ ...span, end })} />
    </div>`;
};
