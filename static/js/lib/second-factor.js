// @ts-check
// The field for a code of the authenticator app, or for a recovery code instead.
import { html } from './ui.js';
import { t } from './i18n.js';
import { Field } from './forms.js';
import { fieldError } from './errors.js';

/** @typedef {'totp' | 'recovery'} Kind */

/**
 * @param {{ kind: Kind, error: unknown, recovery?: boolean, onKind: (kind: Kind) => void }} props
 *   recovery: offers recovery codes
 */
export const CodeField = ({ kind, error, recovery, onKind }) => html`<div>
  ${kind === 'totp'
    ? html`<${Field} key="totp" label=${t('security.code')} hint=${t('security.code.hint')}
        error=${fieldError(error, 'totp', 'code')}>${(/** @type {any} */ a) => html`
        <input name="totp" class="code" required inputmode="numeric" autocomplete="one-time-code"
          maxlength="8"
          ...${a} />`}</${Field}>`
    : html`<${Field} key="recovery" label=${t('security.recovery.code')}
      hint=${t('security.recovery.code.hint')}
        error=${fieldError(error, 'recovery')}>${(/** @type {any} */ a) => html`
        <input name="recovery" required autocomplete="off" autocapitalize="none" spellcheck=${false}
          maxlength="30"
          ...${a} />`}</${Field}>`}
  ${recovery && html`<button type="button" class="link"
    onClick=${() => onKind(kind === 'totp' ? 'recovery' : 'totp')}>
    ${t(kind === 'totp' ? 'security.recovery.instead' : 'security.code.instead')}</button>`}
</div>`;
