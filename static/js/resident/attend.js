// @ts-check
// Coming and going: what can be done now as large buttons, and what the rules promise for this booking.
import { html, Icon, useEffect, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { now } from '../lib/dates.js';
import { ErrorNote } from '../lib/errors.js';
import { announce } from '../lib/shell.js';
import { nearTime } from '../lib/full-date.js';
import { duration, momentText } from '../lib/words.js';

/** @typedef {import('../types').Booking} Booking */
/** @typedef {import('../lib/i18n.js').Key} Key */

/** @type {{ verb: string, can: keyof import('../types').Can, text: Key, done: Key, icon: string }[]} */
const verbs = [
  { verb: 'check-in', can: 'check_in', text: 'attend.in', done: 'attend.in.done', icon: 'circle-check' },
  { verb: 'return', can: 'return', text: 'attend.return', done: 'attend.return.done', icon: 'rotate-ccw' },
  { verb: 'leave', can: 'leave', text: 'attend.leave', done: 'attend.leave.done', icon: 'door-open' },
  { verb: 'check-out', can: 'check_out', text: 'pass.out', done: 'pass.out.done', icon: 'log-out' },
];

/**
 * The verbs that would not be refused now.
 * @param {{ booking: Booking, onChange: (b: Booking) => void }} props
 */
export const Verbs = ({ booking: b, onChange }) => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  useWhenDue(b, onChange);
  const open = verbs.filter((v) => b.can[v.can]);
  const act = async (/** @type {typeof verbs[number]} */ v) => {
    setBusy(true);
    setError(null);
    try {
      /** @type {Booking} */
      const next = await api(`/bookings/${b.id}/${v.verb}`, { method: 'POST' });
      onChange(next);
      announce(t(v.done, { time: nearTime(next.back_by ?? next.end) }));
    } catch (err) {
      setError(err);
    }
    setBusy(false);
  };
  return html`<${ErrorNote} error=${error} />
    ${open.length > 0 && html`<div class="verbs">${open.map((v, i) => html`
      <button type="button" key=${v.verb} class=${i ? 'large secondary' : 'large'} disabled=${busy}
        onClick=${() => act(v)}><${Icon} name=${v.icon} />${t(v.text)}</button>`)}</div>`}`;
};

/**
 * Asks again when the clock changes what can be done.
 * @param {Booking} b @param {(b: Booking) => void} onChange
 */
function useWhenDue(b, onChange) {
  const wall = (/** @type {string | null | undefined} */ m) => (m ?? '').slice(0, 16);
  const { opens, closes } = b.check_in;
  const moments = [opens, closes, b.back_by, b.return_by, b.cancel_until, b.end].map(wall);
  const next = moments.filter((m) => m > now()).sort()[0];
  useEffect(() => {
    if (!next) return undefined;
    const wait = Date.parse(next + 'Z') - Date.parse(now() + 'Z') + 2000;
    if (wait > 86_400_000) return undefined;
    const timer = setTimeout(() => api(`/bookings/${b.id}`).then(onChange, () => {}), wait);
    return () => clearTimeout(timer);
  }, [b.id, next]);
}

/** What is on while the holder is away, said large. @param {{ booking: Booking }} props */
export const Absence = ({ booking: { state, back_by: back, return_by: by } }) => {
  if (state === 'away' && back) {
    return html`<div class="notice warn"><${Icon} name="door-open" />
      <p>${t('attend.away', { time: nearTime(back) })}</p></div>`;
  }
  return state === 'reported' && by ? html`<div class="notice bad" role="alert"><${Icon} name="clock-alert" />
    <p>${t('attend.reported', { time: nearTime(by) })}</p></div>` : null;
};

/** What the rules promise for this booking, in sentences. @param {Booking} b */
export function promises(b) {
  const lines = [];
  const ahead = b.state === 'confirmed';
  const { opens, closes } = b.check_in;
  if (b.no_check_in) lines.push(t('rule.no_check_in'));
  else if (ahead && opens !== closes) {
    lines.push(t('promise.in', { opens: momentText(opens), closes: momentText(closes) }));
  }
  if (b.leave) {
    lines.push(t(b.meal_leave ? 'promise.leave.meal' : 'promise.leave', { minutes: duration(b.leave) }));
  }
  if (b.check_out_by) lines.push(t('promise.out', { time: momentText(b.check_out_by) }));
  if (ahead) {
    lines.push(t('promise.cancel', { time: momentText(b.cancel_until) }));
    if (b.late_cancel === 'miss') lines.push(t('promise.cancel.late'));
    if (b.late_cancel === 'allowed') lines.push(t('rule.late_cancel_allowed'));
  }
  if (b.letter) lines.push(t('promise.letter', { version: b.letter }));
  return lines;
}

/** @param {{ booking: Booking }} props */
export const Promises = ({ booking }) => {
  const lines = promises(booking);
  return lines.length > 0 && html`<section class="card info" aria-labelledby="promises">
    <h2 id="promises">${t('promise.title')}</h2>
    <ul class="rules">${lines.map((line) => html`<li key=${line}>${line}</li>`)}</ul></section>`;
};
