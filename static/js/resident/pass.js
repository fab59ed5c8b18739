// @ts-check
// The QR code of a booking on its holder's phone: it changes by itself, shows that it is alive, and says what
// to do when it cannot go on.
import { html, Icon, useEffect, useRef, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { clockNow, drawn, halfUsed, liveCounts, loadPass, pictureCounts, shownNow } from '../lib/live.js';
import { keepPass, passPicture } from '../lib/offline.js';
import { say } from '../lib/rules.js';
import { usePulse } from '../manage/watch.js';

/** @typedef {import('../types').Booking} Booking */
/** @typedef {import('../lib/live.js').Pass} Pass */

const second = 1000;
const slept = 60 * second; // a phone that was away so long asks again
const again = 30 * second; // how long after a try that failed it tries again

/**
 * The pass of a booking, renewed in time: undefined while it is asked for, null if it cannot be had.
 * @param {string} id
 */
function usePass(id) {
  const [pass, setPass] = useState(/** @type {Pass | null | undefined} */ (undefined));
  const [, draw] = useState(0);
  const asked = useRef(0);
  const seen = useRef(0);
  const ask = () => {
    asked.current = Date.now();
    loadPass(id).then(setPass, () => setPass((was) => was ?? null));
  };
  useEffect(ask, [id]);
  usePulse(() => {
    const now = Date.now();
    const away = now - (seen.current || now);
    seen.current = now;
    if (away > slept || (pass && halfUsed(pass) && now - asked.current > again)) ask();
    draw(now);
  }, second);
  return pass;
}

/** @param {{ booking: Booking, when: string }} props when: to check in, or when that was done */
export const Code = ({ booking: b, when }) => {
  const pass = usePass(b.id);
  const [kept, setKept] = useState(false);
  const [picture, setPicture] = useState(/** @type {{ src: string, width: number } | null} */ (null));
  const { text, live } = pass ? shownNow(pass) : { text: '', live: false };
  const works = live || !pass || pictureCounts(pass);
  useEffect(() => {
    const still = () => setPicture({ src: passPicture(b.id), width: 340 }); // where it cannot be drawn
    if (text && works) drawn(text).then(setPicture, still);
    else if (pass === null) still();
  }, [text, works, pass === null]);
  if (!picture && works) return html`<div class="qr wait" aria-busy="true"></div>`;
  const loaded = () => { if (!kept) keepPass(b.id).then(setKept); };
  const alt = t('pass.alt', { number: b.number });
  return html`${works && picture
    ? html`<img class="qr" alt=${alt} ...${picture} height=${picture.width} onLoad=${loaded} />`
    : html`<div class="notice bad"><${Icon} name="wifi-off" /><p>${t('pass.spent')}</p></div>`}
    ${pass && live && liveCounts(pass) && html`<${Alive} clock=${clockNow(pass)} />`}
    <p class="pass-number"><span>${t('pass.number')}</span>
      <strong>${b.number.slice(0, 4)} ${b.number.slice(4)}</strong></p>
    <p class="pass-window">${when}</p>
    ${works && html`<${Hints} pass=${pass} kept=${kept} />`}`;
};

/**
 * That it is no picture: a mark that breathes, and a clock that goes.
 * @param {{ clock: string }} props
 */
const Alive = ({ clock }) => html`<p class="alive no-print">
  <i aria-hidden="true" class=${Number(clock.slice(-1)) % 2 ? 'out' : ''}></i>
  ${t('pass.live')} <span class="num" aria-hidden="true">${clock}</span></p>`;

/** How it is used here. @param {{ pass: Pass | null, kept: boolean }} props */
const Hints = ({ pass, kept }) => {
  const by = pass?.check_in_by ?? [];
  const saved = t(!pass || pictureCounts(pass) ? 'pass.kept' : 'pass.kept.live');
  return html`<p class="hint no-print">${by.length ? say('rule.check_in_by', { means: by }) : t('pass.show')}
    ${pass && !pictureCounts(pass) && ` ${t('rule.check_in_live')}`}
    ${kept ? ` ${saved}` : !by.length || by.includes('slip') ? ` ${t('pass.save')}` : ''}</p>`;
};
