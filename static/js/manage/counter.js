// @ts-check
// The counter: find or make a person, book, check in, print, on one page and by keyboard alone. Whatever
// comes
// next has the focus, so Enter goes on; Escape or Alt+N begins with the next person.
import { html, useEffect, useRef, useState } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { today } from '../lib/dates.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { Heading, place, setSearch } from '../lib/router.js';
import { signedOut } from '../lib/session.js';
import { announce } from '../lib/shell.js';
import { clearSlip } from '../lib/slip.js';
import { isExempt, WalkIn } from '../lib/walk-in.js';
import { farthestAhead, isByDay } from '../resident/terms.js';
import { keepVenue, startVenue, useOwnVenues, VenueSelect } from './own-venues.js';
import { usePulse } from './watch.js';
import { Find } from './counter/find.js';
import { draftOf, NewPerson, PersonCard } from './counter/person.js';
import { Service } from './counter/service.js';
import { closesItself, Key } from './counter/keys.js';

/** @typedef {import('../types').Venue} Venue */
/** @typedef {import('../types').Person} Person */
/** @typedef {import('../types').Availability} Availability */
/** @typedef {{ venue: Venue, availability: Availability }} Openings */

const refreshEvery = 60_000;

export default function CounterPage() {
  const own = useOwnVenues('book_for_others');
  if (!own.data) {
    return html`<${Heading} text=${t('counter.title')} />${own.error
      ? html`<${ErrorNote} error=${own.error} retry=${own.reload} />`
      : html`<p class="loading">${t('loading')}</p>`}`;
  }
  const venue = startVenue(own.data, new URLSearchParams(place.value.search).get('venue') ?? '');
  const show = (/** @type {string} */ id) => {
    keepVenue(id);
    setSearch(query({ venue: id }));
  };
  if (!venue) {
    return html`<${Heading} text=${t('counter.title')} /><p class="empty">${t('manage.venue.none')}</p>`;
  }
  return html`<div class="row counter-head"><${Heading} text=${t('counter.title')} />
      <${VenueSelect} list=${own.data} value=${venue} onChange=${show} /></div>
    <${Desk} key=${venue} id=${venue} />`;
}

/** The venue and what is left in it on the next days. @param {string} id @param {AbortSignal} signal */
async function openings(id, signal) {
  /** @type {Venue} */
  const venue = await api(`/venues/${id}`, { signal });
  const days = Math.min(isByDay(venue.rules) ? 14 : 7, farthestAhead(venue) + 1);
  const asked = query({ from: today(venue.zone), days });
  /** @type {Availability} */
  const availability = await api(`/venues/${id}/availability${asked}`, { signal });
  return { venue, availability };
}

/** @param {{ id: string }} props of the venue */
const Desk = ({ id }) => {
  const open = useLoad((signal) => openings(id, signal), [id]);
  const [typed, setTyped] = useState('');
  const [stage, setStage] = useState(/** @type {'find' | 'new' | string} */ ('find'));
  const [made, setMade] = useState(/** @type {Person | null} */ (null)); // by the form, so known already
  const [hand, setHand] = useState(false);
  usePulse(open.reload, refreshEvery);
  useEffect(() => { signedOut(open.error); }, [open.error]);
  const next = (/** @type {boolean} */ keep = false) => {
    setStage('find');
    setMade(null);
    setHand(false);
    if (!keep) setTyped('');
    clearSlip();
  };
  const drop = () => next(!hand); // whom nothing was done for may be looked up again at once
  useNextKey(stage === 'find' && !typed ? null : next, stage === 'new' || (stage !== 'find' && !hand));
  useEffect(() => clearSlip, []);

  const serve = (/** @type {Person} */ person) => {
    setMade(person);
    setStage(person.id);
    announce(t('counter.made', { name: person.name }));
  };
  const serving = stage !== 'find' && stage !== 'new';
  return html`<${Steps} at=${serving ? 1 + Number(hand) : 0} />
    ${!open.data && html`<${ErrorNote} error=${open.error} retry=${open.reload} />`}
    ${serving ? html`<${Served} key=${stage} id=${stage} made=${made} open=${open.data} onStale=${open.reload}
        onHand=${setHand} onNext=${drop} venue=${id} />`
      : html`<div class="counter-one card">${stage === 'new'
        ? html`<${NewPerson} venue=${id} start=${draftOf(typed)} onMade=${serve} onChoose=${setStage}
            onBack=${() => next(true)} />`
        : html`<${Find} venue=${id} typed=${typed} onTyped=${setTyped} onChoose=${setStage}
            onNew=${() => setStage('new')} />`}</div>
        <${Shortcuts} />`}`;
};

/**
 * Escape and Alt+N: the next person. Where nothing was done yet, Escape goes back to what was typed.
 * @param {((keep: boolean) => void) | null} next @param {boolean} keep
 */
function useNextKey(next, keep) {
  const latest = useRef({ next, keep });
  latest.current = { next, keep };
  useEffect(() => {
    const onKey = (/** @type {KeyboardEvent} */ e) => {
      const escape = e.key === 'Escape' && !e.isComposing && !closesItself();
      const alt = e.altKey && e.code === 'KeyN';
      const is = latest.current;
      if (!is.next || e.defaultPrevented || !(escape || alt)) return;
      e.preventDefault();
      is.next(escape && is.keep);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/**
 * @typedef {object} ServedProps
 * @property {string} id of the person
 * @property {string} venue
 * @property {Person | null} made
 * @property {Openings | undefined} open
 * @property {() => void} onStale
 * @property {(is: boolean) => void} onHand
 * @property {() => void} onNext
 */

/** @param {ServedProps} props */
const Served = ({ id, venue, made, open, onStale, onHand, onNext }) => {
  const who = useLoad(async (signal) => made ?? /** @type {Promise<Person>} */ (
    api(`/people/${id}` + query({ why: 'counter', venue }), { signal })), [id]);
  useEffect(() => { signedOut(who.error); }, [who.error]);
  if (!who.data || !open) {
    return who.error ? html`<${ErrorNote} error=${who.error} retry=${who.reload} />
        <p class="actions"><button type="button" class="secondary" onClick=${onNext}>
          ${t('back')}</button></p>` : html`<p class="loading">${t('loading')}</p>`;
  }
  return html`<div class="counter-two">
    <div class="stack"><${PersonCard} person=${who.data} venue=${venue} onNext=${onNext} />
      ${isExempt(open.venue.rules, who.data) && html`
        <${WalkIn} venue=${venue} today=${0} person=${id} />`}</div>
    <${Service} person=${who.data} venue=${open.venue} availability=${open.availability}
      onPerson=${who.set} onStale=${onStale} onHand=${onHand} onNext=${onNext} /></div>`;
};

/** Where one is. @param {{ at: number }} props */
const Steps = ({ at }) => {
  const names = [t('counter.step.who'), t('counter.step.what'), t('counter.step.slip')];
  return html`<ol class="counter-steps">${names.map((name, i) => html`
    <li key=${i} aria-current=${i === at ? 'step' : undefined} class=${i < at ? 'past' : ''}>
      <span aria-hidden="true">${i + 1}</span>${name}</li>`)}</ol>`;
};

/** @type {[string, import('../lib/i18n.js').Key][]} */
const shortcuts = [
  ['↑ ↓', 'counter.key.move'], ['Enter', 'counter.key.enter'], ['Esc / Alt+N', 'counter.key.next'],
  ['C', 'counter.key.in'], ['P', 'counter.key.print'], ['U', 'counter.key.undo'], ['1 2 3',
    'counter.key.near'],
];

/** The keys, for those who have not learned them yet. */
const Shortcuts = () => html`<details class="counter-keys"><summary>${t('counter.keys')}</summary>
  <dl>${shortcuts.map(([key, text]) => html`<div key=${key}>
    <dt><${Key}>${key}</${Key}><span class="visually-hidden">${key}</span></dt><dd>${t(text)}</dd></div>`)}
  </dl></details>`;
