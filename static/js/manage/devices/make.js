// @ts-check
// A new device of a venue.
import { html, Icon, useState, valueOf } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { Chips, Field } from '../../lib/forms.js';
import { ErrorNote, fieldError } from '../../lib/errors.js';
import { signedOut } from '../../lib/session.js';
import { useWork } from '../../lib/work.js';

/** @typedef {import('../../types').DevicePurpose} DevicePurpose */

/** @type {DevicePurpose[]} */
const purposes = ['door', 'kiosk', 'display'];

/** @param {{ venue: string, onMade: (made: any) => void }} props */
export const MakeDevice = ({ venue, onMade }) => {
  const [purpose, setPurpose] = useState(purposes[0]);
  const [name, setName] = useState('');
  const { busy, error, run } = useWork();
  const make = (/** @type {Event} */ e) => {
    e.preventDefault();
    run(async () => {
      const made = await api(`/venues/${venue}/devices`, { method: 'POST', body: { name,
        purpose } }).catch((err) => {
        signedOut(err);
        throw err;
      });
      setName('');
      onMade(made);
    });
  };
  return html`<form class="card form device-make" onSubmit=${make}>
    <h2>${t('device.make')}</h2>
    <${Chips} legend=${t('device.purpose')} name="purpose" value=${purpose} onChange=${setPurpose}
      options=${purposes.map((one) => [one, t(`role.${one}`)])} />
    <p class="hint role-about">${t(`role.${purpose}.about`)}</p>
    <${Field} label=${t('device.name')} hint=${t('device.name.hint')} error=${fieldError(error, 'name')}>
      ${(/** @type {any} */ a) => html`<input name="name" required maxlength="60" autocomplete="off"
        value=${name}
        onInput=${(/** @type {Event} */ e) => setName(valueOf(e))} ...${a} />`}</${Field}>
    <${ErrorNote} error=${error} skip=${['name']} />
    <div class="actions"><button id="make-device" disabled=${busy}><${Icon} name="plus"
      />${t('device.make.yes')}</button>
    </div></form>`;
};
