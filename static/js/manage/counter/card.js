// @ts-check
// An identity card instead of a name: whoever has booked for now is checked in at once. The number goes to that
// one operation, never into an address or a search.
import { html, Icon, useState } from '../../lib/ui.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { signedOut } from '../../lib/session.js';
import { announce } from '../../lib/shell.js';
import { letIn, refusal } from '../../scan/verdict.js';
import { Key } from './keys.js';

/** @typedef {import('../../scan/verdict.js').Verdict} Verdict */

/** @param {string} venue */
export function useCard(venue) {
  const [verdict, setVerdict] = useState(/** @type {Verdict | null} */ (null));
  const show = (/** @type {Verdict} */ v) => {
    setVerdict(v);
    announce(v.title + t('colon') + v.text);
  };
  const swipe = (/** @type {string} */ card) => {
    const asked = api(`/venues/${venue}/card-attendance`, { method: 'POST', body: { identity_number: card } });
    return /** @type {Promise<{ booking: import('../../types').Booking }>} */ (asked).then(
      ({ booking }) => show(letIn(booking)),
      (err) => { if (!signedOut(err)) show(refusal(err, () => '')); },
    );
  };
  return { verdict, swipe };
}

/** What the card did. @param {{ verdict: Verdict }} props */
export const CardAnswer = ({ verdict: v }) => html`<div id="card-answer"
  class=${'notice ' + (v.tone === 'good' || v.tone === 'info' ? v.tone : 'bad')}>
  <${Icon} name=${v.icon} /><p><strong>${v.title}</strong><br />${v.text}</p></div>`;

/** What Enter does with it. @param {{ onSwipe: () => void }} props */
export const CardOffer = ({ onSwipe }) => html`<p class="actions"><button type="button" id="card" onClick=${onSwipe}>
  <${Icon} name="circle-check" />${t('counter.card')}<${Key}>Enter ↵</${Key}></button></p>`;
