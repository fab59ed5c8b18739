// @ts-check
// When a booking starts and ends, offering only what is free and allowed. Shared by booking and moving.
import { html } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { minutes } from '../lib/dates.js';
import { plainOptions, Select } from '../lib/forms.js';
import { fieldError } from '../lib/errors.js';
import { duration, optionDate } from '../lib/words.js';
import { dayState } from './days.js';
import { hasFree } from './week.js';
import { endsOf, startsOf, usualEnd } from './slots.js';
import { closings, endDates, openOn, spanNear } from './span.js';
import { isByDay } from './terms.js';
import { SessionChoice } from './sessions.js';

/** @typedef {import('./slots.js').Line} Line */
/** @typedef {import('./span.js').Span} Span */
/**
 * @typedef {{ lines: Line[], shape: import('./terms.js').Shape, venue: import('../types').Venue, span: Span,
 *   error: unknown, onChange: (span: Span) => void }} Props
 */

/** 90 -> "1.5 hours", to fit into a select on a phone. @param {number} total minutes */
function shortDuration(total) {
  return total < 60 || total % 30 ? duration(total) : t('dur.hours', { n: total / 60 });
}

/** @param {Props} props */
export const TimeFields = (props) => {
  if (isByDay(props.shape.book)) return html`<${DaySpan} ...${props} />`;
  return props.shape.times === 'sessions' ? html`<${SessionSpan} ...${props} />`
    : html`<${HourSpan} ...${props} />`;
};

/** @param {string[]} dates @returns {[string, string][]} */
const dated = (dates) => dates.map((d) => [d, optionDate(d)]);

/** Within one day. @param {Props} props */
const HourSpan = ({ lines, shape, venue, span, error, onChange }) => {
  const { step, book } = shape;
  const line = lines.find((l) => l.date === span.date);
  const days = lines.filter((l) => hasFree(l) || l.date === span.date).map((l) => l.date);
  const starts = startsOf(line).filter((s) => endsOf(line, s, step, book).length);
  const ends = endsOf(line, span.start, step, book);
  const length = (/** @type {string} */ end, start = span.start) => minutes(end) - minutes(start);
  const toDate = (/** @type {string} */ date) => onChange(spanNear(lines, { ...span, date }, shape, venue));
  const toStart = (/** @type {string} */ start) => {
    const options = endsOf(line, start, step, book);
    const same = options.find((end) => length(end, start) === length(span.end));
    onChange({ ...span, start, end: same ?? usualEnd(options, start) });
  };
  const toEnd = (/** @type {string} */ end) => onChange({ ...span, end });
  return html`
    <${Select} label=${t('book.date')} name="date" value=${span.date} options=${dated(days)}
      error=${fieldError(error, 'date')} onChange=${toDate} />
    ${!starts.length && html`<p class="field-error" role="alert">${t('move.none')}</p>`}
    <div class="form-row">
      <${Select} label=${t('book.start')} name="start" value=${span.start} options=${plainOptions(starts)}
        error=${fieldError(error, 'start')} onChange=${toStart} />
      <${Select} label=${t('book.end')} name="end" value=${span.end} error=${fieldError(error, 'end')}
        options=${ends.map((end) => [end, `${end} · ${shortDuration(length(end))}`])} onChange=${toEnd} />
    </div>`;
};

/** One of the sessions of a day. @param {Props} props */
const SessionSpan = ({ lines, shape, venue, span, error, onChange }) => {
  const days = lines.filter((l) => hasFree(l) || l.date === span.date).map((l) => l.date);
  const toDate = (/** @type {string} */ date) => onChange(spanNear(lines, { ...span, date }, shape, venue));
  return html`<${Select} label=${t('book.date')} name="date" value=${span.date} options=${dated(days)}
      error=${fieldError(error, 'date')} onChange=${toDate} />
    ${!span.start && html`<p class="field-error" role="alert">${t('move.none')}</p>`}
    <${SessionChoice} line=${lines.find((l) => l.date === span.date)} book=${shape.book} span=${span}
      error=${fieldError(error, 'start', 'end')} onChange=${onChange} />`;
};

/** From one day to another; where whole days are lent, without times. @param {Props} props */
const DaySpan = ({ lines, shape, venue, span, error, onChange }) => {
  const whole = shape.times === 'days';
  const line = lines.find((l) => l.date === span.date);
  const days = lines.filter((l) => dayState(l) === 'free' || l.date === span.date).map((l) => l.date);
  const timesOn = (/** @type {string} */ date) => closings(openOn(lines, date, venue), shape.step);
  const toDate = (/** @type {string} */ date) => onChange(spanNear(lines, { ...span, date }, shape, venue));
  const toStart = (/** @type {string} */ start) => onChange({ ...span, start });
  const toEndDate = (/** @type {string} */ endDate) => {
    const times = timesOn(endDate);
    const last = times[times.length - 1] ?? '';
    onChange({ ...span, endDate, end: !whole && times.includes(span.end) ? span.end : last });
  };
  const toEnd = (/** @type {string} */ end) => onChange({ ...span, end });
  return html`
    <div class="form-row">
      <${Select} label=${t('days.from')} name="date" value=${span.date} options=${dated(days)}
        error=${fieldError(error, 'date', 'start')} onChange=${toDate} />
      ${!whole && html`<${Select} label=${t('days.from.time')} name="start" value=${span.start}
        options=${plainOptions(startsOf(line))} onChange=${toStart} />`}
    </div>
    <div class="form-row">
      <${Select} label=${t('days.to')} name="end_date" value=${span.endDate}
        options=${dated(endDates(lines, span.date, shape.book, venue))} error=${fieldError(error, 'end')}
        onChange=${toEndDate} />
      ${!whole && html`<${Select} label=${t('days.to.time')} name="end" value=${span.end}
        options=${plainOptions(timesOn(span.endDate))} onChange=${toEnd} />`}
    </div>`;
};
