// @ts-check
// Passkeys: add one on this device, see when each was used, remove one.
import { formValues, html, Icon, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { Confirm, Dialog } from '../../lib/dialog.js';
import { ErrorNote } from '../../lib/errors.js';
import { Field } from '../../lib/forms.js';
import { addPasskey, canPasskeys, dismissed } from '../../lib/passkeys.js';
import { announce } from '../../lib/shell.js';
import { steppedUp } from '../../lib/step-up.js';
import { useWork } from '../../lib/work.js';
import { momentText } from '../../lib/words.js';

/** @typedef {import('../../types').Credentials} Credentials */
/** @typedef {import('../../types').Passkey} Passkey */

/** @param {{ set: Credentials, onChange: (set: Credentials) => void }} props */
export const Passkeys = ({ set, onChange }) => {
  const [open, setOpen] = useState(/** @type {Passkey | 'new' | null} */ (null));
  const done = (/** @type {Credentials} */ now) => {
    announce(t(open === 'new' ? 'security.passkey.added' : 'security.passkey.removed'));
    setOpen(null);
    onChange(now);
  };
  const close = () => setOpen(null);
  return html`<p>${t(set.passkeys.length ? 'security.passkeys.hint' : 'security.passkeys.none')}</p>
    <ul class="own-sessions">${set.passkeys.map((p) => html`<${One} key=${p.id} passkey=${p}
      onRemove=${setOpen} />`)}</ul>
    ${set.passkeys_possible && canPasskeys() ? html`<button type="button" class="secondary" id="add-passkey"
      onClick=${() => setOpen('new')}>
      <${Icon} name="plus" />${t('security.passkey.add')}</button>`
      : html`<p class="hint">${t('security.passkeys.cannot')}</p>`}
    ${open === 'new' && html`<${Dialog} title=${t('security.passkey.add')} onClose=${close}>
      <${PasskeyForm} onDone=${done} /></${Dialog}>`}
    ${open && open !== 'new' && html`<${Remove} passkey=${open} onDone=${done} onClose=${close} />`}`;
};

/** @param {{ passkey: Passkey, onRemove: (p: Passkey) => void }} props */
const One = ({ passkey: p, onRemove }) => html`<li>
  <div><strong>${p.name}</strong>
    ${p.synced && html` <span class="tag">${t('security.passkey.synced')}</span>`}
    ${p.doubt && html` <span class="tag bad">${t('security.passkey.doubt')}</span>`}
    <p class="meta">${t('security.passkey.made', { time: momentText(p.made) })}<span
      aria-hidden="true">·</span>
      ${p.used ? t('security.passkey.used', { time: momentText(p.used) })
        : t('security.passkey.unused')}</p></div>
  <button type="button" class="secondary small" aria-label=${t('security.passkey.remove.one',
    { name: p.name })}
    onClick=${() => onRemove(p)}><${Icon} name="trash-2" />${t('security.passkey.remove')}</button></li>`;

/**
 * Names and makes a passkey, also a way of enrolling. @param {{ onDone: (now: Credentials) => void }} props
 */
export const PasskeyForm = ({ onDone }) => {
  const { busy, error, run } = useWork();
  const submit = (/** @type {Event} */ e) => {
    const { name } = formValues(e);
    run(async () => {
      try {
        onDone(await steppedUp(() => addPasskey(name)));
      } catch (err) {
        if (!dismissed(err)) throw err;
      }
    });
  };
  return html`<form class="form" onSubmit=${submit}>
    <${Field} label=${t('security.passkey.name')}
      hint=${t('security.passkey.name.hint')}>${(/** @type {any} */ a) => html`
      <input name="name" required autocomplete="off" maxlength="40" ...${a} />`}</${Field}>
    <${ErrorNote} error=${error} />
    <button class="large" disabled=${busy}><${Icon} name="circle-user"
      />${t('security.passkey.make')}</button></form>`;
};

/** @param {{ passkey: Passkey, onDone: (now: Credentials) => void, onClose: () => void }} props */
const Remove = ({ passkey, onDone, onClose }) => {
  const { busy, error, run } = useWork();
  const yes = () => run(async () => onDone(await steppedUp(() =>
    api('/account/passkeys/' + passkey.id, { method: 'DELETE' }))));
  return html`<${Confirm} title=${t('security.passkey.remove')} danger busy=${busy}
    yes=${t('security.passkey.remove')}
    text=${t('security.passkey.ask', { name: passkey.name })} onYes=${yes} onClose=${onClose}>
    <${ErrorNote} error=${error} /></${Confirm}>`;
};
