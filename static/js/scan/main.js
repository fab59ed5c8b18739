// @ts-check
// The entry of the page at the door.
import { html } from '../lib/ui.js';
import { addTexts } from '../lib/i18n.js';
import { Header, mount } from '../lib/shell.js';
import { Page, setRoutes } from '../lib/router.js';
import booking from '../../i18n/booking.zh-CN.js';
import zh from '../../i18n/manage.zh-CN.js';
import { Gate } from '../manage/gate.js';
import { links } from '../manage/pages.js';
import { DoorPage } from './door.js';

const Guarded = () => html`<${Gate} need="check_in"><${DoorPage} /></${Gate}>`;

addTexts(booking, () => import('../../i18n/booking.en.js'));
addTexts(zh, () => import('../../i18n/manage.en.js'));
setRoutes([{ path: /^\/scan\/?$/, page: Guarded }]);

const Scan = () => html`
  <${Header} links=${links()} home="/manage" brand="manage.app" />
  <main id="main" class="door-page"><${Page} /></main>`;

mount(Scan);
