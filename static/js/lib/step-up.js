// @ts-check
// What needs the second factor again: the server refuses it, the person shows it in a dialog, and it is done.
import { html, Icon, render, useEffect, useRef, useState } from './ui.js';
import { t, texts } from './i18n.js';
import { api, ApiError } from './api.js';
import { Dialog } from './dialog.js';
import { ErrorNote } from './errors.js';
import { loadSession, session } from './session.js';
import { CodeField } from './second-factor.js';
import { canPasskeys, dismissed, showPasskey } from './passkeys.js';
import { ProviderButton } from './provider.js';
import { useLoad } from './load.js';
import { useWork } from './work.js';

/** @typedef {import('../types').Credentials} Credentials */

/**
 * Runs a call of the API; when it needs the second factor, asks for that and runs it once more. Rejects with
 * the refusal if the person closes the dialog.
 * @template T
 * @param {() => Promise<T>} run @returns {Promise<T>}
 */
export async function steppedUp(run) {
  try {
    return await run();
  } catch (err) {
    if (!(err instanceof ApiError) || err.code !== 'step_up_needed') throw err;
    await texts('security');
    if (!await ask()) throw err;
    return run();
  }
}

/**
 * Shows the dialog, over whatever is open. @returns {Promise<boolean>} whether the second factor was shown
 */
function ask() {
  const place = document.body.appendChild(document.createElement('div'));
  return new Promise((resolve) => {
    const close = (/** @type {boolean} */ shown) => {
      render(null, place);
      place.remove();
      resolve(shown);
    };
    const done = () => loadSession().then(() => close(true));
    render(html`<${StepUp} onDone=${done} onClose=${() => close(false)} />`, place);
  });
}

/** @param {{ onDone: () => void, onClose: () => void }} props */
const StepUp = ({ onDone, onClose }) => {
  const { data, error } = useLoad((signal) => api('/account/credentials', { signal }), []);
  return html`<${Dialog} title=${t('security.stepup')} onClose=${onClose}>
    <p>${t('security.stepup.why')}</p>
    <${ErrorNote} error=${error} />
    ${data && html`<${Ways} set=${data} onDone=${onDone} />`}</${Dialog}>`;
};

/** @param {{ set: Credentials, onDone: () => void }} props */
const Ways = ({ set, onDone }) => {
  const { busy, error, run } = useWork();
  const [kind, setKind] = useState(/** @type {'totp' | 'recovery'} */ ('totp'));
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  useEffect(() => form.current?.querySelector('input')?.focus(), [kind]);
  const prove = (/** @type {Record<string, unknown>} */ body) => run(async () => {
    await api('/session/proofs', { method: 'POST', body });
    onDone();
  });
  const submit = (/** @type {Event} */ e) => {
    e.preventDefault();
    const typed = new FormData(/** @type {HTMLFormElement} */ (e.target)).get(kind);
    prove({ [kind]: typed });
  };
  const passkey = () => run(async () => {
    const shown = await showPasskey().catch((err) => { if (!dismissed(err)) throw err; });
    if (!shown) return;
    await api('/session/proofs', { method: 'POST', body: { passkey: shown } });
    onDone();
  });
  const withPasskey = set.passkeys.length > 0 && canPasskeys();
  const withCode = set.authenticator || set.recovery > 0;
  return html`${withPasskey && html`<p><button type="button" class="large wide" disabled=${busy}
    onClick=${passkey}>
      <${Icon} name="circle-user" />${t('security.passkey.use')}</button></p>`}
    ${withCode && html`<form class="form" ref=${form} onSubmit=${submit}>
      <${CodeField} kind=${kind} error=${error} onKind=${setKind} recovery=${set.recovery > 0} />
      <button class=${withPasskey ? 'secondary large' : 'large'}
        disabled=${busy}>${t('security.confirm')}</button>
    </form>`}
    <${ErrorNote} error=${error} skip=${withCode ? ['totp', 'recovery'] : []} />
    ${session.value?.means === 'provider' && html`<${ProviderButton} again />`}
    ${!withPasskey && !withCode && session.value?.means !== 'provider' && html`
      <p class="notice warn">${t('security.stepup.none')}</p>`}`;
};
