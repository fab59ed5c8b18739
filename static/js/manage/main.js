// @ts-check
// The staff's entry: routes, guard and frame. Every page is fetched when somebody goes there.
import { html, useEffect } from '../lib/ui.js';
import { addTexts, withTexts } from '../lib/i18n.js';
import { Header, mount } from '../lib/shell.js';
import { go, Page, place, setRoutes } from '../lib/router.js';
import { session } from '../lib/session.js';
import booking from '../../i18n/booking.zh-CN.js';
import rules from '../../i18n/rules.zh-CN.js';
import zh from '../../i18n/manage.zh-CN.js';
import { Gate } from './gate.js';
import { firstPage, links } from './pages.js';

/** @typedef {import('../types').Action} Action */

/**
 * A page behind the guard, with the texts of its areas.
 * @param {Action} need @param {() => Promise<{ default: any }>} load @param {import('../lib/i18n.js').Area[]}
 *   areas
 */
const guarded = (need, load, ...areas) => async () => {
  const { default: Inner } = await withTexts(load, ...areas)();
  const Guarded = (/** @type {any} */ props) => html`<${Gate} need=${need}><${Inner} ...${props} />
  </${Gate}>`;
  return { default: Guarded };
};

/** /manage alone leads to the first page the person may open. */
const Start = () => {
  const first = firstPage();
  useEffect(() => { if (first) go(first, { replace: true }); }, [first, session.value]);
  return html`<${Gate} need="view_board" />`;
};

addTexts(booking, () => import('../../i18n/booking.en.js'));
addTexts(rules, () => import('../../i18n/rules.en.js'));
addTexts(zh, () => import('../../i18n/manage.en.js'));
setRoutes([
  { path: /^\/manage\/?$/, page: Start },
  { path: /^\/manage\/sign-in$/, load: withTexts(() => import('./sign-in.js'), 'security') },
  { path: /^\/manage\/security$/, load: withTexts(() => import('./security.js'), 'security') },
  { path: /^\/manage\/board$/, load: guarded('view_board', () => import('./board.js'), 'seats') },
  { path: /^\/manage\/venues$/, load: guarded('edit_venue', () => import('./venues.js')) },
  { path: /^\/manage\/venues\/(?<id>[^/]+)$/, load: guarded('edit_venue', () => import('./editor.js'),
    'rulebook') },
  { path: /^\/manage\/venues\/(?<id>[^/]+)\/codes$/, load: guarded('edit_venue', () => import('./codes.js'),
    'seats') },
  { path: /^\/manage\/summary$/, load: guarded('view_summary', () => import('./summary.js')) },
  { path: /^\/manage\/audit$/, load: guarded('view_audit', () => import('./audit.js'), 'audit') },
  { path: /^\/manage\/counter$/, load: guarded('book_for_others', () => import('./counter.js'), 'counter',
    'seats') },
  { path: /^\/manage\/standing$/, load: guarded('edit_venue', () => import('./standing.js'), 'standing',
    'organization') },
  { path: /^\/manage\/organizations$/,
    load: guarded('verify_organizations', () => import('./organizations.js'), 'organization') },
  { path: /^\/manage\/organizations\/(?<id>[^/]+)$/,
    load: guarded('verify_organizations', () => import('./registration.js'), 'organization') },
  { path: /^\/manage\/privacy$/, load: guarded('edit_consent', () => import('./privacy.js'), 'privacy') },
  { path: /^\/manage\/people$/, load: guarded('manage_accounts', () => import('./people.js'), 'roles',
    'privacy') },
  { path: /^\/manage\/devices$/, load: guarded('manage_devices', () => import('./devices.js'), 'roles') },
  { path: /^\/manage\/holidays$/, load: guarded('edit_venue', () => import('./holidays.js')) },
]);

const Manage = () => {
  const { path } = place.value;
  useEffect(() => { // the links are wider than a phone where text is large
    document.querySelector('.top nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path, session.value]);
  return html`<${Header} links=${links()} home="/manage" brand="manage.app" />
    <main id="main" class="wide" key=${path}><${Page} /></main>`;
};

mount(Manage);
