// @ts-check
// Name, kind, address and what a place offers.
import { html, Icon, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { Chips } from '../../lib/forms.js';
import { FeatureBoxes, NumberInput, Problem, TextInput, TextPair } from './inputs.js';

/** @typedef {import('./inputs.js').Form} Form */

export const kinds = /** @type {const} */ (['reading_room', 'square', 'corridor', 'idle_venue']);

/** @param {{ form: Form }} props */
export const Basics = ({ form }) => html`<div class="form">
  <fieldset class="card form"><legend class="visually-hidden">${t('edit.public')}</legend>
    <${PublicSwitch} form=${form} /></fieldset>
  <section class="card form" aria-labelledby="names"><h3 id="names">${t('edit.names')}</h3>
    <${Chips} legend=${t('edit.kind')} name="kind" value=${form.draft.kind}
      options=${kinds.map((k) => [k, t(`kind.${k}`)])}
      onChange=${(/** @type {string} */ k) => form.set(['kind'], k)} />
    <${Problem} form=${form} path=${['kind']} />
    <${TextPair} form=${form} path=${['name']} label=${t('edit.name')} />
    <${TextPair} form=${form} path=${['about']} label=${t('edit.about')} lines=${4} length=${4000} />
  </section>
  <section class="card form" aria-labelledby="place"><h3 id="place">${t('edit.place')}</h3>
    <${TextInput} form=${form} path=${['area']} label=${t('edit.area')} hint=${t('edit.area.hint')}
      length=${60} />
    <${TextPair} form=${form} path=${['address']} label=${t('edit.address')} length=${200} />
    <${TextInput} form=${form} path=${['phone']} label=${t('edit.phone')} type="tel" optional length=${40}
      class="short" />
    <${PositionFields} form=${form} />
  </section>
  <section class="card form" aria-labelledby="features"><h3 id="features">${t('edit.features')}</h3>
    <p class="hint">${t('edit.features.hint')}</p>
    <${FeatureBoxes} form=${form} path=${['features']} /></section>
</div>`;

/** Whether residents see the venue. Stored as its opposite. @param {{ form: Form }} props */
const PublicSwitch = ({ form }) => html`<label class="check tall">
  <input type="checkbox" id="public" checked=${!form.draft.retired}
    onChange=${(/** @type {any} */ e) => form.set(['retired'], !e.target.checked)} />
  <span>${t('edit.public')}<span class="hint">${t('edit.public.hint')}</span></span></label>`;

/** @param {{ form: Form }} props */
const PositionFields = ({ form }) => {
  const [note, setNote] = useState('');
  const at = form.draft.position;
  const locate = () => navigator.geolocation.getCurrentPosition(({ coords }) => {
    const round = (/** @type {number} */ n) => Math.round(n * 1e5) / 1e5;
    form.set(['position'], { lat: round(coords.latitude), lon: round(coords.longitude) });
    setNote(t('edit.position.found', { n: Math.round(coords.accuracy) }));
  }, () => setNote(t('edit.position.failed')), { enableHighAccuracy: true, timeout: 10_000 });
  /** Half a position is none yet, but stays visible. @param {'lat' | 'lon'} key */
  const half = (key) => /** @type {Form} */ ({ ...form, set: (_, value) => {
    const next = { ...at, [key]: value };
    form.set(['position'], next.lat === undefined && next.lon === undefined ? undefined : next);
  } });
  return html`<fieldset><legend class="label">${t('edit.position')} <span class="optional">${t('optional')}
  </span></legend>
    <div class="form-row position">
      <${NumberInput} form=${half('lat')} path=${['position', 'lat']} label=${t('edit.lat')} step="any" />
      <${NumberInput} form=${half('lon')} path=${['position', 'lon']} label=${t('edit.lon')} step="any" />
      <div class="position-ways">
        ${'geolocation' in navigator && html`<button type="button" class="secondary" onClick=${locate}>
          <${Icon} name="map-pin" />${t('edit.position.here')}</button>`}
        ${at && at.lat !== undefined && at.lon !== undefined && html`<a class="button secondary"
          target="_blank"
          rel="noopener noreferrer" href=${mapAddress(at)}><${Icon} name="external-link" />
            ${t('edit.position.check')}</a>`}
      </div></div>
    <p class="hint" role="status">${note || t('edit.position.hint')}</p></fieldset>`;
};

/** @param {import('../../types').Position} at */
const mapAddress = (at) => 'https://uri.amap.com/marker?'
  + new URLSearchParams({ position: `${at.lon},${at.lat}`, coordinate: 'wgs84' });
