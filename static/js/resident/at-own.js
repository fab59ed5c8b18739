// @ts-check
// One's own booking at the code of its place: check in, leave, come back, go.
import { html, Icon, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { ErrorNote } from '../lib/errors.js';
import { announce } from '../lib/shell.js';
import { nearTime } from '../lib/full-date.js';
import { timeRange } from '../lib/words.js';
import { ForTag } from './whom.js';

/** @typedef {import('../types').SeatCode} SeatCode */
/** @typedef {import('../types').Booking} Booking */
/** @typedef {import('../lib/i18n.js').Key} Key */

/** @type {{ verb: string, can: keyof import('../types').Can, text: Key, done: Key, icon: string }[]} */
const verbs = [
  { verb: 'check-in', can: 'check_in', text: 'attend.in', done: 'attend.in.done', icon: 'circle-check' },
  { verb: 'return', can: 'return', text: 'attend.return', done: 'attend.return.done', icon: 'rotate-ccw' },
  { verb: 'leave', can: 'leave', text: 'attend.leave', done: 'attend.leave.done', icon: 'door-open' },
  { verb: 'check-out', can: 'check_out', text: 'pass.out', done: 'pass.out.done', icon: 'log-out' },
];

/** How it stands, said large. @param {Booking} b */
function standing(b) {
  if (b.state === 'checked_in') return t('at.mine.in', { time: nearTime(b.end) });
  if (b.state !== 'confirmed') return t('at.mine.kept');
  if (b.can.check_in) return t('at.mine.now', { time: nearTime(b.check_in.closes) });
  return t('at.mine.soon', { time: nearTime(b.check_in.opens) });
}

/** @param {{ at: SeatCode, booking: Booking, onChange: () => void }} props */
export const Own = ({ at, booking: b, onChange }) => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const open = verbs.filter((v) => b.can[v.can]);
  const act = async (/** @type {typeof verbs[number]} */ v) => {
    setBusy(true);
    setError(null);
    try {
      /** @type {Booking} */
      const next = await api(`/codes/${at.code}/${v.verb}`, { method: 'POST', body: { booking: b.id } });
      announce(t(v.done, { time: nearTime(next.back_by ?? next.end) }));
      onChange();
    } catch (err) {
      setError(err);
    }
    setBusy(false);
  };
  return html`<div class="at-state mine" role="status"><${Icon} name="armchair" />
      <strong>${standing(b)}</strong><span class="num">${timeRange(b.start, b.end)}</span>
      <${ForTag} booking=${b} /></div>
    <${ErrorNote} error=${error} />
    ${open.length > 0 && html`<div class="verbs">${open.map((v, i) => html`
      <button type="button" key=${v.verb} class=${i ? 'large secondary' : 'large'} disabled=${busy}
        onClick=${() => act(v)}><${Icon} name=${v.icon} />${t(v.text)}</button>`)}</div>`}
    <p class="actions"><a class="button secondary" href=${'/bookings/' + b.id}>${t('at.mine.more')}</a></p>`;
};
