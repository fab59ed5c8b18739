// @ts-check
// Setting a password.
import { html, useRef, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { Dialog } from '../../lib/dialog.js';
import { ErrorNote, fieldError } from '../../lib/errors.js';
import { Field, focusFirstError } from '../../lib/forms.js';
import { account } from '../../lib/session.js';
import { announce } from '../../lib/shell.js';
import { steppedUp } from '../../lib/step-up.js';
import { useWork } from '../../lib/work.js';
import { momentText } from '../../lib/words.js';

/** @typedef {import('../../types').Credentials} Credentials */
/** @typedef {{ set: Credentials, onChange: (set: Credentials) => void }} Props */

/** @param {Props} props */
export const Password = ({ set, onChange }) => {
  const [open, setOpen] = useState(false);
  const done = (/** @type {Credentials} */ now) => {
    setOpen(false);
    announce(t('security.password.saved'));
    onChange(now);
  };
  return html`<p>${set.password ? t('security.password.set', { time: momentText(set.password) })
    : t('security.password.none')}</p>
    <button type="button" class="secondary" onClick=${() => setOpen(true)}>
      ${t(set.password ? 'security.password.change' : 'security.password.make')}</button>
    ${open && html`<${Dialog} title=${t('security.password.title')} onClose=${() => setOpen(false)}>
      <${PasswordForm} onDone=${done} /></${Dialog}>`}`;
};

/**
 * The form itself, also the first step of enrolling. @param {{ onDone: (now: Credentials) => void }} props
 */
export const PasswordForm = ({ onDone }) => {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const { busy, error, run } = useWork();
  const [shown, setShown] = useState(false);
  const submit = (/** @type {Event} */ e) => {
    e.preventDefault();
    const password = String(new FormData(/** @type {HTMLFormElement} */ (e.target)).get('password'));
    run(async () => onDone(await steppedUp(() => api('/account/password', { method: 'PUT',
      body: { password } }))))
      .then(() => focusFirstError(form.current));
  };
  return html`<form class="form" ref=${form} onSubmit=${submit}>
    <input class="visually-hidden" tabindex="-1" aria-hidden="true" autocomplete="username" readonly
      value=${account()?.name ?? ''} />
    <${Field} label=${t('security.password.new')} hint=${t('security.password.hint')}
      error=${fieldError(error, 'password')}>${(/** @type {any} */ a) => html`
      <input name="password" type=${shown ? 'text' : 'password'} required autocomplete="new-password"
        maxlength="512"
        ...${a} />`}</${Field}>
    <label class="check"><input type="checkbox" checked=${shown} onChange=${() => setShown(!shown)} />
      ${t('security.password.show')}</label>
    <${ErrorNote} error=${error} skip=${['password']} />
    <button class="large" disabled=${busy}>${t('security.password.save')}</button></form>`;
};
