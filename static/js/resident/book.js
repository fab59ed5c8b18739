// @ts-check
// The booking dialog: time, seat, people, then one tap. Signing in happens inside it, so nothing chosen is
// lost; a lost race offers what is free near by, one tap each.
import { html, useRef, useState } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { ApiError, query } from '../lib/api.js';
import { Dialog } from '../lib/dialog.js';
import { focusFirstError } from '../lib/forms.js';
import { ErrorNote, fieldError } from '../lib/errors.js';
import { account, acting, booksFor } from '../lib/session.js';
import { whenText } from '../lib/words.js';
import { leastLeft, linesOf } from './slots.js';
import { endOf, spanNear, startOf } from './span.js';
import { TimeFields } from './time-fields.js';
import { SeatChoice } from './seats.js';
import { PartyField, partySize } from './party.js';
import { asksWhoComes, companionsOf, joinable, needsParent } from './along.js';
import { Along, LetterField, MoreSpaces, Purpose } from './extras.js';
import { shapeOf } from './terms.js';
import { isTaken, Taken } from './taken.js';
import { useReserve } from './reserve.js';
import { SignInForm } from './sign-in-form.js';
import { Whom } from './whom.js';
import { useYears, YearFields, yearless } from './years.js';

/** @typedef {import('../types').Venue} Venue */
/** @typedef {import('../types').Space} Space */
/** @typedef {import('../types').Availability} Availability */
/** @typedef {import('../types').Alternative} Alternative */
/** @typedef {{ date: string, start: string, end: string, people: number }} Picked */

/** The fields that show their own errors. */
const own = ['for', 'date', 'start', 'end', 'party', 'purpose', 'space', 'with', 'also', 'letter',
  'birth_year'];

/**
 * @typedef {object} Props
 * @property {Venue} venue
 * @property {Space} space
 * @property {Availability} availability
 * @property {Picked} picked what was chosen on the way here
 * @property {() => void} onClose
 * @property {() => void} onStale the availability shown is known to be out of date
 */

/** The parts of a booking while it is chosen. @param {Props} props */
function useWish({ venue, space, availability, picked }) {
  const lines = linesOf(availability, space.id);
  const shape = shapeOf(availability, venue, space);
  const { book } = shape;
  const [span, setSpan] = useState(() => spanNear(lines, picked, shape, venue));
  const must = space.allocation === 'any_of' && book.assignment === 'chosen';
  const [seat, setSeat] = useState(/** @type {string | null} */ (must ? '' : null));
  const [wanted, setWanted] = useState(picked.people);
  const [purpose, setPurpose] = useState('');
  const [accepted, setAccepted] = useState(false);
  const [along, setAlong] = useState(/** @type {string[] | null} */ (null)); // null: as the rules need
  const [more, setMore] = useState(/** @type {string[]} */ ([]));

  const whom = acting();
  const people = asksWhoComes(book) ? companionsOf(account(), booksFor(), whom) : [];
  const needed = needsParent(book, whom, span.date) ? people.slice(0, 1).map((p) => p.id) : [];
  const coming = (along ?? needed).filter((id) => people.some((p) => p.id === id));
  const rooms = joinable(venue, space, availability, span);
  const also = more.filter((id) => rooms.some((s) => s.id === id));
  const all = [space, ...rooms.filter((s) => also.includes(s.id))];
  const size = seat === null ? partySize(all, book, left(lines, span), whom?.kind === 'organization')
    : { min: 1, max: 1 };
  const party = Math.max(Math.min(Math.max(wanted, size.min, 1 + coming.length), size.max), 1);
  const request = {
    ...(whom ? { for: whom.id } : {}), venue: venue.id, space: seat || space.id, start: startOf(span),
    end: endOf(span), party, ...(purpose ? { purpose } : {}), ...(coming.length ? { with: coming } : {}),
    ...(also.length ? { also } : {}), ...(accepted && book.letter ? { letter: book.letter.version } : {}),
  };
  return {
    lines, shape, book, span, setSpan, seat, setSeat, party, setWanted, size, purpose, setPurpose, accepted,
    setAccepted, people, coming, setAlong, rooms, also, setMore, whom, request,
  };
}

/** @param {Props} props */
export const BookingDialog = (props) => {
  const { venue, space, onClose } = props;
  const w = useWish(props);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const { busy, error, refuse, signingIn, reserve, goOn } = useReserve(
    props.onStale, () => yearless(w.book, []).length > 0);
  const years = useYears();
  const unknown = yearless(w.book, w.coming);
  const submit = async (/** @type {Event} */ e) => {
    e.preventDefault();
    if (w.seat === '') refuse(new ApiError(422, { code: 'seat_needed', field: 'space' }));
    else await reserve(w.request, () => years.save(unknown));
    focusFirstError(form.current);
  };
  const instead = (/** @type {Alternative} */ a) => (
    reserve({ ...w.request, also: undefined, venue: a.venue, space: a.space, start: a.start, end: a.end }));

  if (signingIn) {
    const back = `/venues/${venue.id}` + query({ // from another service, to this dialog with the same time
      space: space.id, date: w.span.date, from: w.span.start, to: w.span.end, people: w.party, book: 1,
    });
    return html`<${Dialog} title=${t('signin.title')} onClose=${onClose}>
      <p class="chosen">${pick(venue.name)} · ${whenText(startOf(w.span), endOf(w.span))}</p>
      <${SignInForm} why=${t('signin.why')} next=${back} onDone=${goOn} /></${Dialog}>`;
  }
  return html`<${Dialog} title=${t('book.title', { space: pick(space.name) })} onClose=${onClose}>
    <p class="chosen">${pick(venue.name)}</p>
    <form class="form" ref=${form} onSubmit=${submit} noValidate>
      <${Whom} book=${w.book} error=${fieldError(error, 'for')} />
      <${YearFields} people=${unknown} years=${years} error=${error} />
      <${TimeFields} lines=${w.lines} shape=${w.shape} venue=${venue} span=${w.span} error=${error}
        onChange=${w.setSpan} />
      <${Wishes} w=${w} venue=${venue} space=${space} error=${error} />
      ${isTaken(error) ? html`<${Taken} error=${error} busy=${busy} onChoose=${instead} />`
        : html`<${Refusal} error=${error} skip=${own} />`}
      <button class="large" disabled=${busy || !w.span.start}>${submitText(busy, w.whom?.name)}</button>
    </form></${Dialog}>`;
};

/**
 * What is asked beside whom and when: only what the rules and the space leave open.
 * @param {{ w: ReturnType<typeof useWish>, venue: Venue, space: Space, error: unknown }} props
 */
const Wishes = ({ w, venue, space, error }) => {
  const { book, size } = w;
  const group = space.allocation === 'any_of';
  const says = book.purpose_required || (space.type !== 'seat' && !group);
  return html`
    ${group && html`<${SeatChoice} venue=${venue} group=${space} span=${w.span} seat=${w.seat}
      assignment=${book.assignment} error=${fieldError(error, 'space')} onChange=${w.setSeat} />`}
    ${w.rooms.length > 0 && html`<${MoreSpaces} spaces=${w.rooms} most=${(book.spaces_max ?? 1) - 1}
      chosen=${w.also} error=${fieldError(error, 'also')} onChange=${w.setMore} />`}
    ${w.people.length > 0 && html`<${Along} people=${w.people} book=${book}
      chosen=${w.coming} error=${fieldError(error, 'with')} onChange=${w.setAlong} />`}
    ${size.max > 1 && html`<${PartyField} value=${w.party} min=${Math.max(size.min, 1 + w.coming.length)}
      max=${size.max} error=${fieldError(error, 'party')} onChange=${w.setWanted} />`}
    ${says && html`<${Purpose} value=${w.purpose} required=${Boolean(book.purpose_required)}
      error=${fieldError(error, 'purpose')} onChange=${w.setPurpose} />`}
    ${book.letter && html`<${LetterField} letter=${book.letter} accepted=${w.accepted}
      error=${fieldError(error, 'letter')} onChange=${w.setAccepted} />`}`;
};

/**
 * A refusal that no field shows; who is suspended finds out why.
 * @param {{ error: unknown, skip: string[] }} props
 */
const Refusal = ({ error, skip }) => html`<${ErrorNote} error=${error} skip=${skip} />
  ${error instanceof ApiError && error.code.startsWith('rule_suspended')
    && html`<p><a href="/standing">${t('book.standing')}</a></p>`}`;

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
