// @ts-check
// What and when, for the person at the counter. The soonest free time is proposed already: Enter takes it.
import { html, Icon, remember, remembered, useEffect, useRef, useState } from '../../lib/ui.js';
import { pick, t } from '../../lib/i18n.js';
import { api, ApiError } from '../../lib/api.js';
import { ErrorNote, fieldError } from '../../lib/errors.js';
import { focusFirstError, Select } from '../../lib/forms.js';
import { useOnce } from '../../lib/once.js';
import { leastLeft, linesOf } from '../../resident/slots.js';
import { endOf, startOf } from '../../resident/span.js';
import { SeatChoice } from '../../resident/seats.js';
import { PartyField, partySize } from '../../resident/party.js';
import { LetterField, Purpose } from '../../resident/extras.js';
import { bookOf } from '../../resident/terms.js';
import { isTaken } from '../../resident/taken.js';
import { asksAges, useYears, YearFields } from '../../resident/years.js';
import { Key } from './keys.js';
import { Near } from './near.js';
import { bookable, offersOf, opensNow, spaceFirst } from './offers.js';
import { Proposal, When } from './when.js';

/** @typedef {import('../../types').Venue} Venue */
/** @typedef {import('../../types').Booking} Booking */
/** @typedef {import('../../types').Space} Space */
/** @typedef {import('../../types').Person} Person */
/** @typedef {import('../../types').Availability} Availability */
/** @typedef {import('../../types').Alternative} Alternative */
/** @typedef {import('../../resident/span.js').Span} Span */
/**
 * @typedef {{ venue: string, space: string, start: string, end: string, party: number, purpose?: string,
 *   letter?: number }}
 *   Wish
 */
/**
 * @typedef {object} Props
 * @property {Venue} venue
 * @property {Availability} availability
 * @property {Person} person
 * @property {boolean} focus whether Enter shall take the proposal at once
 * @property {(b: Booking, trouble?: unknown) => void} onMade trouble: it is booked, checking in went wrong
 * @property {(p: Person) => void} onPerson more is known of them
 * @property {() => void} onStale the availability shown is known to be out of date
 */

/** Books, and checks in at once where that was asked. @param {Props} props */
function useBook({ person, onMade, onStale }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const send = useOnce();
  const enter = async (/** @type {Booking} */ made) => {
    try {
      const body = { venue: made.venue.id, number: made.number };
      onMade((await api('/check-ins', { method: 'POST', body })).booking);
    } catch (err) {
      onMade(made, err); // it is booked all the same
    }
  };
  /**
   * @param {Wish} wish @param {boolean} now whether they come in at once
   * @param {() => Promise<void>} [before] what has to be kept before
   */
  const book = async (wish, now, before) => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await before?.();
      /** @type {Booking} */
      const made = await send('/bookings', { ...wish, for: person.id });
      if (now) await enter(made);
      else onMade(made);
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
  const { venue, availability, person, focus } = props;
  const [space, setSpace] = useState(() => spaceFirst(venue, availability, remembered('counter-space')));
  const [chosen, setSpan] = useState(/** @type {Span | null} */ (null));
  const [picked, setSeat] = useState(/** @type {string | null} */ (null));
  const [people, setPeople] = useState(1);
  const [purpose, setPurpose] = useState('');
  const [accepted, setAccepted] = useState(false);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const { busy, error, refuse, book } = useBook(props);
  const years = useYears(async ({ id }, year) => props.onPerson(
    await api(`/people/${id}`, { method: 'PATCH', body: { venue: venue.id, birth_year: year } })));
  useEffect(() => {
    const first = 'button.large:not(:disabled), select'; // where nothing is free, another space
    if (focus) form.current?.querySelector(/** @type {'button'} */ (first))?.focus();
  }, []);
  if (!space) return html`<p class="notice">${t('venue.nothing')}</p>`;

  const offers = offersOf(venue, availability, space);
  const span = chosen ?? offers[0] ?? { date: '', start: '', endDate: '', end: '' };
  const rules = bookOf(venue, space);
  const seat = space.allocation === 'any_of' && rules.assignment === 'chosen' ? picked ?? '' : picked;
  const size = partySize([space], rules, leftIn(availability, space.id, span),
    person.kind === 'organization');
  const limit = seat === null ? size.max : 1;
  const party = Math.min(Math.max(people, size.min), limit);
  const unknown = asksAges(rules) && person.kind === 'person' && !person.birth_year ? [person] : [];
  const enter = opensNow(span, venue.zone, rules);
  const wish = {
    venue: venue.id, space: seat || space.id, start: startOf(span), end: endOf(span), party,
    ...(purpose && { purpose }), ...(accepted && rules.letter && { letter: rules.letter.version }),
  };
  const submit = async (/** @type {Event} */ e, now = enter) => {
    e.preventDefault();
    if (seat === '') refuse(new ApiError(422, { code: 'seat_needed', field: 'space' }));
    else await book(wish, now, () => years.save(unknown));
    focusFirstError(form.current);
  };
  const instead = (/** @type {Alternative} */ a) => (
    book({ ...wish, venue: a.venue, space: a.space, start: a.start, end: a.end }, false));
  const toSpace = (/** @type {string} */ id) => {
    remember('counter-space', id);
    setSpace(bookable(venue).find((s) => s.id === id) ?? space);
    setSpan(null);
    setSeat(null);
  };
  return html`<form class="form card" ref=${form} onSubmit=${submit} noValidate aria-labelledby="choice">
    <h2 id="choice">${t('counter.choice')}</h2>
    ${isTaken(error) ? html`<${Near} error=${error} busy=${busy} onChoose=${instead} />`
      : html`<${ErrorNote} error=${error} skip=${['birth_year']} />`}
    <${YearFields} people=${unknown} years=${years} error=${error} />
    <${Proposal} venue=${venue} space=${space} span=${span} />
    <div class="actions">
      <button class="large" aria-disabled=${busy} disabled=${!span.start}>
        ${enter && html`<${Icon} name="circle-check" />`}${submitText(busy, enter)}
        ${!isTaken(error) && html`<${Key}>Enter ↵</${Key}>`}
      </button>
      ${enter && html`<button type="button" class="secondary large" id="only-book" aria-disabled=${busy}
        onClick=${(/** @type {Event} */ e) => submit(e, false)}>${t('counter.book.only')}</button>`}
    </div>
    <${SpaceChoice} venue=${venue} space=${space} onChange=${toSpace} />
    <${When} key=${space.id} venue=${venue} availability=${availability} space=${space} offers=${offers}
      span=${span} error=${error} onChange=${setSpan} />
    ${space.allocation === 'any_of' && span.start && html`<${SeatChoice} venue=${venue} group=${space}
      span=${span} seat=${seat} assignment=${rules.assignment}
      error=${fieldError(error, 'space')} onChange=${setSeat} />`}
    ${limit > 1 && html`<${PartyField} value=${party} min=${size.min} max=${limit}
      error=${fieldError(error, 'party')} onChange=${setPeople} />`}
    ${(rules.purpose_required || (space.type !== 'seat' && space.allocation !== 'any_of')) && html`
      <${Purpose} value=${purpose} required=${Boolean(rules.purpose_required)}
        error=${fieldError(error, 'purpose')} onChange=${setPurpose} />`}
    ${rules.letter && html`<${LetterField} letter=${rules.letter} accepted=${accepted}
      error=${fieldError(error, 'letter')} onChange=${setAccepted} />`}
  </form>`;
};

/**
 * How many can come for all of the time.
 * @param {Availability} availability @param {string} space @param {Span} span
 */
const leftIn = (availability, space, { date, start, endDate, end }) => leastLeft(
  linesOf(availability, space).find((l) => l.date === date), start, endDate > date ? '24:00' : end);

/** @param {boolean} busy @param {boolean} enter */
function submitText(busy, enter) {
  if (busy) return t('book.sending');
  return t(enter ? 'counter.book.in' : 'counter.book');
}

/** @param {{ venue: Venue, space: Space, onChange: (id: string) => void }} props */
const SpaceChoice = ({ venue, space, onChange }) => {
  const spaces = bookable(venue);
  return spaces.length > 1 && html`<${Select} label=${t('venue.space')} name="space" value=${space.id}
    options=${spaces.map((s) => [s.id, pick(s.name)])} onChange=${onChange} />`;
};
