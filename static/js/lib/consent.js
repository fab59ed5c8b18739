// @ts-check
// Asks once for consent to the privacy text in force. It cannot be passed by: agree, or sign out.
import { effect, html, render, useEffect, useId, useRef, useState } from './ui.js';
import { pick, t, texts } from './i18n.js';
import { api, ApiError } from './api.js';
import { ErrorNote } from './errors.js';
import { useLoad } from './load.js';
import { Prose } from './prose.js';
import { loadSession, session, signOut } from './session.js';

/** @typedef {import('../types').PrivacyText} PrivacyText */

let place = /** @type {HTMLElement | null} */ (null);

/**
 * Asks on top of whatever is shown. Resolves once nobody has to agree any more; rejects if they declined.
 * @returns {Promise<void>}
 */
export function ask() {
  if (!place) {
    place = document.body.appendChild(document.createElement('div'));
    render(html`<${Consent} />`, place);
  }
  return agreed();
}

const agreed = () => new Promise((resolve, reject) => {
  const stop = effect(() => {
    const s = session.value;
    if (s?.consent_needed) return;
    queueMicrotask(() => stop());
    if (s?.account) resolve(undefined);
    else reject(new ApiError(403, { code: 'consent_declined' }));
  });
});

const Consent = () => {
  const version = session.value?.consent_needed?.version ?? 0;
  return version ? html`<${Text} key=${version} />` : null;
};

/** The words and the text come together: a dialog that fills in later would move under the finger. */
const Text = () => {
  const { data, error, reload } = useLoad(async (signal) => {
    const [text] = await Promise.all([
      /** @type {Promise<PrivacyText>} */ (api('/privacy/texts/current', { signal })), texts('privacy')]);
    return text;
  }, []);
  if (data) return html`<${Ask} text=${data} />`;
  return error ? html`<${ErrorNote} error=${error} retry=${reload} />` : null;
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
