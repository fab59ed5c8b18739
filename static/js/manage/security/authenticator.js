// @ts-check
// Setting up an authenticator app: its secret as a picture and to type in, then its first code.
import { formValues, html, useEffect, useRef, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { Dialog } from '../../lib/dialog.js';
import { ErrorNote, fieldError } from '../../lib/errors.js';
import { Field, focusFirstError } from '../../lib/forms.js';
import { announce } from '../../lib/shell.js';
import { steppedUp } from '../../lib/step-up.js';
import { useLoad } from '../../lib/load.js';
import { useWork } from '../../lib/work.js';
import { momentText } from '../../lib/words.js';

/** @typedef {import('../../types').Credentials} Credentials */

/** @param {{ set: Credentials, onChange: (set: Credentials) => void }} props */
export const Authenticator = ({ set, onChange }) => {
  const [open, setOpen] = useState(false);
  const done = (/** @type {Credentials} */ now) => {
    setOpen(false);
    announce(t('security.app.saved'));
    onChange(now);
  };
  return html`<p>${set.authenticator ? t('security.app.set', { time: momentText(set.authenticator) })
    : t('security.app.none')}</p>
    <button type="button" class="secondary" onClick=${() => setOpen(true)}>
      ${t(set.authenticator ? 'security.app.change' : 'security.app.make')}</button>
    ${open && html`<${Dialog} title=${t('security.app')} onClose=${() => setOpen(false)}>
      <${AppSetup} onDone=${done} /></${Dialog}>`}`;
};

/**
 * The setup itself, also the second step of enrolling. @param {{ onDone: (now: Credentials) => void }} props
 */
export const AppSetup = ({ onDone }) => {
  const { data, error, reload } = useLoad(() => steppedUp(() => api('/account/totp', { method: 'POST' })),
    []);
  if (!data) {
    return html`<${ErrorNote} error=${error} retry=${reload} />
      ${!error && html`<p class="loading">${t('loading')}</p>`}`;
  }
  return html`<ol class="steps">
      <li><p>${t('security.app.install')}</p></li>
      <li><p>${t('security.app.scan')}</p>
        <img class="qr" src=${'data:image/svg+xml,' + encodeURIComponent(data.qr)}
          alt=${t('security.app.picture')}
          width="220" height="220" />
        <p>${t('security.app.type')}</p>
        <p class="secret" id="secret" translate="no">${data.secret.match(/.{1,4}/g).join(' ')}</p></li>
      <li><${FirstCode} onDone=${onDone} /></li></ol>`;
};

/** @param {{ onDone: (now: Credentials) => void }} props */
const FirstCode = ({ onDone }) => {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const { busy, error, run } = useWork();
  useEffect(() => form.current?.querySelector('input')?.focus({ preventScroll: true }), []);
  const submit = (/** @type {Event} */ e) => {
    const code = formValues(e).code.replace(/\D/g, '');
    run(async () => onDone(await steppedUp(() => api('/account/totp/confirmation', { method: 'POST',
      body: { code } }))))
      .then(() => focusFirstError(form.current));
  };
  return html`<form class="form" ref=${form} onSubmit=${submit}>
    <${Field} label=${t('security.app.first')} error=${fieldError(error, 'code')}>${(/** @type {any} */ a) =>
      html`
      <input name="code" class="code" required inputmode="numeric" autocomplete="one-time-code" maxlength="8"
        ...${a} />`}</${Field}>
    <${ErrorNote} error=${error} skip=${['code']} />
    <button class="large" disabled=${busy}>${t('security.app.use')}</button></form>`;
};
