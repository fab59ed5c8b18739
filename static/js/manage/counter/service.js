// @ts-check
// Serving one person: the booking in hand, a new one, and what else they have here.
import { html, Icon, useEffect, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api, query } from '../../lib/api.js';
import { ErrorNote } from '../../lib/errors.js';
import { useLoad } from '../../lib/load.js';
import { placesText } from '../../lib/places.js';
import { signedOut } from '../../lib/session.js';
import { announce } from '../../lib/shell.js';
import { nearDate, timeRange } from '../../lib/words.js';
import { StateTag } from '../board/states.js';
import { spaced } from '../board/day.js';
import { Choice } from './choice.js';
import { Held } from './held.js';
import { isDue } from './offers.js';

/** @typedef {import('../../types').Booking} Booking */
/**
 * @typedef {object} Props
 * @property {import('../../types').Person} person
 * @property {import('../../types').Venue} venue
 * @property {import('../../types').Availability} availability
 * @property {(p: import('../../types').Person) => void} onPerson more is known of them
 * @property {() => void} onStale
 * @property {(is: boolean) => void} onHand whether a booking is in hand now
 * @property {() => void} onNext
 */

/** @param {Props} props */
export const Service = ({ person, venue, availability, onPerson, onStale, onHand, onNext }) => {
  const mine = useLoad(async (signal) => {
    /** @type {{ items: Booking[] }} */
    const { items } = await api('/bookings' + query({ for: person.id, limit: 50 }), { signal });
    return items.filter((b) => b.venue.id === venue.id);
  }, [person.id]);
  const [held, setHeld] = useState(/** @type {string | null} */ (null)); // '': none, to make another
  const [fresh, setFresh] = useState(/** @type {string[]} */ ([]));
  const [trouble, setTrouble] = useState(/** @type {unknown} */ (null));
  useEffect(() => { signedOut(mine.error); }, [mine.error]);
  const all = mine.data ?? [];
  const id = held ?? all.find(isDue)?.id ?? ''; // whoever booked at home only wants to come in
  const inHand = all.find((b) => b.id === id);
  useEffect(() => onHand(Boolean(inHand)), [inHand]);
  if (!mine.data) {
    return mine.error ? html`<${ErrorNote} error=${mine.error} retry=${mine.reload} />`
      : html`<p class="loading">${t('loading')}</p>`;
  }
  const others = all.filter((b) => b !== inHand && b.state !== 'cancelled');
  const put = (/** @type {Booking} */ b) => {
    mine.set(all.some((o) => o.id === b.id) ? all.map((o) => (o.id === b.id ? b : o)) : [...all, b]);
    setTrouble(null);
    setHeld(b.state === 'cancelled' ? '' : b.id);
    onStale();
  };
  const onMade = (/** @type {Booking} */ b, /** @type {unknown} */ err) => {
    put(b);
    setFresh([...fresh, b.id]);
    setTrouble(err);
    announce(t('book.done', { number: b.number }));
  };
  return html`<div class="stack">
    ${inHand ? html`<${Held} key=${inHand.id} booking=${inHand} fresh=${fresh.includes(inHand.id)}
        trouble=${trouble} onChange=${put} onAnother=${() => setHeld('')} onNext=${onNext} />`
      : html`<${Choice} venue=${venue} availability=${availability} person=${person} focus onMade=${onMade}
          onPerson=${onPerson}
          onStale=${onStale} />`}
    ${others.length > 0 && html`<section class="card" aria-labelledby="others">
      <h2 id="others">${t('counter.others')}</h2>
      <ul class="booking-list">${others.map((b) => html`<${Other} key=${b.id} booking=${b}
        onOpen=${() => setHeld(b.id)} />`)}</ul></section>`}
  </div>`;
};

/**
 * Another booking of the person here, to be taken in hand.
 * @param {{ booking: Booking, onOpen: () => void }} props
 */
const Other = ({ booking: b, onOpen }) => html`<li><button type="button" class="booking-item"
  onClick=${onOpen}>
  <span class="booking-who">
    <strong>${nearDate(b.start)} <span class="num">${timeRange(b.start, b.end)}</span></strong>
    <span class="muted num">${spaced(b.number)}</span></span>
  <span class="booking-where">${placesText(b)}</span>
  <${StateTag} state=${b.state} /><${Icon} name="chevron-right" /></button></li>`;
