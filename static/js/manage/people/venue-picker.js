// @ts-check
// Several of many, with a box to search in: venues by their areas, or areas.
import { html, useState, valueOf } from '../../lib/ui.js';
import { pick, t } from '../../lib/i18n.js';

/** @typedef {import('../../types').VenueItem} VenueItem */
/** @typedef {{ id: string, name: string, under: string }} Option */

/** How many are shown at once; more are found by typing. */
const most = 60;

/** @param {VenueItem[]} venues @returns {Option[]} */
const optionsOf = (venues) => venues.map((v) => ({ id: v.id, name: pick(v.name), under: v.area }))
  .sort((a, b) => a.under.localeCompare(b.under, 'zh') || a.name.localeCompare(b.name, 'zh'));

/**
 * @param {{ legend: string, name: string, venues?: VenueItem[], options?: Option[], chosen: string[],
 *   onChange: (chosen: string[]) => void }} props
 */
export const VenuePicker = ({ legend, name, venues, options = optionsOf(venues ?? []), chosen,
  onChange }) => {
  const [typed, setTyped] = useState('');
  const fits = options.filter((o) =>
    (o.name + o.under + o.id).toLowerCase().includes(typed.trim().toLowerCase()));
  const shown = [...options.filter((o) => chosen.includes(o.id) && !fits.includes(o)), ...fits].slice(0,
    most);
  const toggle = (/** @type {string} */ id) => onChange(chosen.includes(id) ? chosen.filter((c) => c !== id)
    : [...chosen, id]);
  return html`<fieldset class="picker"><legend>${legend} <span class="muted">${t('roles.chosen',
    { n: chosen.length })}
    </span></legend>
    ${options.length > 8 && html`<input type="search" aria-label=${t('roles.search')}
      placeholder=${t('roles.search')}
      value=${typed} onInput=${(/** @type {Event} */ e) => setTyped(valueOf(e))} />`}
    <div class="picker-list">${shown.map((o) => html`<label class="check" key=${o.id}>
      <input type="checkbox" name=${name} value=${o.id} checked=${chosen.includes(o.id)}
        onChange=${() => toggle(o.id)} />
      <span>${o.name}${o.under && html` <span class="muted">${o.under}</span>`}</span></label>`)}
      ${!shown.length && html`<p class="muted">${t('roles.search.none')}</p>`}</div></fieldset>`;
};
