// @ts-check
// The residents' entry: routes and frame. Pages other than the first are fetched when somebody goes there.
import { html } from '../lib/ui.js';
import { withTexts } from '../lib/i18n.js';
import { Header, mount } from '../lib/shell.js';
import { Page, setRoutes } from '../lib/router.js';
import { Find } from './find.js';

/** A page that needs the texts of booking. @param {() => Promise<{ default: any }>} load */
const later = (load) => withTexts(load, 'booking');
/** A page about organizations. @param {() => Promise<{ default: any }>} load */
const organizing = (load) => withTexts(load, 'booking', 'organization');

setRoutes([
  { path: /^\/$/, page: Find },
  { path: /^\/venues\/(?<id>[^/]+)$/, load: later(() => import('./venue.js')) },
  { path: /^\/bookings$/, load: later(() => import('./bookings.js')) },
  { path: /^\/bookings\/(?<id>[^/]+)$/, load: later(() => import('./booking.js')) },
  { path: /^\/organizations$/, load: organizing(() => import('../organization/list.js')) },
  { path: /^\/organizations\/(?<id>[^/]+)$/, load: organizing(() => import('../organization/page.js')) },
  { path: /^\/join$/, load: organizing(() => import('../organization/join.js')) },
  { path: /^\/sign-in$/, load: later(() => import('./sign-in.js')) },
]);

const Resident = () => html`
  <${Header} links=${[['/', 'nav.find'], ['/bookings', 'nav.bookings']]} />
  <main id="main"><${Page} /></main>`;

mount(Resident);
