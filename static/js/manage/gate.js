// @ts-check
// The door of the staff's pages: who may come in, and a way on for everybody else.
import { html, Icon } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { account, leave, may, session } from '../lib/session.js';
import { Heading, place } from '../lib/router.js';

/** @typedef {import('../types').Action} Action */

/** Whether the session is one that staff may work with. */
export const isStrong = () =>
  ['password', 'passkey', 'provider', 'command'].includes(session.value?.means ?? '');

/**
 * Shows its children to people who may do this; to others, why not and where to go.
 * @param {{ need: Action, children?: any }} props
 */
export const Gate = ({ need, children }) => {
  if (session.value === undefined) return html`<p class="loading">${t('loading')}</p>`;
  if (may(need)) return children;
  if (!account()) return html`<${SignInFirst} />`;
  return session.value.staff && !isStrong() ? html`<${StaffAgain} />` : html`<${NotForYou} />`;
};

/** The address of the staff's sign-in page that leads back here. */
const signInHere = () => '/manage/sign-in?next=' + encodeURIComponent(place.value.path + place.value.search);

/** Somebody of the staff who has signed in as residents do. */
export const StaffAgain = () => html`<div class="gate card">
  <${Icon} name="log-in" />
  <${Heading} text=${t('manage.gate.title')} />
  <p>${t(session.value?.enrol ? 'manage.gate.enrol' : 'manage.gate.again',
    { name: account()?.name || t('menu.you') })}</p>
  <div class="actions">
    <a class="button large" href=${session.value?.enrol ? '/manage/security' : signInHere()}>
      ${t(session.value?.enrol ? 'manage.gate.setup' : 'manage.gate.staff')}</a>
    <a class="button secondary large" href="/">${t('manage.gate.home')}</a>
  </div></div>`;

export const SignInFirst = () => html`<div class="gate card">
  <${Icon} name="log-in" />
  <${Heading} text=${t('manage.gate.title')} />
  <p>${t('manage.gate.signin')}</p>
  <div class="actions">
    <a class="button large" href=${signInHere()}>${t('signin')}</a>
    <a class="button secondary large" href="/">${t('manage.gate.home')}</a>
  </div></div>`;

const NotForYou = () => html`<div class="gate card">
  <${Icon} name="info" />
  <${Heading} text=${t('manage.gate.title')} />
  <p>${t('manage.gate.not', { name: account()?.name || t('menu.you') })}</p>
  <div class="actions">
    <a class="button large" href="/">${t('manage.gate.home')}</a>
    <button type="button" class="secondary large"
      onClick=${() => leave('/manage/sign-in')}>
      ${t('manage.gate.other')}</button>
  </div></div>`;
