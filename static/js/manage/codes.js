// @ts-check
// The stickers of a venue: a code for every seat and room, to be printed on A4 and stuck on.
import { html, Icon, useState } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { Confirm } from '../lib/dialog.js';
import { Select } from '../lib/forms.js';
import { Heading } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { announce } from '../lib/shell.js';
import { useWork } from '../lib/work.js';

/** @typedef {import('../types').Sticker} Sticker */
/** @typedef {{ venue: { id: string, name: import('../types').Text }, items: Sticker[] }} Codes */

/** @param {{ id: string }} props */
export default function CodesPage({ id }) {
  const { data, error, reload, set } = useLoad((signal) =>
    /** @type {Promise<Codes>} */ (api(`/venues/${id}/codes`, { signal })), [id]);
  if (!data) {
    return html`<${Heading} text=${t('codes.title')} />${error ? html`<${ErrorNote} error=${error}
      retry=${reload} />`
      : html`<p class="loading">${t('loading')}</p>`}`;
  }
  return html`<${Stickers} id=${id} data=${data} onChange=${set} />`;
}

/** @param {{ id: string, data: Codes, onChange: (data: Codes) => void }} props */
const Stickers = ({ id, data, onChange }) => {
  const [group, setGroup] = useState('');
  const [renewing, setRenewing] = useState(/** @type {Sticker | null} */ (null));
  const work = useWork();
  const missing = data.items.filter((s) => !s.code).length;
  const groups = [...new Set(data.items.map((s) => pick(s.space.under)).filter(Boolean))];
  const shown = data.items.filter((s) => s.code && (!group || pick(s.space.under) === group));
  const make = (/** @type {string} */ renew) => work.run(async () => {
    onChange(await api(`/venues/${id}/codes`, { method: 'POST', body: renew ? { renew } : {} }));
    if (renewing) announce(t('codes.renewed', { name: pick(renewing.space.name) }));
    setRenewing(null);
  });
  return html`<div class="no-print">
      <p class="back-line"><a class="back" href=${'/manage/venues/' + id}><${Icon} name="chevron-left" />
        ${t('codes.back')}</a></p>
      <${Heading} text=${`${pick(data.venue.name)} · ${t('codes.title')}`} />
      <p class="lead">${t('codes.lead')}</p>
      ${!renewing && html`<${ErrorNote} error=${work.error} />`}
      ${data.items.length === 0 && html`<p class="empty">${t('codes.none')}</p>`}
      ${missing > 0 && html`<div class="notice info"><${Icon} name="info" /><p>${t('codes.missing',
        { n: missing })}</p>
        <button type="button" id="make-codes" disabled=${work.busy} onClick=${() =>
          make('')}>${t('codes.make')}</button></div>`}
      ${shown.length > 0 && html`<div class="row codes-tools">
        ${groups.length > 0 && html`<${Select} label=${t('codes.group')} name="group" value=${group}
          onChange=${setGroup}
          options=${[['', t('codes.all')], ...groups.map((g) => [g, g])]} />`}
        <button type="button" id="print-codes" onClick=${() => print()}><${Icon} name="printer" />
          ${t('codes.print')}</button></div>`}
    </div>
    <ul class="stickers">${shown.map((s) => html`<li class="sticker" key=${s.code}>
      <p class="sticker-venue">${pick(data.venue.name)} ${pick(s.space.under)}</p>
      <strong>${pick(s.space.name)}</strong>
      <img src=${s.picture} alt=${s.address} width="240" height="240" />
      <p>${t('codes.scan')}</p>
      <button type="button" class="secondary small no-print" onClick=${() => setRenewing(s)}
        aria-label=${t('codes.renew.of', { name: pick(s.space.name) })}><${Icon} name="refresh-cw" />
        ${t('codes.renew')}</button></li>`)}</ul>
    ${renewing && html`<${Confirm} title=${t('codes.renew.title', { name: pick(renewing.space.name) })}
      text=${t('codes.renew.text')} yes=${t('codes.renew')} danger busy=${work.busy}
      onYes=${() => make(renewing.space.id)} onClose=${() => setRenewing(null)}>
      <${ErrorNote} error=${work.error} /></${Confirm}>`}`;
};
