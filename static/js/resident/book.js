// @ts-check
// The booking dialog: time, seat, people, then one tap. Signing in happens inside it, so nothing chosen is
// lost; a lost race offers what is free near by, one tap each.
import { html, useRef, useState, valueOf } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { ApiError, query } from '../lib/api.js';
import { Dialog } from '../lib/dialog.js';
import { Field, focusFirstError } from '../lib/forms.js';
import { ErrorNote, fieldError } from '../lib/errors.js';
import { account, acting } from '../lib/session.js';
import { whenText } from '../lib/words.js';
import { leastLeft, linesOf } from './slots.js';
import { endOf, spanNear, startOf } from './span.js';
import { TimeFields } from './time-fields.js';
import { SeatChoice } from './seats.js';
import { PartyField, partyLimit } from './party.js';
import { isTaken, Taken } from './taken.js';
import { useReserve } from './reserve.js';
import { SignInForm } from './sign-in-form.js';
import { Whom } from './whom.js';

/** @typedef {import('../types').Venue} Venue */
/** @typedef {import('../types').Space} Space */
/** @typedef {import('../types').Availability} Availability */
/** @typedef {import('../types').Alternative} Alternative */
/** @typedef {{ date: string, start: string, end: string, people: number }} Picked */

/** The fields that show their own errors. */
const own = ['for', 'date', 'start', 'end', 'party', 'purpose', 'space'];

/**
 * @typedef {object} Props
 * @property {Venue} venue
 * @property {Space} space
 * @property {Availability} availability
 * @property {Picked} picked what was chosen on the way here
 * @property {() => void} onClose
 * @property {() => void} onStale the availability shown is known to be out of date
 */

/** @param {Props} props */
export const BookingDialog = ({ venue, space, availability, picked, onClose, onStale }) => {
  const { step } = availability;
  const lines = linesOf(availability, space.id);
  const [span, setSpan] = useState(() => spanNear(lines, picked, step, venue));
  const [seat, setSeat] = useState(/** @type {string | null} */ (null));
  const [wanted, setWanted] = useState(picked.people);
  const [purpose, setPurpose] = useState('');
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const { busy, error, refuse, signingIn, reserve, goOn } = useReserve(onStale);

  const group = space.allocation === 'any_of';
  const limit = seat === null ? partyLimit(space, venue.rules, left(lines, span)) : 1;
  const party = Math.min(wanted, limit);
  const whom = acting();
  const request = {
    ...(whom ? { for: whom.id } : {}), venue: venue.id, space: seat || space.id, start: startOf(span), end: endOf(span), party,
    ...(purpose ? { purpose } : {}),
  };
  const submit = async (/** @type {Event} */ e) => {
    e.preventDefault();
    if (seat === '') refuse(new ApiError(422, { code: 'seat_needed', field: 'space' }));
    else await reserve(request);
    focusFirstError(form.current);
  };
  const instead = (/** @type {Alternative} */ a) => (
    reserve({ ...request, venue: a.venue, space: a.space, start: a.start, end: a.end }));

  if (signingIn) {
    const back = `/venues/${venue.id}` + query({ // from another service, to this dialog with the same time
      space: space.id, date: span.date, from: span.start, to: span.end, people: wanted, book: 1,
    });
    return html`<${Dialog} title=${t('signin.title')} onClose=${onClose}>
      <p class="chosen">${pick(venue.name)} · ${whenText(startOf(span), endOf(span))}</p>
      <${SignInForm} why=${t('signin.why')} next=${back} onDone=${goOn} /></${Dialog}>`;
  }
  return html`<${Dialog} title=${t('book.title', { space: pick(space.name) })} onClose=${onClose}>
    <p class="chosen">${pick(venue.name)}</p>
    <form class="form" ref=${form} onSubmit=${submit} noValidate>
      <${Whom} venue=${venue} error=${fieldError(error, 'for')} />
      <${TimeFields} lines=${lines} step=${step} venue=${venue} span=${span} error=${error}
        onChange=${setSpan} />
      ${group && html`<${SeatChoice} venue=${venue} group=${space} span=${span} seat=${seat}
        error=${fieldError(error, 'space')} onChange=${setSeat} />`}
      ${limit > 1 && html`<${PartyField} value=${party} max=${limit} error=${fieldError(error, 'party')}
        onChange=${setWanted} />`}
      ${space.type !== 'seat' && !group && html`
        <${Purpose} value=${purpose} error=${error} onChange=${setPurpose} />`}
      ${isTaken(error) ? html`<${Taken} error=${error} busy=${busy} onChoose=${instead} />`
        : html`<${ErrorNote} error=${error} skip=${own} />`}
      <button class="large" disabled=${busy || !span.start}>${submitText(busy, whom?.name)}</button>
    </form></${Dialog}>`;
};

/**
 * How much is left for all of the time.
 * @param {import('./slots.js').Line[]} lines
 * @param {import('./span.js').Span} span
 */
const left = (lines, { date, start, endDate, end }) => (
  leastLeft(lines.find((l) => l.date === date), start, endDate > date ? '24:00' : end));

/** @param {boolean} busy @param {string} [name] whom it is for, if not oneself */
function submitText(busy, name) {
  if (busy) return t('book.sending');
  if (name) return t('book.submit.for', { name });
  return account() ? t('book.submit') : t('book.submit.signin');
}

/** @param {{ value: string, error: unknown, onChange: (text: string) => void }} props */
const Purpose = ({ value, error, onChange }) => html`
  <${Field} label=${t('book.purpose')} optional hint=${t('book.purpose.hint')}
    error=${fieldError(error, 'purpose')}>${(/** @type {any} */ a) => html`
    <input name="purpose" maxlength="200" value=${value} ...${a}
      onInput=${(/** @type {Event} */ e) => onChange(valueOf(e))} />`}</${Field}>`;
