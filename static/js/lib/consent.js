// @ts-check
// Asks once for consent to the privacy text in force. It cannot be passed by: agree, or sign out.
import { html, useEffect, useId, useRef, useState } from './ui.js';
import { pick, t, texts } from './i18n.js';
import { api } from './api.js';
import { ErrorNote } from './errors.js';
import { useLoad } from './load.js';
import { Prose } from './prose.js';
import { loadSession, signOut } from './session.js';

/** @typedef {import('../types').PrivacyText} PrivacyText */

/** The words and the text, together: a dialog that fills in later would move under the finger. */
const fetchText = async (/** @type {AbortSignal} */ signal) => {
  const [text] = await Promise.all([
    /** @type {Promise<PrivacyText>} */ (api('/privacy/texts/current', { signal })), texts('privacy')]);
  return text;
};

/** @param {{ version: number }} props */
export const Consent = ({ version }) => {
  const { data: text } = useLoad(fetchText, [version]);
  return text ? html`<${Ask} text=${text} />` : null;
};

/** @param {{ text: PrivacyText }} props */
const Ask = ({ text }) => {
  const id = useId();
  const ref = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  useEffect(() => {
    const dialog = /** @type {HTMLDialogElement} */ (ref.current);
    if (!dialog.open) dialog.showModal();
    dialog.querySelector('h2')?.focus();
    return () => { if (dialog.open) dialog.close(); };
  }, []);
  const agree = async (/** @type {Event} */ e) => {
    e.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await api('/account/consents', { method: 'POST', body: { version: text.version } });
    } catch (err) {
      setError(err);
    }
    await loadSession(); // asks again if the text has changed meanwhile
    setBusy(false);
  };
  const decline = () => signOut().catch(setError);
  return html`<dialog ref=${ref} class="sheet" id="consent" aria-labelledby=${id}
    onCancel=${(/** @type {Event} */ e) => e.preventDefault()}>
    <form class="sheet-body form" onSubmit=${agree}>
      <header class="sheet-head"><h2 id=${id} tabindex="-1">
        ${t(text.version > 1 ? 'privacy.ask.again' : 'privacy.ask.title')}</h2></header>
      <p>${t('privacy.ask.lead')}</p>
      ${text.changed && html`<p class="notice">${t('privacy.text.changed', { text: text.changed })}</p>`}
      <div class="consent-text" tabindex="0" role="region" aria-label=${t('privacy.ask.body')}>
        <${Prose} text=${pick(text.body)} level=${3} /></div>
      <label class="check"><input type="checkbox" name="agree" required />
        <span>${t('privacy.ask.check')}</span></label>
      <${ErrorNote} error=${error} />
      <div class="actions">
        <button type="button" class="secondary" onClick=${decline}>${t('privacy.ask.no')}</button>
        <button disabled=${busy}>${t('privacy.ask.yes')}</button></div>
    </form></dialog>`;
};
