// @ts-check
// Erasing one's own account: a word is typed, then everything is gone.
import { formValues, html, useRef, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { Dialog } from '../lib/dialog.js';
import { Field, focusFirstError } from '../lib/forms.js';
import { ErrorNote } from '../lib/errors.js';
import { dropAllPasses, session } from '../lib/session.js';

/** @param {{ onClose: () => void, onDone: () => void }} props */
export const EraseDialog = ({ onClose, onDone }) => {
  const erase = async (/** @type {string} */ confirm) => {
    await api('/account/erasure', { method: 'POST', body: { confirm } });
    await dropAllPasses();
    onDone();
    session.value = { account: null };
  };
  return html`<${TypedConfirm} title=${t('privacy.erase.title')} text=${t('privacy.erase.text', {
    word: t('privacy.erase.word') })} yes=${t('privacy.erase.yes')} onYes=${erase} onClose=${onClose} />`;
};

/**
 * A dialog whose button works once the word is typed.
 * @param {{ title: string, text: string, yes: string, onYes: (typed: string) => Promise<void>,
 *   onClose: () => void }} props
 */
export const TypedConfirm = ({ title, text, yes, onYes, onClose }) => {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const word = t('privacy.erase.word');
  const submit = async (/** @type {Event} */ e) => {
    const { confirm } = formValues(e);
    const right = confirm.toLowerCase() === word;
    setWrong(!right);
    if (!right) return focusFirstError(form.current);
    setBusy(true);
    setError(null);
    await onYes(confirm).catch(setError);
    setBusy(false);
  };
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <form class="form" ref=${form} onSubmit=${submit} noValidate>
      <p>${text}</p>
      <${Field} label=${t('privacy.erase.field', { word })}
        error=${wrong ? t('privacy.erase.wrong', { word }) : ''}>${(/** @type {any} */ a) => html`
        <input name="confirm" autocomplete="off" autocapitalize="none" spellcheck=${false} maxlength="20"
          ...${a} />`}</${Field}>
      <${ErrorNote} error=${error} />
      <div class="actions"><button type="button" class="secondary" onClick=${onClose}>${t('back')}</button>
        <button class="danger" disabled=${busy}>${yes}</button></div>
    </form></${Dialog}>`;
};
