// @ts-check
// Who may do what: the server's one table, in words.
import { html, Icon, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { ErrorNote } from '../../lib/errors.js';
import { useLoad } from '../../lib/load.js';
import { roles } from './words.js';

/** @typedef {import('../../types').Permission} Permission */

const columns = /** @type {const} */ ([...roles, 'door', 'kiosk', 'display']);

const wordOf = (/** @type {Permission} */ p) =>
  /** @type {import('../../lib/i18n.js').Key} */ (`may.${p.action}`);

export const Permits = () => {
  const [open, setOpen] = useState(false);
  return html`<details class="card permits" onToggle=${(/** @type {any} */ e) => setOpen(e.target.open)}>
    <summary><strong>${t('roles.permits')}</strong></summary>
    ${open && html`<${Table} />`}</details>`;
};

const Table = () => {
  const { data, error, reload } = useLoad((signal) =>
    /** @type {Promise<{ items: Permission[] }>} */ (api('/roles', { signal })), []);
  if (!data) {
    return error ? html`<${ErrorNote} error=${error} retry=${reload} />`
      : html`<p class="loading">${t('loading')}</p>`;
  }
  const rows = data.items.filter((p) => p.scope === 'granted' || p.scope === 'district');
  return html`<p class="muted">${t('roles.permits.about')}</p>
    <div class="scroll" tabindex="0" role="region" aria-label=${t('roles.permits')}><table>
      <thead><tr><th scope="col">${t('roles.permits.what')}</th>${columns.map((role) => html`
        <th scope="col" key=${role}>${t(`role.${role}`)}</th>`)}</tr></thead>
      <tbody>${rows.map((p) => html`<tr key=${p.action}><th scope="row">${t(wordOf(p))}
        ${p.scope === 'district' && html` <span class="tag">${t('roles.permits.district')}</span>`}
        ${p.step_up && html` <span class="tag info">${t('roles.permits.again')}</span>`}</th>
        ${columns.map((role) => html`<td key=${role}>${p.roles.includes(role)
          && html`<${Icon} name="check" /><span
            class="visually-hidden">${t('roles.permits.yes')}</span>`}</td>`)}
      </tr>`)}</tbody></table></div>`;
};
