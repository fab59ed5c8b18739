// @ts-check
// Where codes and notices go: shown masked, changed by a code to the new address.
import { formValues, html, Icon, useRef, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { Dialog } from '../../lib/dialog.js';
import { Field, focusFirstError } from '../../lib/forms.js';
import { ErrorNote, fieldError } from '../../lib/errors.js';
import { useLoad } from '../../lib/load.js';
import { sendCode } from '../../lib/codes.js';
import { announce } from '../../lib/shell.js';
import { useWork } from '../../lib/work.js';

/** @typedef {{ phone?: string, email?: string }} Addresses */

export const Addresses = () => {
  const { data, error, reload } = useLoad((signal) => (
    /** @type {Promise<Addresses>} */ (api('/account', { signal }))), []);
  const [changing, setChanging] = useState(false);
  const done = () => {
    setChanging(false);
    announce(t('account.addresses.done'));
    reload();
  };
  return html`<section class="card" id="addresses-card" aria-labelledby="addresses">
    <h2 id="addresses">${t('account.addresses')}</h2>
    <${ErrorNote} error=${error} retry=${reload} />
    ${data && html`<dl class="facts">
      <div><dt>${t('account.phone')}</dt><dd class="num">${data.phone || t('account.none')}</dd></div>
      <div><dt>${t('account.email')}</dt><dd>${data.email || t('account.none')}</dd></div></dl>`}
    <p class="hint">${t('account.addresses.hint')}</p>
    <p class="actions"><button type="button" class="secondary" onClick=${() => setChanging(true)}>
      <${Icon} name="pencil" />${t('account.addresses.change')}</button></p>
    ${changing && html`<${Change} onDone=${done} onClose=${() => setChanging(false)} />`}
  </section>`;
};

/**
 * First the address, then the code that was sent there. @param {{ onDone: () => void, onClose: () => void }}
 *   props
 */
const Change = ({ onDone, onClose }) => {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [to, setTo] = useState('');
  const { busy, error, run } = useWork();
  const submit = (/** @type {Event} */ e) => {
    const value = formValues(e);
    run(async () => {
      if (!to) {
        const address = value.to.replace(/[\s-]/g, '');
        await sendCode(address);
        setTo(address);
      } else {
        await api('/account/addresses', { method: 'POST', body: { to, code: value.code.replace(/\D/g,
          '') } });
        onDone();
      }
    }).then(() => focusFirstError(form.current));
  };
  return html`<${Dialog} title=${t('account.addresses.change')} onClose=${onClose}>
    <form class="form" ref=${form} onSubmit=${submit} noValidate>
      ${to ? html`<p role="status">${t('signin.sent', { to })}</p>
          <${Field} key="code" label=${t('signin.code')} error=${fieldError(error, 'code')}>
            ${(/** @type {any} */ a) => html`<input name="code" class="code" inputmode="numeric"
              autocomplete="one-time-code" maxlength="8" ...${a} />`}</${Field}>`
        : html`<${Field} key="to" label=${t('account.addresses.new')} hint=${t('account.addresses.new.hint')}
            error=${fieldError(error, 'to')}>${(/** @type {any} */ a) => html`<input name="to"
              autocomplete="off" autocapitalize="none" spellcheck=${false} inputmode="email"
              maxlength="254" ...${a} />`}</${Field}>`}
      <${ErrorNote} error=${error} skip=${['to', 'code']} />
      <button class="large" disabled=${busy}>${t(to ? 'account.addresses.confirm' : 'signin.send')}</button>
      ${to && html`<button type="button" class="link" onClick=${() =>
        setTo('')}>${t('signin.change')}</button>`}
    </form></${Dialog}>`;
};
