// @ts-check
// The page at the door: one venue, one pass after the other, by camera, by photo or by number.
import { cls, html, Icon, remember, remembered, useEffect, useRef, useState } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { Heading } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { Chips } from '../lib/forms.js';
import { announce } from '../lib/shell.js';
import { signedOut } from '../lib/session.js';
import { keepVenue, startVenue, useOwnVenues } from '../manage/own-venues.js';
import { hasCamera, useCamera } from './camera.js';
import { decode, warmUp } from './decoder.js';
import { NumberForm } from './number.js';
import { attended, doorVerbs, letIn, refusal, trouble, VerdictPanel, vibrate } from './verdict.js';

/** @typedef {import('../types').VenueItem} VenueItem */
/** @typedef {{ id: string, name: import('../types').Text }} Place */
/** @typedef {import('../types').Booking} Booking */
/** @typedef {import('./verdict.js').Verdict} Verdict */
/** @typedef {import('./number.js').Typed} Typed */

export const DoorPage = () => {
  const own = useOwnVenues('check_in');
  const [chosen, setChosen] = useState('');
  const [asking, setAsking] = useState(false);
  if (!own.data) {
    return html`<${Heading} text=${t('scan.title')} />${own.error
      ? html`<${ErrorNote} error=${own.error} retry=${own.reload} />` : html`<p class="loading">
        ${t('loading')}</p>`}`;
  }
  const settled = own.data.length === 1 || remembered('door');
  const id = chosen || (settled ? startVenue(own.data, remembered('door')) : '');
  const venue = own.data.find((v) => v.id === id);
  const choose = (/** @type {string} */ next) => {
    remember('door', next);
    keepVenue(next);
    setChosen(next);
    setAsking(false);
  };
  if (!venue || asking) return html`<${VenueChoice} list=${own.data} onChoose=${choose} />`;
  return html`<div class="door-head"><${Heading} text=${t('scan.title')} />
      <p><${Icon} name="map-pin" /><strong>${pick(venue.name)}</strong>
        ${own.data.length > 1 && html`<button type="button" class="link" onClick=${() => setAsking(true)}>
          ${t('scan.change')}</button>`}</p></div>
    <${Door} key=${venue.id} venue=${venue} list=${own.data} />`;
};

/** @param {{ list: VenueItem[], onChoose: (id: string) => void }} props */
const VenueChoice = ({ list, onChoose }) => html`<${Heading} text=${t('scan.where')} />
  <p class="lead">${t(list.length ? 'scan.where.hint' : 'manage.venue.none')}</p>
  <ul class="door-venues">${list.map((v) => html`<li key=${v.id}>
    <button type="button" class="secondary large" onClick=${() => onChoose(v.id)}>
      <span>${pick(v.name)}</span><${Icon} name="chevron-right" /></button></li>`)}</ul>`;

/**
 * Asks the server about passes and remembers the last answer.
 * @param {Place} venue @param {Place[]} list @param {import('./verdict.js').Reader} [reader]
 */
export function useChecks(venue, list, reader) {
  const [verdict, setVerdict] = useState(/** @type {Verdict | null} */ (null));
  const [busy, setBusy] = useState(false);
  const [count, setCount] = useState(0);
  const [verb, setVerb] = useState(/** @type {import('./verdict.js').DoorVerb} */ ('check_in'));
  const show = (/** @type {Verdict} */ v) => {
    setVerdict(v);
    vibrate(v);
    announce(v.title + t('colon') + v.text);
    return v.tone === 'good';
  };
  /** @param {{ token: string } | Typed} proof */
  const check = async (proof) => {
    setBusy(true);
    try {
      const { booking } = /** @type {{ booking: Booking }} */ (await ('card' in proof
        ? api(`/venues/${venue.id}/card-attendance`,
          { method: 'POST', body: { identity_number: proof.card, do: verb } })
        : api('/attendance', { method: 'POST', body: { venue: venue.id, ...proof, do: verb } })));
      if (verb === 'check_in') setCount((n) => n + 1);
      return show(verb === 'check_in' ? letIn(booking) : attended(booking, verb));
    } catch (err) {
      signedOut(err);
      return show(refusal(err, (id) => pick(list.find((v) => v.id === id)?.name), reader));
    } finally {
      setBusy(false);
    }
  };
  return { verdict, busy, count, show, check, verb, setVerb, clear: () => setVerdict(null) };
}

/** @param {{ venue: VenueItem, list: VenueItem[] }} props */
const Door = ({ venue, list }) => {
  const { verdict, busy, count, show, check, verb, setVerb, clear } = useChecks(venue, list);
  const camera = useCamera((text) => check({ token: text }));
  const able = hasCamera();
  useEffect(() => { if (able) warmUp(); }, []);
  const scan = () => {
    clear();
    camera.start().catch((/** @type {unknown} */ err) => {
      show(trouble(err instanceof DOMException ? 'no_camera' : 'no_reader'));
    });
  };
  const photo = async (/** @type {Event} */ e) => {
    const input = /** @type {HTMLInputElement} */ (e.target);
    const file = input.files?.[0];
    input.value = '';
    if (!file) return;
    clear();
    camera.off();
    const { text, error } = await decode(file, { thorough: true });
    if (text) await check({ token: text });
    else show(trouble(error === 'worker' ? 'no_reader' : 'no_code'));
  };
  const looking = camera.phase === 'looking' || camera.phase === 'starting';
  return html`<div class="door">
    <${VerbChoice} verb=${verb} onChange=${setVerb} />
    <${Viewfinder} camera=${camera} verdict=${verdict} idle=${t(busy ? 'scan.checking' : 'scan.idle')} />
    <p class="door-count muted">${count > 0 && t('scan.count', { n: count })}</p>
    <div class="door-ways">
      ${able && html`<button type="button" class=${cls('large', looking && 'secondary')} id="camera"
        disabled=${busy}
        onClick=${looking ? camera.off : scan}><${Icon} name=${looking ? 'x' : 'camera'} />
        ${t(looking ? 'scan.stop' : verdict ? 'scan.next' : 'scan.start')}</button>`}
      <label class=${cls('button large', able && 'secondary')}><${Icon} name="image" /><span>
        ${t('scan.photo')}</span>
        <input class="visually-hidden" id="photo" type="file" accept="image/*" capture="environment"
          onChange=${photo} /></label>
    </div>
    <${NumberForm} busy=${busy} verb=${verb}
      onCheck=${(/** @type {Typed} */ typed) => { camera.off(); return check(typed); }} />
  </div>`;
};

/**
 * What the next pass is for.
 * @param {{ verb: string, onChange: (verb: import('./verdict.js').DoorVerb) => void }} props
 */
export const VerbChoice = ({ verb, onChange }) => html`<${Chips} legend=${t('door.do')} hideLegend name="do" value=${verb}
  options=${doorVerbs.map((v) => [v, t(`door.do.${v}`)])} onChange=${onChange} />`;

/**
 * What the camera sees, or the answer to what it saw.
 * @param {{ camera: ReturnType<typeof useCamera>, verdict: Verdict | null, idle: string }} props
 */
export const Viewfinder = ({ camera, verdict, idle }) => {
  const looking = camera.phase === 'looking' || camera.phase === 'starting';
  return html`<div class=${cls('viewfinder', verdict && 'answered')}>
    <video ref=${camera.video} playsinline muted hidden=${!looking || !!verdict} aria-label=${t('scan.view')}></video>
    ${verdict ? html`<${VerdictPanel} verdict=${verdict} />`
      : looking ? html`<i class="frame" aria-hidden="true"></i>`
        : html`<p class="idle"><${Icon} name="qr-code" />${idle}</p>`}
    ${looking && camera.light !== null && html`<button type="button" class="secondary icon-only light"
      aria-pressed=${camera.light ? 'true' : 'false'} aria-label=${t('scan.light')} onClick=${camera.toggleLight}>
      <${Icon} name="flashlight" /></button>`}</div>`;
};
