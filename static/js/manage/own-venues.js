// @ts-check
// The venues a person works for, and the one they looked at last.
import { html, remember, remembered, valueOf } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { may } from '../lib/session.js';
import { useLoad } from '../lib/load.js';
import { Field } from '../lib/forms.js';

/** @typedef {import('../types').VenueItem} VenueItem */
/** @typedef {import('../types').Action} Action */

/** @param {AbortSignal} signal @param {boolean} retired also those that residents do not see */
async function everyVenue(signal, retired) {
  /** @type {VenueItem[]} */
  const all = [];
  for (let after = ''; ;) {
    /** @type {{ items: VenueItem[], next?: string }} */
    const page = await api('/venues' + query({ limit: 200, after, retired }), { signal });
    all.push(...page.items);
    if (!page.next) return all;
    after = page.next;
  }
}

/** Loads the venues where the person may do this. @param {Action} action */
export const useOwnVenues = (action) =>
  useLoad(async (signal) => (await everyVenue(signal, action === 'edit_venue'))
    .filter((v) => may(action, v.id)), [action]);

/**
 * The venue to begin with: the one asked for, the last one used here, or the first.
 * @param {VenueItem[]} list @param {string} [asked]
 */
export function startVenue(list, asked = '') {
  const has = (/** @type {string} */ id) => list.some((v) => v.id === id);
  const last = remembered('venue');
  return has(asked) ? asked : has(last) ? last : list[0]?.id ?? '';
}

/** @param {string} id */
export const keepVenue = (id) => remember('venue', id);

/**
 * Chooses one of several venues; its mere name where there is only one.
 * @param {{ list: VenueItem[], value: string, onChange: (id: string) => void, all?: boolean }} props
 *   all: offers the whole district too, as ''
 */
export const VenueSelect = ({ list, value, onChange, all }) => html`
  <${Field} label=${t('manage.venue')} class="venue-select">${(/** @type {any} */ a) => html`
    <select ...${a} value=${value} onChange=${(/** @type {Event} */ e) => onChange(valueOf(e))}>
      ${all && html`<option value="" selected=${!value}>${t('manage.venue.all')}</option>`}
      ${list.map((v) => html`<option key=${v.id} value=${v.id} selected=${v.id === value}>${pick(v.name)}
      </option>`)}
    </select>`}</${Field}>`;
