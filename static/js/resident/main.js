// @ts-check
// The residents' entry: routes and frame. Pages other than the first are fetched when somebody goes there.
import { html, Icon } from '../lib/ui.js';
import { t, withTexts } from '../lib/i18n.js';
import { Header, mount } from '../lib/shell.js';
import { Page, setRoutes } from '../lib/router.js';
import { acting, actFor } from '../lib/session.js';
import { Find } from './find.js';

/** A page that needs the texts of booking. @param {() => Promise<{ default: any }>} load */
const later = (load) => withTexts(load, 'booking', 'rules');
/** A page about organizations. @param {() => Promise<{ default: any }>} load */
const organizing = (load) => withTexts(load, 'booking', 'rules', 'organization');

setRoutes([
  { path: /^\/$/, page: Find },
  { path: /^\/venues\/(?<id>[^/]+)$/, load: later(() => import('./venue.js')) },
  { path: /^\/bookings$/, load: later(() => import('./bookings.js')) },
  { path: /^\/bookings\/(?<id>[^/]+)$/, load: later(() => import('./booking.js')) },
  { path: /^\/organizations$/, load: organizing(() => import('../organization/list.js')) },
  { path: /^\/organizations\/(?<id>[^/]+)$/, load: organizing(() => import('../organization/page.js')) },
  { path: /^\/join$/, load: organizing(() => import('../organization/join.js')) },
  { path: /^\/account$/, load: withTexts(() => import('./account.js'), 'booking', 'rules', 'account',
    'security') },
  { path: /^\/standing$/, load: withTexts(() => import('./standing.js'), 'booking', 'rules', 'standing') },
  { path: /^\/privacy(?<text>\/text)?$/, load: withTexts(() => import('./privacy.js'), 'booking',
    'privacy') },
  { path: /^\/at\/(?<code>[^/]+)$/, load: withTexts(() => import('./at.js'), 'booking', 'rules', 'seats') },
  { path: /^\/sign-in$/, load: later(() => import('./sign-in.js')) },
]);

const Resident = () => html`
  <${Header} links=${[['/', 'nav.find'], ['/bookings', 'nav.bookings']]} />
  <${ActingLine} /><main id="main"><${Page} /></main>`;

/** Whoever books for an organization sees it on every page. */
const ActingLine = () => {
  const who = acting();
  return who?.kind === 'organization' ? html`<section class="acting" aria-label=${t('acting.label')}>
    <p><${Icon} name="building-2" />${t('acting', { name: who.name })}</p>
    <button type="button" class="ghost" onClick=${() => actFor('')}>${t('acting.self')}</button></section>`
    : null;
};

mount(Resident);
