// @ts-check
// How many people come.
import { html, Icon, useId } from '../lib/ui.js';
import { t } from '../lib/i18n.js';

/**
 * The most people one booking can be for: what the rules allow and what is left.
 * @param {import('../types').Space} space
 * @param {Pick<import('../types').Rules, 'party_max'>} rules
 * @param {number} left
 */
export function partyLimit(space, rules, left) {
  const room = space.allocation === 'exclusive' ? space.seats : left;
  return Math.max(1, Math.min(room, rules.party_max || Infinity));
}

/** @param {{ value: number, max: number, error: string, onChange: (n: number) => void }} props */
export const PartyField = ({ value, max, error, onChange }) => {
  const id = useId();
  const set = (/** @type {number} */ n) => onChange(Math.min(max, Math.max(1, Math.floor(n) || 1)));
  const typed = (/** @type {any} */ e) => {
    set(Number(e.target.value));
    e.target.value = String(value); // what was refused does not stay in the field
  };
  return html`<div class="field"><label for=${id}>${t('book.party')}</label>
    <div class="stepper">
      <button type="button" class="secondary icon-only" aria-label=${t('book.party.less')}
        disabled=${value <= 1}
        onClick=${() => set(value - 1)}><span aria-hidden="true">−</span></button>
      <input id=${id} name="party" type="number" inputmode="numeric" min="1" max=${max} value=${value}
        aria-describedby=${id + 'h' + (error ? ` ${id}e` : '')} aria-invalid=${error ? 'true' : undefined}
        onChange=${typed} />
      <button type="button" class="secondary icon-only" aria-label=${t('book.party.more')}
        disabled=${value >= max}
        onClick=${() => set(value + 1)}><${Icon} name="plus" /></button>
      <span class="hint" id=${id + 'h'}>${t('book.party.max', { n: max })}</span></div>
    ${error && html`<p class="field-error" id=${id + 'e'} role="alert">${error}</p>`}</div>`;
};
