// @ts-check
// The answer to a pass at the door: colour, icon, words and a buzz, each kind of answer its own.
import { html, Icon } from '../lib/ui.js';
import { known, pick, t } from '../lib/i18n.js';
import { ApiError } from '../lib/api.js';
import { dateOf, timeOf, today } from '../lib/dates.js';
import { explain } from '../lib/errors.js';
import { say } from '../lib/rules.js';
import { momentText, timeRange } from '../lib/words.js';

/** @typedef {import('../types').Booking} Booking */
/** @typedef {import('../types').VenueItem} VenueItem */
/** @typedef {'good' | 'info' | 'warn' | 'bad'} Tone */
/**
 * @typedef {object} Verdict
 * @property {Tone} tone @property {string} icon @property {string} title said large
 * @property {string} text what to do
 * @property {Booking} [booking] who was let in
 */

/** @type {Record<string, [Tone, icon: string]>} the answers that need no guess at what went wrong */
const answers = {
  already_in: ['info', 'info'],
  no_check_in: ['info', 'info'],
  rule_check_in_by: ['warn', 'info'],
  too_early: ['warn', 'clock'],
  booking_over: ['bad', 'clock-alert'],
  wrong_venue: ['warn', 'map-pin'],
  too_late: ['bad', 'clock-alert'],
  booking_cancelled: ['bad', 'calendar-x'],
  pass_expired: ['bad', 'clock-alert'],
  pass_invalid: ['bad', 'ban'],
  pass_stale: ['warn', 'refresh-cw'],
  card_no_booking: ['bad', 'search'],
  identity_number: ['bad', 'search'],
  too_many_requests: ['warn', 'clock'],
  booking_not_found: ['bad', 'search'],
  not_permitted: ['bad', 'ban'],
  sign_in_needed: ['bad', 'log-in'],
  offline: ['bad', 'wifi-off'],
  timeout: ['bad', 'wifi-off'],
};

/** A moment as short as it can be said: the time alone when it is today. @param {unknown} moment */
function soon(moment) {
  if (typeof moment !== 'string') return '';
  return dateOf(moment) === today() ? timeOf(moment) : momentText(moment);
}

/** @typedef {'check_in' | 'leave' | 'return' | 'check_out'} DoorVerb */
export const doorVerbs = /** @type {const} */ (['check_in', 'leave', 'return', 'check_out']);

/** @param {Booking} booking @param {Exclude<DoorVerb, 'check_in'>} verb @returns {Verdict} */
export function attended(booking, verb) {
  const where = booking.assigned.map((s) => pick(s.name)).join(t('comma')) || pick(booking.space.name);
  const name = booking.holder.name || t('board.noname');
  return {
    tone: 'good', icon: 'circle-check', title: t(`door.done.${verb}`), booking,
    text: booking.back_by ? t('door.done.away', { name, where, time: soon(booking.back_by) })
      : t('door.done.text', { name, where }),
  };
}

/** @param {Booking} booking @returns {Verdict} */
export function letIn(booking) {
  const where = booking.assigned.map((s) => pick(s.name)).join(t('comma')) || pick(booking.space.name);
  return {
    tone: 'good', icon: 'circle-check', title: t('scan.ok'), booking,
    text: t('scan.ok.text', { name: booking.holder.name || t('board.noname'), where,
      time: timeRange(booking.start, booking.end) }),
  };
}

/** @typedef {'scan' | 'kiosk'} Reader who reads the answer: staff, or the people themselves */

/** What to do, in words for who reads it. @param {Reader} reader @param {string} code */
const advice = (reader, code) => (reader === 'kiosk' && known(`kiosk.${code}.text`) ? `kiosk.${code}.text`
  : `scan.${code}.text`);

/**
 * @param {unknown} err @param {(venue: string) => string} nameOf a venue, '' when it is not known
 * @param {Reader} [reader]
 * @returns {Verdict}
 */
export function refusal(err, nameOf, reader = 'scan') {
  const { code = '', params = {} } = err instanceof ApiError ? err : {};
  const [tone, icon] = answers[code] ?? ['bad', 'triangle-alert'];
  const title = `scan.${code}`;
  const text = advice(reader, code);
  if (!known(title) || !known(text)) return { tone, icon, title: t('scan.failed'), text: explain(err) };
  const venue = params.venue && typeof params.venue === 'object' ? pick(params.venue) : nameOf(params.venue);
  const moments = { opens: soon(params.opens), closed: soon(params.closed), at: soon(params.at) };
  const words = { ...moments, venue: venue || t('scan.elsewhere') };
  return { tone, icon, title: t(title, words), text: say(text, { ...words, allowed: params.allowed }) };
}

/** @param {string} code 'no_code', 'no_camera' or 'no_reader' @param {Reader} [reader] @returns {Verdict} */
export const trouble = (code, reader = 'scan') => ({
  tone: 'warn', icon: code === 'no_camera' ? 'camera' : 'qr-code',
  title: t(/** @type {import('../lib/i18n.js').Key} */ (`scan.${code}`)),
  text: t(/** @type {import('../lib/i18n.js').Key} */ (advice(reader, code))),
});

/** @type {Record<Tone, number | number[]>} milliseconds; a hand in a pocket can tell them apart */
const buzz = { good: 120, info: [60, 60, 60], warn: [90, 70, 90], bad: [250, 100, 250] };
/** @param {Verdict} v */
export const vibrate = (v) => navigator.vibrate?.(buzz[v.tone]);

/** The seats with what they belong to; a whole room once. @param {{ booking: Booking }} props */
const Where = ({ booking: { space, assigned } }) => {
  const [all, seats] = [pick(space.name), assigned.map((s) => pick(s.name)).join(t('comma'))];
  return html`<div><dt>${t('pass.spaces')}</dt><dd><strong>${seats || all}</strong>
    ${seats && seats !== all && html` <span>${all}</span>`}</dd></div>`;
};

/** @param {{ verdict: Verdict }} props */
export const VerdictPanel = ({ verdict: v }) => html`<div class=${'verdict ' + v.tone} id="verdict">
  <${Icon} name=${v.icon} />
  <h2>${v.title}</h2>
  ${v.booking ? html`<dl>
      <div><dt>${t('pass.holder')}</dt><dd>${v.booking.holder.name || t('board.noname')}
        ${v.booking.party > 1 && html` <strong>${t('board.party', { n: v.booking.party })}</strong>`}</dd>
        </div>
      <${Where} booking=${v.booking} />
      <div><dt>${t('pass.when')}</dt><dd class="num">${timeRange(v.booking.start, v.booking.end)}</dd></div>
    </dl>` : html`<p>${v.text}</p>`}
</div>`;
