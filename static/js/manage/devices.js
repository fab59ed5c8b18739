// @ts-check
// The doors, kiosks and displays of a venue: make one, see whether it is alive, revoke it.
import { html, Icon, useState } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { Confirm } from '../lib/dialog.js';
import { momentText } from '../lib/words.js';
import { Heading, place, setSearch } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { signedOut } from '../lib/session.js';
import { announce } from '../lib/shell.js';
import { useWork } from '../lib/work.js';
import { keepVenue, startVenue, useOwnVenues, VenueSelect } from './own-venues.js';
import { MakeDevice } from './devices/make.js';
import { ShownOnce } from './shown-once.js';

/** @typedef {import('../types').Device} Device */
/** @typedef {import('../types').SecretLink} SecretLink */
/** @typedef {import('../types').VenueItem} VenueItem */


const icons = { door: 'door-open', kiosk: 'qr-code', display: 'presentation' };

export default function DevicesPage() {
  const own = useOwnVenues('manage_devices');
  if (!own.data) {
    return html`<${Heading} text=${t('device.title')} />${own.error
      ? html`<${ErrorNote} error=${own.error} retry=${own.reload} />`
      : html`<p class="loading">${t('loading')}</p>`}`;
  }
  const id = startVenue(own.data, new URLSearchParams(place.value.search).get('venue') ?? '');
  const venue = own.data.find((v) => v.id === id);
  const choose = (/** @type {string} */ next) => {
    keepVenue(next);
    setSearch(query({ venue: next }));
  };
  return html`<div class="row board-head"><${Heading} text=${t('device.title')} />
      <div class="board-choice"><${VenueSelect} list=${own.data} value=${id} onChange=${choose} /></div></div>
    <p class="lead">${t('device.lead')}</p>
    ${venue ? html`<${Devices} key=${id} venue=${venue} />` : html`<p
      class="empty">${t('manage.venue.none')}</p>`}`;
}

/** @param {{ venue: VenueItem }} props */
const Devices = ({ venue }) => {
  const { data, error, reload } = useLoad((signal) =>
    /** @type {Promise<{ items: Device[] }>} */ (api(`/venues/${venue.id}/devices`, { signal })), [venue.id]);
  const [made, setMade] = useState(/** @type {({ device: Device } & SecretLink) | null} */ (null));
  const [ending, setEnding] = useState(/** @type {Device | null} */ (null));
  const work = useWork();
  const revoke = (/** @type {Device} */ d) => work.run(async () => {
    await api(`/venues/${venue.id}/devices/${d.id}`, { method: 'DELETE' }).catch((err) => {
      signedOut(err);
      throw err;
    });
    announce(t('device.revoked', { name: d.name }));
    setEnding(null);
    reload();
  });
  return html`<div class="split"><section><h2>${t('device.of', { venue: pick(venue.name) })}</h2>
      <${ErrorNote} error=${error} retry=${reload} />
      ${data?.items.length === 0 && html`<p class="empty">${t('device.none')}</p>`}
      <ul class="cards devices">${data?.items.map((d) => html`<${Row} key=${d.id} device=${d}
        onRevoke=${() => setEnding(d)} />`)}</ul></section>
    <${MakeDevice} venue=${venue.id} onMade=${(/** @type {any} */ m) => { setMade(m); reload(); }} /></div>
    ${made && html`<${ShownOnce} title=${t('device.made', { name: made.device.name })} link=${made}
      text=${t(`device.made.${made.device.purpose}`)} onClose=${() => setMade(null)} />`}
    ${ending && html`<${Confirm} title=${t('device.revoke.title', { name: ending.name })}
      text=${t('device.revoke.text')} yes=${t('device.revoke')} danger busy=${work.busy}
      onYes=${() => revoke(ending)} onClose=${() => setEnding(null)}><${ErrorNote} error=${work.error}
        /></${Confirm}>`}`;
};

/** @param {{ device: Device, onRevoke: () => void }} props */
const Row = ({ device: d, onRevoke }) => html`<li class="card device" data-device=${d.id}>
  <h3><${Icon} name=${icons[d.purpose]} />${d.name}</h3>
  <p class="meta"><span>${t(`role.${d.purpose}`)}</span>
    <span>${d.seen_at ? t('device.seen', { at: momentText(d.seen_at) }) : t('device.unseen')}</span>
    <span>${t('device.since', { at: momentText(d.made_at) })}</span></p>
  <div class="actions"><button type="button" class="secondary small" onClick=${onRevoke}
    aria-label=${t('device.revoke.of', { name: d.name })}>
    <${Icon} name="ban" />${t('device.revoke')}</button></div></li>`;
