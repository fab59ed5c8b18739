// @ts-check
// The first visit of a new colleague, by a link: a passkey, or a password and an authenticator app.
import { html, Icon, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { Heading } from '../../lib/router.js';
import { account } from '../../lib/session.js';
import { canPasskeys } from '../../lib/passkeys.js';
import { AppSetup } from './authenticator.js';
import { PasskeyForm } from './passkeys.js';
import { PasswordForm } from './password.js';

/** @typedef {import('../../types').Credentials} Credentials */

/** @param {{ set: Credentials, onChange: (set: Credentials) => void, onDone: () => void }} props */
export const Enrol = ({ set, onChange, onDone }) => {
  const [way, setWay] = useState(/** @type {'' | 'passkey' | 'password' | 'app'} */ (''));
  if (!set.enrolling) {
    return html`<div class="narrow"><${Heading} text=${t('security.enrol.title')} />
      <p class="notice warn">${t('err.enrolled_already')}</p>
      <p><a class="button large" href="/manage/sign-in">${t('security.signin')}</a></p></div>`;
  }
  const back = html`<p><button type="button" class="link" onClick=${() =>
    setWay('')}>${t('back')}</button></p>`;
  return html`<div class="narrow"><${Heading} text=${t('security.enrol.title')} />
    ${way === '' && html`<${Choice} passkeys=${set.passkeys_possible && canPasskeys()} onChoose=${setWay} />`}
    ${way === 'passkey' && html`<div class="card"><h2>${t('security.passkey.add')}</h2>
      <${PasskeyForm} onDone=${onDone} /></div>${back}`}
    ${way === 'password' && html`<p>${t('security.enrol.step', { n: 1, of: 2 })}</p>
      <div class="card"><h2>${t('security.password.title')}</h2>
      <${PasswordForm} onDone=${(/** @type {Credentials} */ now) => { onChange(now); setWay('app'); }}
        /></div>${back}`}
    ${way === 'app' && html`<p>${t('security.enrol.step', { n: 2, of: 2 })}</p>
      <div class="card"><h2>${t('security.app')}</h2><${AppSetup} onDone=${onDone} /></div>${back}`}</div>`;
};

/** @param {{ passkeys: boolean, onChoose: (way: 'passkey' | 'password') => void }} props */
const Choice = ({ passkeys, onChoose }) => html`<p>${t('security.enrol.lead',
  { name: account()?.name ?? '' })}</p>
  ${passkeys && html`<div class="card"><h2>${t('security.enrol.passkey')}</h2>
    <p>${t('security.enrol.passkey.hint')}</p>
    <button type="button" class="large" id="enrol-passkey" onClick=${() => onChoose('passkey')}>
      <${Icon} name="circle-user" />${t('security.enrol.passkey')}</button></div>`}
  <div class="card"><h2>${t('security.enrol.password')}</h2>
    <p>${t('security.enrol.password.hint')}</p>
    <button type="button" class=${passkeys ? 'secondary large' : 'large'} id="enrol-password"
      onClick=${() => onChoose('password')}>
      <${Icon} name="keyboard" />${t('security.enrol.password')}</button></div>`;
