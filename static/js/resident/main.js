// @ts-check
// The residents' entry: routes and frame. Pages other than the first are fetched when somebody goes there.
import { html } from '../lib/ui.js';
import { Header, mount } from '../lib/shell.js';
import { Page, setRoutes } from '../lib/router.js';
import { Find } from './find.js';

setRoutes([
  { path: /^\/$/, page: Find },
  { path: /^\/venues\/(?<id>[^/]+)$/, load: () => import('./venue.js') },
  { path: /^\/bookings$/, load: () => import('./bookings.js') },
  { path: /^\/bookings\/(?<id>[^/]+)$/, load: () => import('./booking.js') },
  { path: /^\/sign-in$/, load: () => import('./sign-in.js') },
]);

const Resident = () => html`
  <${Header} links=${[['/', 'nav.find'], ['/bookings', 'nav.bookings']]} />
  <main id="main"><${Page} /></main>`;

mount(Resident);
