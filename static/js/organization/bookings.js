// @ts-check
// What an organization has booked, soonest first.
import { html, Icon } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { whenText } from '../lib/words.js';

/** @typedef {import('../types').Organization} Organization */
/** @typedef {{ items: import('../types').Booking[], next?: string }} Listed */

/** @param {{ organization: Organization }} props */
export const Bookings = ({ organization: o }) => {
  const { data, error, reload } = useLoad(/** @returns {Promise<Listed>} */
    (signal) => api('/bookings' + query({ for: o.id, limit: 5 }), { signal }), [o.id]);
  const items = data?.items.filter((b) => b.state !== 'cancelled') ?? [];
  return html`<section class="section" aria-labelledby="booked-title">
    <h2 id="booked-title">${t('organization.bookings')}</h2>
    <${ErrorNote} error=${error} retry=${reload} />
    ${data && !items.length && html`<p class="muted">${t('organization.bookings.none')}</p>`}
    ${items.length > 0 && html`<ul class="booked">${items.map((b) => html`<li key=${b.id}><a
      href=${'/bookings/' + b.id}>
      <${Icon} name="calendar-days" /><span><strong>${whenText(b.start, b.end)}</strong><br />
      ${pick(b.venue.name)} · ${pick(b.space.name)}</span></a></li>`)}</ul>
      <p><a href=${'/bookings?for=' + o.id}>${t('organization.bookings.all')}</a></p>`}
  </section>`;
};
