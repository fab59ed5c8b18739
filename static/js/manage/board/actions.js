// @ts-check
// What staff do for a booking on the board: in, out, on leave, back, reported empty, released.
import { html, Icon, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { ErrorNote } from '../../lib/errors.js';
import { announce } from '../../lib/shell.js';

/** @typedef {import('../../types').Booking} Booking */
/** @typedef {import('../../lib/i18n.js').Key} Key */
/** @typedef {{ id: string, icon: string, text: Key, done: Key, is: (b: Booking) => boolean }} Verb */

const live = ['confirmed', 'checked_in', 'away', 'reported'];
const gone = (/** @type {Booking} */ b) => b.state === 'away' || b.state === 'reported';

/** In the order they stand; the ids are the API's verbs. @type {Verb[]} */
const verbs = [
  { id: 'check-in', icon: 'circle-check', text: 'board.check-in', done: 'board.in.done',
    is: (b) => b.state === 'confirmed' && !b.no_check_in },
  { id: 'return', icon: 'rotate-ccw', text: 'board.return', done: 'board.return.done', is: gone },
  { id: 'leave', icon: 'door-open', text: 'board.leave', done: 'board.leave.done',
    is: (b) => b.state === 'checked_in' && Boolean(b.leave) },
  { id: 'report', icon: 'clock-alert', text: 'board.report', done: 'board.report.done',
    is: (b) => b.state === 'checked_in' && Boolean(b.report) },
  { id: 'check-out', icon: 'log-out', text: 'board.check-out', done: 'board.out.done', is: (b) =>
    b.can.check_out },
];

/** @param {Booking} b @param {string} verb */
const send = (b, verb) => (verb === 'check-in'
  ? api('/check-ins', { method: 'POST', body: { venue: b.venue.id, number: b.number } })
  : api(`/bookings/${b.id}/${verb}`, { method: 'POST' }));

/** @param {{ booking: Booking, onChanged: () => void }} props */
export const Actions = ({ booking: b, onChanged }) => {
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  /** @param {string} verb @param {Key} done */
  const run = async (verb, done) => {
    setBusy(true);
    setError(null);
    try {
      await send(b, verb);
      announce(t(done));
      setSure(false);
      onChanged();
    } catch (err) {
      setError(err);
    }
    setBusy(false);
  };
  const open = verbs.filter((v) => v.is(b));
  return html`<${ErrorNote} error=${error} />
    <div class="actions">${open.map((v, i) => html`
      <button type="button" key=${v.id} id=${v.id} class=${i ? 'large secondary' : 'large'} disabled=${busy}
        onClick=${() => run(v.id, v.done)}><${Icon} name=${v.icon} />${t(v.text)}</button>`)}
      ${live.includes(b.state) && !sure && html`<button type="button" class="large secondary" id="release"
        onClick=${() => setSure(true)}><${Icon} name="x" />${t('board.release')}</button>`}
    </div>
    ${sure && html`<div class="notice warn"><p>${t('board.release.text')}</p>
      <button type="button" class="secondary" onClick=${() =>
        setSure(false)}>${t('board.release.no')}</button>
      <button type="button" class="danger" id="release-yes" disabled=${busy}
        onClick=${() => run('release', 'board.release.done')}>${t('board.release')}</button></div>`}`;
};
