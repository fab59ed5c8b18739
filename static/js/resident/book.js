// @ts-check
// The booking dialog: time, seat, people, then one tap. Signing in happens inside it, so nothing chosen is lost; a lost
// race offers what is free near by, one tap each.
import { html, useRef, useState } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api, ApiError, newKey } from '../lib/api.js';
import { Dialog } from '../lib/dialog.js';
import { Field, focusFirstError } from '../lib/forms.js';
import { ErrorNote, fieldError } from '../lib/errors.js';
import { announce } from '../lib/shell.js';
import { go } from '../lib/router.js';
import { account, session, signedOut } from '../lib/session.js';
import { whenText } from '../lib/words.js';
import { leastLeft, linesOf } from './slots.js';
import { endOf, spanNear, startOf } from './span.js';
import { TimeFields } from './time-fields.js';
import { SeatChoice } from './seats.js';
import { PartyField, partyLimit } from './party.js';
import { isTaken, Taken } from './taken.js';
import { SignInForm } from './sign-in-form.js';

/** @typedef {import('../types').Venue} Venue */
/** @typedef {import('../types').Space} Space */
/** @typedef {import('../types').Booking} Booking */
/** @typedef {{ venue: string, space: string, start: string, end: string, party: number, purpose?: string }} Request */

/** The fields that show their own errors. */
const own = ['date', 'start', 'end', 'party', 'purpose', 'space'];

/**
 * Sends bookings: the same request again keeps its Idempotency-Key until it was answered, so that a double tap or a
 * retry on a bad network makes one booking.
 */
function useSender() {
  const last = useRef({ request: '', key: '' });
  return async (/** @type {Request} */ body) => {
    const request = JSON.stringify(body);
    if (last.current.request !== request) last.current = { request, key: newKey() };
    try {
      return /** @type {Booking} */ (await api('/bookings', { method: 'POST', body, key: last.current.key }));
    } catch (err) {
      if (err instanceof ApiError && !err.passing) last.current = { request: '', key: '' };
      throw err;
    }
  };
}

/**
 * @param {{ venue: Venue, space: Space, availability: import('../types').Availability,
 *   picked: { date: string, start: string, end: string, people: number }, onClose: () => void, onStale: () => void }} props
 *   onStale: the availability shown is known to be out of date
 */
export const BookingDialog = ({ venue, space, availability, picked, onClose, onStale }) => {
  const lines = linesOf(availability, space.id);
  const [span, setSpan] = useState(() => spanNear(lines, picked, availability.step, venue));
  const [seat, setSeat] = useState(/** @type {string | null} */ (null));
  const [party, setParty] = useState(picked.people);
  const [purpose, setPurpose] = useState('');
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const [busy, setBusy] = useState(false);
  const [signingIn, setSigningIn] = useState(false);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const send = useSender();
  const group = space.allocation === 'any_of';
  const line = lines.find((l) => l.date === span.date);
  const limit = seat === null ? partyLimit(space, venue.rules, leastLeft(line, span.start, span.endDate > span.date ? '24:00' : span.end)) : 1;
  const people = Math.min(party, limit);

  const book = async (/** @type {Request} */ request) => {
    if (busy) return;
    if (!account()) return setSigningIn(true);
    setBusy(true);
    setError(null);
    try {
      const made = await send(request);
      announce(t('book.done', { number: made.number }));
      go(`/bookings/${made.id}?new=1`);
    } catch (err) {
      if (signedOut(err)) setSigningIn(true);
      else setError(err);
      if (err instanceof ApiError && err.code === 'space_taken') onStale();
      focusFirstError(form.current);
    }
    setBusy(false);
  };
  const request = () => ({
    venue: venue.id, space: seat || space.id, start: startOf(span), end: endOf(span), party: people,
    ...(purpose ? { purpose } : {}),
  });
  const submit = (/** @type {Event} */ e) => {
    e.preventDefault();
    if (seat === '') setError(new ApiError(422, { code: 'seat_needed', field: 'space' }));
    else book(request());
    if (seat === '') focusFirstError(form.current);
  };
  const instead = (/** @type {import('../types').Alternative} */ a) => book({
    ...request(), venue: a.venue, space: a.space, start: a.start, end: a.end,
  });
  const signedIn = () => {
    setSigningIn(false);
    book(request());
  };
  const title = signingIn ? t('signin.title') : t('book.title', { space: pick(space.name) });
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <p class="chosen">${pick(venue.name)}${signingIn && ` · ${whenText(startOf(span), endOf(span))}`}</p>
    ${signingIn ? html`<${SignInForm} why=${t('signin.why')} onDone=${signedIn} />` : html`
    <form class="form" ref=${form} onSubmit=${submit} noValidate>
      <${TimeFields} lines=${lines} step=${availability.step} venue=${venue} span=${span} error=${error} onChange=${setSpan} />
      ${group && html`<${SeatChoice} venue=${venue} group=${space} span=${span} seat=${seat}
        error=${fieldError(error, 'space')} onChange=${setSeat} />`}
      ${limit > 1 && html`<${PartyField} value=${people} max=${limit} error=${fieldError(error, 'party')} onChange=${setParty} />`}
      ${space.type !== 'seat' && !group && html`<${Field} label=${t('book.purpose')} optional hint=${t('book.purpose.hint')}
        error=${fieldError(error, 'purpose')}>${(/** @type {any} */ a) => html`
        <input name="purpose" maxlength="200" value=${purpose} ...${a}
          onInput=${(/** @type {any} */ e) => setPurpose(e.target.value)} />`}</${Field}>`}
      ${isTaken(error) ? html`<${Taken} error=${error} busy=${busy} onChoose=${instead} />`
        : html`<${ErrorNote} error=${error} skip=${own} />`}
      <button class="large" disabled=${busy || !span.start}>${t(busy ? 'book.sending'
        : session.value?.account ? 'book.submit' : 'book.submit.signin')}</button>
    </form>`}</${Dialog}>`;
};
