// @ts-check
// One's own account: profile, real name, family, and the ways to organizations, privacy and sessions.
import { html, Icon } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { Heading } from '../lib/router.js';
import { account, loadSession, session } from '../lib/session.js';
import { SignInForm } from './sign-in-form.js';
import { Profile } from './account/profile.js';
import { RealName } from './account/real-name.js';
import { Family } from './account/family.js';
import { Addresses } from './account/addresses.js';
import { Sessions } from '../lib/own-sessions.js';

export default function AccountPage() {
  if (!session.value) return html`<div class="narrow"><p class="loading">${t('loading')}</p></div>`;
  if (!account()) {
    return html`<div class="narrow"><${Heading} text=${t('account.title')} />
      <div class="card"><${SignInForm} why=${t('account.need')} onDone=${loadSession} /></div></div>`;
  }
  return html`<div class="narrow account"><${Heading} text=${t('account.title')} />
    <${Family} /><${Profile} /><${Addresses} /><${RealName} />
    <section class="card" aria-labelledby="sessions"><h2 id="sessions">${t('account.sessions')}</h2>
      <${Sessions} /></section>
    <nav class="card links" aria-label=${t('account.more')}>
      ${ways.map(([href, icon, key]) => html`<a key=${href} class="menu-item" href=${href}>
        <${Icon} name=${icon} />${t(key)}</a>`)}</nav>
  </div>`;
}

/** @type {[href: string, icon: string, text: import('../lib/i18n.js').Key][]} */
const ways = [
  ['/bookings', 'calendar-days', 'nav.bookings'],
  ['/standing', 'triangle-alert', 'account.standing'],
  ['/organizations', 'building-2', 'account.organizations'],
  ['/privacy', 'info', 'account.privacy'],
];
