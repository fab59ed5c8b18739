// @ts-check
// A booking in the clerk's hands: check in, print, undo. The next step has the focus, so Enter goes on.
import { html, Icon, useEffect, useRef, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { timeOf } from '../../lib/dates.js';
import { ErrorNote } from '../../lib/errors.js';
import { announce } from '../../lib/shell.js';
import { printSlip } from '../../lib/slip.js';
import { nearDate, timeRange } from '../../lib/words.js';
import { placesText } from '../../lib/places.js';
import { CancelDialog, MoveDialog } from '../../resident/change.js';
import { StateTag } from '../board/states.js';
import { spaced } from '../board/day.js';
import { Key, pressByKey } from './keys.js';
import { isDue, isLive } from './offers.js';

/** @typedef {import('../../types').Booking} Booking */
/** @typedef {import('../../lib/i18n.js').Key} Text */

/**
 * What is done to a booking, one thing at a time.
 * @param {Booking} b @param {(b: Booking) => void} onChange
 */
function useActs(b, onChange) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  /** @param {() => Promise<Booking | void>} call @param {Text} said @param {() => void} [done] */
  const run = async (call, said, done) => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      const next = await call();
      announce(t(said));
      done?.();
      if (next) onChange(next);
    } catch (err) {
      setError(err);
    }
    setBusy(false);
  };
  const change = (/** @type {string} */ verb, /** @type {unknown} */ body) => (
    api(`/bookings/${b.id}/${verb}`, { method: 'POST', body }));
  const door = { venue: b.venue.id, number: b.number };
  return {
    busy,
    error,
    checkIn: () => run(() => api('/check-ins', { method: 'POST', body: door }).then(
      (/** @type {{ booking: Booking }} */ answer) => answer.booking), 'board.in.done'),
    checkOut: () => run(() => change('check-out', undefined), 'board.out.done'),
    undo: () => run(() => change('cancellation', { reason: t('counter.undo.reason') }), 'counter.undone'),
    print: (/** @type {() => void} */ done) => run(() => printSlip(b), 'counter.printed', done),
  };
}

/**
 * A button with its key. While something is under way it keeps the focus, so it is not really disabled.
 * @param {{ id: string, keys: string, shown?: string, icon: string, text: string, next: string,
 *   busy: boolean, onPress: () => void }} props next: the one that has the focus
 */
const Act = ({ id, keys, shown, icon, text, next, busy, onPress }) => html`<button type="button"
  id=${'act-' + id} class=${next === id ? 'large' : 'large secondary'} aria-keyshortcuts=${keys}
  aria-disabled=${busy} onClick=${onPress}>
  <${Icon} name=${icon} />${text}<${Key}>${shown ?? keys}</${Key}></button>`;

/**
 * @typedef {object} Props
 * @property {Booking} booking
 * @property {boolean} fresh made just now, so that it can be undone without a question
 * @property {unknown} [trouble] what went wrong on the way here
 * @property {(b: Booking) => void} onChange
 * @property {() => void} onAnother
 * @property {() => void} onNext
 */

/**
 * What comes next: let them in, give them their slip, the next person.
 * @param {Booking} b @param {boolean} printed
 */
function nextAct(b, printed) {
  if (isDue(b)) return 'in';
  return isLive(b) && !printed ? 'print' : 'next';
}

/** When they can come in. @param {Booking} b */
const windowText = ({ check_in: { opens, closes } }) => (
  t('board.window.text', { opens: timeOf(opens), closes: timeOf(closes) }));

/** @param {Props} props */
export const Held = ({ booking: b, fresh, trouble, onChange, onAnother, onNext }) => {
  const acts = useActs(b, onChange);
  const [printed, setPrinted] = useState(false);
  const [dialog, setDialog] = useState(/** @type {'' | 'move' | 'cancel'} */ (''));
  const ref = useRef(/** @type {HTMLElement | null} */ (null));
  const next = nextAct(b, printed);
  useEffect(() => {
    if (!acts.busy && !dialog) ref.current?.querySelector(/** @type {'button'} */ (`#act-${next}`))?.focus();
  }, [next, acts.busy]);
  const print = () => acts.print(() => setPrinted(true));
  const close = () => setDialog('');
  const changed = (/** @type {Booking} */ now) => { close(); onChange(now); };
  const common = { next, busy: acts.busy };
  return html`<section class="card counter-held" aria-labelledby="held" ref=${ref} onKeyDown=${pressByKey}>
    <div class="row"><h2 id="held">${t(fresh ? 'counter.done' : 'counter.theirs')}</h2>
      <${StateTag} state=${b.state} /></div>
    <p class="counter-when"><strong>${nearDate(b.start)} <span class="num">${timeRange(b.start, b.end)}</span>
      </strong><span>${placesText(b)}</span></p>
    <p><span class="muted">${t('pass.number')}</span>${' '}
      <strong class="num number">${spaced(b.number)}</strong>
      ${b.by?.staff && html` <span class="muted">${t('counter.by', { name: b.by.name })}</span>`}</p>
    ${b.state === 'confirmed' && html`<p class="muted">${t('board.window')}${' '}
      <span class="num">${windowText(b)}</span></p>`}
    <${ErrorNote} error=${acts.error ?? trouble} />
    <div class="actions">
      ${isDue(b) && html`<${Act} id="in" keys="C" icon="circle-check" text=${t('board.check-in')} ...${common}
        onPress=${acts.checkIn} />`}
      ${isLive(b) && html`<${Act} id="print" keys="P" icon="printer"
        text=${t(printed ? 'counter.print.again' : 'pass.print')} ...${common} onPress=${print} />`}
      <${Act} id="next" keys="N" shown="N / Esc" icon="arrow-right" text=${t('counter.next')} ...${common}
        onPress=${onNext} />
    </div>
    <div class="actions counter-minor">
      ${b.can.cancel && html`<${Act} id="undo" keys="U" icon="undo-2"
        text=${t(fresh ? 'counter.undo' : 'pass.cancel')} ...${common}
        onPress=${fresh ? acts.undo : () => setDialog('cancel')} />`}
      ${b.can.move && html`<${Act} id="move" keys="M" icon="calendar-days" text=${t('pass.move')} ...${common}
        onPress=${() => setDialog('move')} />`}
      ${b.can.check_out && html`<${Act} id="out" keys="O" icon="log-out" text=${t('board.check-out')}
        ...${common} onPress=${acts.checkOut} />`}
      <${Act} id="another" keys="B" icon="plus" text=${t('counter.another')} ...${common}
        onPress=${onAnother} />
    </div>
    ${dialog === 'move' && html`<${MoveDialog} booking=${b} onDone=${changed} onClose=${close} />`}
    ${dialog === 'cancel' && html`<${CancelDialog} booking=${b} onDone=${changed} onClose=${close} />`}
  </section>`;
};
