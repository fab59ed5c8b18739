// @ts-check
// A length of time: a number with its unit. A rule book keeps minutes; people say hours and days.
import { html, useState, valueOf } from '../../../lib/ui.js';
import { t } from '../../../lib/i18n.js';
import { Field } from '../../../lib/forms.js';
import { getAt, pathName } from '../draft.js';
import { problemAt } from '../inputs.js';

/** @type {[number, 'rulebook.unit.minutes' | 'rulebook.unit.hours' | 'rulebook.unit.days'][]} */
const units = [[1, 'rulebook.unit.minutes'], [60, 'rulebook.unit.hours'], [1440, 'rulebook.unit.days']];

/** The largest unit that says it without a fraction. @param {number} minutes */
const unitOf = (minutes) => (minutes && minutes % 1440 === 0 ? 1440 : minutes && minutes % 60 === 0 ? 60 : 1);

/**
 * @param {import('../inputs.js').Common & { usual?: number }} props usual: the unit it offers while it is empty
 */
export const Length = ({ form, path, label, hint, usual = 1 }) => {
  const value = /** @type {number | undefined} */ (getAt(form.draft, path));
  const [chosen, setUnit] = useState(0);
  const unit = chosen || (value ? unitOf(value) : usual);
  const fits = (value ?? 0) % unit === 0 ? unit : unitOf(value ?? 0); // another rule book may be shown now
  const put = (/** @type {string} */ text, /** @type {number} */ of) => {
    const n = Math.round(Number(text) * of);
    form.set(path, text === '' || Number.isNaN(n) ? undefined : n);
  };
  return html`<${Field} label=${label} hint=${hint} error=${problemAt(form, path)} class="number-field">
    ${(/** @type {any} */ a) => html`<span class="with-unit"><input ...${a} type="number"
      inputmode="numeric" name=${pathName(path)}
      value=${value === undefined ? '' : value / fits} onInput=${(/** @type {Event} */ e) => {
        setUnit(fits);
        put(valueOf(e), fits);
      }} />
      <select aria-label=${t('rulebook.unit.of', { name: String(label) })}
        onChange=${(/** @type {Event} */ e) => {
        const next = Number(valueOf(e));
        setUnit(next);
        if (value !== undefined) put(String(value / fits), next);
      }}>${units.map(([n, text]) => html`<option key=${n} value=${n} selected=${n === fits}>${t(text)}
        </option>`)}</select></span>`}
  </${Field}>`;
};
