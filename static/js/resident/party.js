// @ts-check
// How many people come.
import { html, Icon, useId } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { partyRange } from './terms.js';

/**
 * How many people one booking can be for: what the rules allow and what is left.
 * @param {import('../types').Space[]} spaces together in the booking
 * @param {import('../types').Rules} book
 * @param {number} left
 * @param {boolean} organization whether one books
 */
export function partySize(spaces, book, left, organization) {
  const { min, max } = partyRange(book, organization);
  const room = spaces[0].allocation === 'exclusive' ? spaces.reduce((sum, s) => sum + s.seats, 0) : left;
  return { min, max: Math.max(1, Math.min(room, max)) };
}

/**
 * @param {{ value: number, min?: number, max: number, error: string, onChange: (n: number) => void }} props
 */
export const PartyField = ({ value, min = 1, max, error, onChange }) => {
  const id = useId();
  const set = (/** @type {number} */ n) => onChange(Math.min(max, Math.max(min, Math.floor(n) || min)));
  const typed = (/** @type {any} */ e) => {
    set(Number(e.target.value));
    e.target.value = String(value); // what was refused does not stay in the field
  };
  return html`<div class="field"><label for=${id}>${t('book.party')}</label>
    <div class="stepper">
      <button type="button" class="secondary icon-only" aria-label=${t('book.party.less')}
        disabled=${value <= min}
        onClick=${() => set(value - 1)}><span aria-hidden="true">−</span></button>
      <input id=${id} name="party" type="number" inputmode="numeric" min=${min} max=${max} value=${value}
        aria-describedby=${id + 'h' + (error ? ` ${id}e` : '')} aria-invalid=${error ? 'true' : undefined}
        onChange=${typed} />
      <button type="button" class="secondary icon-only" aria-label=${t('book.party.more')}
        disabled=${value >= max}
        onClick=${() => set(value + 1)}><${Icon} name="plus" /></button>
      <span class="hint" id=${id + 'h'}>${min > 1
        ? t('book.party.range', { min, max }) : t('book.party.max', { n: max })}</span></div>
    ${error && html`<p class="field-error" id=${id + 'e'} role="alert">${error}</p>`}</div>`;
};
