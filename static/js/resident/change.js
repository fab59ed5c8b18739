// @ts-check
// Moving and cancelling a booking.
import { html, Icon, useRef, useState, valueOf } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api, newKey, query } from '../lib/api.js';
import { addDays, dateOf, daysBetween, now, timeOf, today } from '../lib/dates.js';
import { Confirm, Dialog } from '../lib/dialog.js';
import { Field, focusFirstError } from '../lib/forms.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { momentText, whenText } from '../lib/words.js';
import { isTaken, Taken } from './taken.js';
import { linesOf } from './slots.js';
import { endOf, spanNear, startOf } from './span.js';
import { TimeFields } from './time-fields.js';
import { bookOf, daysAhead, shapeOf } from './terms.js';

/** @typedef {import('../types').Booking} Booking */
/** @typedef {import('../types').Venue} Venue */
/** @typedef {import('../types').Availability} Availability */
/** @typedef {import('../types').Alternative} Alternative */
/** @typedef {'move.done' | 'cancel.done'} Done */
/** @typedef {{ booking: Booking, onDone: (b: Booking, text: Done) => void, onClose: () => void }} Props */

/** Whether cancelling now counts as not having come. @param {Booking} b */
const isMiss = (b) => b.late_cancel === 'miss' && now() > b.cancel_until.slice(0, 16);

/** @param {Props} props */
export const CancelDialog = ({ booking, onDone, onClose }) => {
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const cancel = async () => {
    setBusy(true);
    setError(null);
    try {
      const path = `/bookings/${booking.id}/cancellation`;
      onDone(await api(path, { method: 'POST', body: { reason } }), 'cancel.done');
    } catch (err) {
      setError(err);
      setBusy(false);
    }
  };
  const when = whenText(booking.start, booking.end);
  return html`<${Confirm} title=${t('cancel.title')} text=${when} yes=${t('cancel.yes')} no=${t('cancel.no')}
    danger busy=${busy} onYes=${cancel} onClose=${onClose}>
    <div class="form"><p>${t('cancel.text')}</p>
    ${isMiss(booking) && html`<div class="notice warn"><${Icon} name="triangle-alert" />
      <p>${t('cancel.miss', { until: momentText(booking.cancel_until) })}</p></div>`}
    <${Field} label=${t('cancel.reason')} optional>${(/** @type {any} */ a) => html`
      <input name="reason" maxlength="200" value=${reason} ...${a}
        onInput=${(/** @type {Event} */ e) => setReason(valueOf(e))} />`}</${Field}>
    <${ErrorNote} error=${error} /></div></${Confirm}>`;
};

/**
 * The venue and its free times from today, as far as they can be booked.
 * @param {Booking} b
 * @param {AbortSignal} signal
 */
async function choices(b, signal) {
  /** @type {Venue} */
  const venue = await api(`/venues/${b.venue.id}`, { signal });
  const all = daysAhead(bookOf(venue, venue.spaces.find((s) => s.id === b.space.id))) + 1;
  const days = Math.min(14, all);
  const first = today(venue.zone);
  const ahead = daysBetween(first, dateOf(b.start)) - 3; // some days before the one it is on now
  const from = addDays(first, Math.max(0, Math.min(ahead, all - days)));
  const asked = query({ from, days, space: b.space.id });
  /** @type {Availability} */
  const availability = await api(`/venues/${venue.id}/availability${asked}`, { signal });
  return { venue, availability };
}

/** @param {Props} props */
export const MoveDialog = (props) => {
  const { data, error, reload } = useLoad((signal) => choices(props.booking, signal), [props.booking.id]);
  return html`<${Dialog} title=${t('move.title')} onClose=${props.onClose}>
    <p class="chosen">${t('move.now', { when: whenText(props.booking.start, props.booking.end) })}</p>
    <${ErrorNote} error=${error} retry=${reload} />
    ${data && html`<${MoveForm} ...${props} ...${data} />`}
    ${!data && !error && html`<p class="loading">${t('loading')}</p>`}
  </${Dialog}>`;
};

/** When a booking is now. @param {Booking} b */
const spanOf = ({ start, end }) => (
  { date: dateOf(start), start: timeOf(start), endDate: dateOf(end), end: timeOf(end) });

/** @param {Props & { venue: Venue, availability: Availability }} props */
const MoveForm = ({ booking, venue, availability, onDone }) => {
  const lines = linesOf(availability, booking.space.id);
  const space = venue.spaces.find((s) => s.id === booking.space.id) ?? venue.spaces[0];
  const shape = shapeOf(availability, venue, space);
  const [span, setSpan] = useState(() => spanNear(lines, spanOf(booking), shape, venue));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const move = async (/** @type {{ start: string, end: string, space?: string }} */ to) => {
    setBusy(true);
    setError(null);
    try {
      const path = `/bookings/${booking.id}/moves`;
      onDone(await api(path, { method: 'POST', body: to, key: newKey() }), 'move.done');
    } catch (err) {
      setError(err);
      setBusy(false);
      focusFirstError(form.current);
    }
  };
  const submit = (/** @type {Event} */ e) => {
    e.preventDefault();
    move({ start: startOf(span), end: endOf(span) });
  };
  const instead = (/** @type {Alternative} */ a) => move({ start: a.start, end: a.end, space: a.space });
  return html`<form class="form" ref=${form} onSubmit=${submit} noValidate>
    <${TimeFields} lines=${lines} shape=${shape} venue=${venue} span=${span} error=${error}
      onChange=${setSpan} />
    ${isTaken(error) ? html`<${Taken} error=${error} busy=${busy} onChoose=${instead} />`
      : html`<${ErrorNote} error=${error} skip=${['date', 'start', 'end']} />`}
    <button class="large" disabled=${busy || !span.start}>${t('move.yes')}</button></form>`;
};
