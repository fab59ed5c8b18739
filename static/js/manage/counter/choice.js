// @ts-check
// What and when, for the person at the counter. The soonest free time is proposed already: Enter takes it.
import { html, Icon, remember, remembered, useEffect, useRef, useState, valueOf } from '../../lib/ui.js';
import { pick, t } from '../../lib/i18n.js';
import { api, ApiError } from '../../lib/api.js';
import { ErrorNote, fieldError } from '../../lib/errors.js';
import { Chips, Field, focusFirstError, Select } from '../../lib/forms.js';
import { useOnce } from '../../lib/once.js';
import { nearDate, timeRange } from '../../lib/words.js';
import { leastLeft, linesOf } from '../../resident/slots.js';
import { endOf, startOf } from '../../resident/span.js';
import { TimeFields } from '../../resident/time-fields.js';
import { SeatChoice } from '../../resident/seats.js';
import { PartyField, partyLimit } from '../../resident/party.js';
import { isTaken } from '../../resident/taken.js';
import { Key } from './keys.js';
import { Near } from './near.js';
import { bookable, offersOf, opensNow, running, spaceFirst } from './offers.js';

/** @typedef {import('../../types').Venue} Venue */
/** @typedef {import('../../types').Booking} Booking */
/** @typedef {import('../../types').Person} Person */
/** @typedef {import('../../types').Availability} Availability */
/** @typedef {import('../../types').Alternative} Alternative */
/** @typedef {import('../../resident/span.js').Span} Span */
/**
 * @typedef {{ venue: string, space: string, start: string, end: string, party: number, purpose?: string }} Wish
 */
/**
 * @typedef {object} Props
 * @property {Venue} venue
 * @property {Availability} availability
 * @property {Person} person
 * @property {boolean} focus whether Enter shall take the proposal at once
 * @property {(b: Booking, trouble?: unknown) => void} onMade trouble: it is booked, checking in went wrong
 * @property {() => void} onStale the availability shown is known to be out of date
 */

/** The fields that show their own errors. */
const own = ['date', 'start', 'end', 'party', 'purpose', 'space'];

/** Books, and checks in at once where that was asked. @param {Props} props */
function useBook({ person, onMade, onStale }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const send = useOnce();
  /** @param {Wish} request @param {boolean} enter */
  const book = async (request, enter) => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      /** @type {Booking} */
      const made = await send('/bookings', { ...request, for: person.id });
      const body = { venue: request.venue, number: made.number };
      if (!enter) onMade(made);
      else {
        await api('/check-ins', { method: 'POST', body })
          .then((/** @type {{ booking: Booking }} */ { booking }) => onMade(booking), (err) => onMade(made, err));
      }
    } catch (err) {
      setError(err);
      if (isTaken(err)) onStale();
    }
    setBusy(false);
  };
  return { busy, error, refuse: setError, book };
}

/** @param {Props} props */
export const Choice = (props) => {
  const { venue, availability, focus, onStale } = props;
  const [space, setSpace] = useState(() => spaceFirst(venue, availability, remembered('counter-space')));
  const offers = offersOf(venue, availability, space?.id ?? '');
  const [chosen, setSpan] = useState(/** @type {Span | null} */ (null));
  const [other, setOther] = useState(false);
  const [seat, setSeat] = useState(/** @type {string | null} */ (null));
  const [wanted, setWanted] = useState(1);
  const [purpose, setPurpose] = useState('');
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const { busy, error, refuse, book } = useBook(props);
  useEffect(() => { if (focus) form.current?.querySelector(/** @type {'button'} */ ('button.large'))?.focus(); }, []);
  if (!space) return html`<p class="notice">${t('venue.nothing')}</p>`;

  const lines = linesOf(availability, space.id);
  const span = chosen ?? offers[0] ?? { date: '', start: '', endDate: '', end: '' };
  const group = space.allocation === 'any_of';
  const left = leastLeft(lines.find((l) => l.date === span.date), span.start,
    span.endDate > span.date ? '24:00' : span.end);
  const limit = seat === null ? partyLimit(space, venue.rules, left) : 1;
  const party = Math.min(wanted, limit);
  const enter = opensNow(span, venue);
  const request = {
    venue: venue.id, space: seat || space.id, start: startOf(span), end: endOf(span), party,
    ...(purpose && { purpose }),
  };
  const submit = async (/** @type {Event} */ e, now = enter) => {
    e.preventDefault();
    if (seat === '') refuse(new ApiError(422, { code: 'seat_needed', field: 'space' }));
    else await book(request, now);
    focusFirstError(form.current);
  };
  const instead = (/** @type {Alternative} */ a) => book(
    { ...request, venue: a.venue, space: a.space, start: a.start, end: a.end }, false);
  const toSpace = (/** @type {string} */ id) => {
    remember('counter-space', id);
    setSpace(/** @type {any} */ (bookable(venue).find((s) => s.id === id)));
    setSpan(null);
    setSeat(null);
  };
  const toWhen = (/** @type {string} */ i) => {
    setOther(i === 'other');
    setSpan(i === 'other' ? span : offers[Number(i)]);
  };
  const at = offers.findIndex((o) => startOf(o) === startOf(span) && endOf(o) === endOf(span));
  const spaces = bookable(venue);
  return html`<form class="form card" ref=${form} onSubmit=${submit} noValidate aria-labelledby="choice">
    <h2 id="choice">${t('counter.choice')}</h2>
    ${isTaken(error) ? html`<${Near} error=${error} busy=${busy} onChoose=${instead} />`
      : html`<${ErrorNote} error=${error} skip=${own} />`}
    <p class="counter-proposal" aria-live="polite">${span.start
      ? html`<strong>${nearDate(startOf(span))} <span class="num">${timeRange(startOf(span), endOf(span))}</span>
        </strong><span>${pick(space.name)}${running(span, venue.zone) && ` · ${t('counter.running')}`}</span>`
      : t('counter.full')}</p>
    <div class="actions">
      <button class="large" disabled=${busy || !span.start}>${enter && html`<${Icon} name="circle-check" />`}
        ${t(busy ? 'book.sending' : enter ? 'counter.book.in' : 'counter.book')}<${Key}>Enter ↵</${Key}></button>
      ${enter && html`<button type="button" class="secondary large" id="only-book" disabled=${busy}
        onClick=${(/** @type {Event} */ e) => submit(e, false)}>${t('counter.book.only')}</button>`}
    </div>
    ${spaces.length > 1 && html`<${Select} label=${t('venue.space')} name="space" value=${space.id}
      options=${spaces.map((s) => [s.id, pick(s.name)])} onChange=${toSpace} />`}
    ${offers.length > 0 && html`<${Chips} legend=${t('counter.when')} name="when" value=${other ? 'other' : String(at)}
      onChange=${toWhen} options=${[...offers.map((o, i) => [String(i), html`${nearDate(startOf(o))}${' '}
        <span class="num">${timeRange(startOf(o), endOf(o))}</span>`]), ['other', t('counter.when.other')]]} />`}
    ${other && html`<${TimeFields} lines=${lines} step=${availability.step} venue=${venue} span=${span}
      error=${error} onChange=${setSpan} />`}
    ${group && span.start && html`<${SeatChoice} venue=${venue} group=${space} span=${span} seat=${seat}
      error=${fieldError(error, 'space')} onChange=${setSeat} />`}
    ${limit > 1 && html`<${PartyField} value=${party} max=${limit} error=${fieldError(error, 'party')}
      onChange=${setWanted} />`}
    ${space.type !== 'seat' && !group && html`<${Field} label=${t('book.purpose')} optional
      error=${fieldError(error, 'purpose')}>${(/** @type {any} */ a) => html`<input name="purpose" maxlength="200"
        value=${purpose} ...${a} onInput=${(/** @type {Event} */ e) => setPurpose(valueOf(e))} />`}</${Field}>`}
  </form>`;
};
