// @ts-check
// Booking the place one stands before: for whom, until when, one tap. The key of a request outlives a bad
// network.
import { html, Icon, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { ApiError } from '../lib/api.js';
import { now, timeOf } from '../lib/dates.js';
import { Select } from '../lib/forms.js';
import { ErrorNote, explain, fieldError } from '../lib/errors.js';
import { useOnce } from '../lib/once.js';
import { account, acting, actFor, booksFor, signedOut } from '../lib/session.js';
import { announce } from '../lib/shell.js';
import { nearTime } from '../lib/full-date.js';
import { LetterField, Purpose } from './extras.js';
import { PartyField } from './party.js';
import { useYears, YearFields, yearless } from './years.js';

/** @typedef {import('../types').SeatCode} SeatCode */
/** @typedef {import('../types').Booking} Booking */

const own = ['end', 'for', 'party', 'purpose', 'letter', 'birth_year'];

/** @param {{ at: SeatCode, onSignIn: () => void, onChange: () => void }} props */
export const BookHere = ({ at, onSignIn, onChange }) => {
  const offer = /** @type {NonNullable<SeatCode['offer']>} */ (at.offer);
  const [wanted, setWanted] = useState('');
  const [party, setParty] = useState(offer.party_min);
  const [purpose, setPurpose] = useState('');
  const [accepted, setAccepted] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const send = useOnce();
  const end = offer.ends.includes(wanted) ? wanted : offer.ends[Math.min(3, offer.ends.length - 1)];
  const whom = acting();
  const years = useYears();
  const unknown = at.refusal?.code === 'rule_age_unknown' ? yearless({ min_age: 1 }, []) : [];
  const stopped = account() && at.refusal && !unknown.length;
  const book = async (/** @type {Event} */ e) => {
    e.preventDefault();
    if (!account()) return onSignIn();
    setBusy(true);
    setError(null);
    try {
      await years.save(unknown);
      const made = /** @type {Booking} */ (await send(`/codes/${at.code}/bookings`, {
        start: offer.start, end, party, ...(whom ? { for: whom.id } : {}), ...(purpose ? { purpose } : {}),
        ...(accepted && offer.letter ? { letter: offer.letter.version } : {}),
      }));
      announce(t(made.state === 'checked_in' ? 'at.book.in' : 'at.book.done', { time: nearTime(made.end) }));
      onChange();
    } catch (err) {
      if (signedOut(err)) onSignIn();
      else setError(err);
      if (err instanceof ApiError && err.code === 'space_taken') onChange();
    }
    setBusy(false);
    return undefined;
  };
  const later = offer.start.slice(0, 16) > now();
  return html`<form class="card form at-book" onSubmit=${book} noValidate>
    <h2>${later ? t('at.book.from', { time: nearTime(offer.start) }) : t('at.book.now')}</h2>
    ${booksFor().length > 0 && html`<${Select} label=${t('whom')} name="for" value=${whom?.id ?? ''}
      error=${fieldError(error, 'for')} onChange=${actFor}
      options=${[['', t('whom.me')], ...booksFor().map((o) => [o.id, o.name])]} />`}
    <${YearFields} people=${unknown} years=${years} error=${error} />
    <${Select} label=${t('at.book.until')} name="end" value=${end} onChange=${setWanted}
      error=${fieldError(error, 'end')} options=${offer.ends.map((m) => [m, timeOf(m)])} />
    ${offer.party_max > 1 && html`<${PartyField} value=${party} min=${offer.party_min} max=${offer.party_max}
      error=${fieldError(error, 'party')} onChange=${setParty} />`}
    ${offer.purpose_required && html`<${Purpose} value=${purpose} required
      error=${fieldError(error, 'purpose')} onChange=${setPurpose} />`}
    ${offer.letter && html`<${LetterField} letter=${offer.letter} accepted=${accepted}
      error=${fieldError(error, 'letter')} onChange=${setAccepted} />`}
    ${stopped ? html`<div class="notice warn"><${Icon} name="info" />
      <p>${explain(new ApiError(422, at.refusal ?? {}))}</p></div>`
      : html`<${ErrorNote} error=${error} skip=${own} />`}
    <button class="large" disabled=${busy || Boolean(stopped)}>${busy ? t('book.sending')
      : t(account() ? 'at.book.yes' : 'at.book.signin', { time: timeOf(end) })}</button></form>`;
};
