// @ts-check
// The entry of the pages that devices show: the door, the kiosk and the display. The door is for staff too.
import { asset, html, signal } from '../lib/ui.js';
import { addTexts, lang, setLang, t, texts, withTexts } from '../lib/i18n.js';
import { Header, mount } from '../lib/shell.js';
import { Page, place, setRoutes } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { session, signIn } from '../lib/session.js';
import booking from '../../i18n/booking.zh-CN.js';
import rules from '../../i18n/rules.zh-CN.js';
import zh from '../../i18n/manage.zh-CN.js';
import { Gate } from '../manage/gate.js';
import { links } from '../manage/pages.js';
import { DoorPage } from './door.js';

const Guarded = () => html`<${Gate} need="check_in"><${DoorPage} /></${Gate}>`;

addTexts(booking, () => import('../../i18n/booking.en.js'));
addTexts(rules, () => import('../../i18n/rules.en.js'));
addTexts(zh, () => import('../../i18n/manage.en.js'));
setRoutes([
  { path: /^\/scan\/?$/, load: withTexts(async () => ({ default: Guarded }), 'seats') },
  { path: /^\/kiosk\/?$/, load: withTexts(() => import('./kiosk.js'), 'roles', 'seats') },
  { path: /^\/display\/?$/, load: withTexts(() => import('./display.js'), 'roles') },
]);

const refused = signal(/** @type {unknown} */ (null));

/** A link makes this browser a device: #device=TOKEN, taken out of the address at once. */
async function becomeDevice() {
  const device = new URLSearchParams(location.hash.slice(1)).get('device');
  if (!device) return;
  history.replaceState(null, '', location.pathname + location.search);
  place.value = { path: location.pathname, search: location.search };
  await texts('roles').catch(() => {});
  await signIn({ device }).catch((err) => { refused.value = err; });
}

/** The head of a device's page: no way to sign in, no menu. */
const DeviceHeader = () => html`<header class="top">
  <span class="brand"><img src=${asset('img/icon.svg')} alt="" width="32" height="32" />
    <span>${session.value?.device?.name}</span></span>
  <div class="tools"><button type="button" class="ghost" id="lang" lang=${lang.value === 'en' ? 'zh-CN'
    : 'en'}
    onClick=${() => setLang(lang.value === 'en' ? 'zh-CN' : 'en')}>${lang.value === 'en' ? '中文'
      : 'English'}</button>
  </div></header>`;

const Scan = () => {
  const bare = place.value.path.startsWith('/display');
  return html`${bare ? null : session.value?.device || !place.value.path.startsWith('/scan')
    ? html`<${DeviceHeader} />` : html`<${Header} links=${links()} home="/manage" brand="manage.app" />`}
    <main id="main" class=${bare ? 'display' : 'door-page'}>
      ${refused.value ? html`<h1>${t('scan.failed')}</h1><${ErrorNote} error=${refused.value} />`
        : html`<${Page} />`}</main>`;
};

becomeDevice().finally(() => mount(Scan));
