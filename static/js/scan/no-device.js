// @ts-check
// What a device's page says in a browser that is no device, or not any more.
import { html, Icon } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { Heading } from '../lib/router.js';
import { session } from '../lib/session.js';

/** @param {{ title: string }} props */
export const NoDevice = ({ title }) => (session.value === undefined ? html`<p
  class="loading">${t('loading')}</p>`
  : html`<div class="gate card"><${Icon} name="info" /><${Heading} text=${title} />
    <p>${t('kiosk.none')}</p></div>`);
