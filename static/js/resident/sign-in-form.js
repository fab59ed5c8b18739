// @ts-check
// Signing in by a one-time code, wherever it is needed: on its own page or in the middle of a booking.
import { formValues, html, useEffect, useRef, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { Field, focusFirstError } from '../lib/forms.js';
import { ErrorNote, fieldError } from '../lib/errors.js';
import { ProviderButton } from '../lib/provider.js';
import { sendCode } from '../lib/codes.js';
import { account, loadSession, signIn } from '../lib/session.js';

const pause = 60; // seconds until another code can be asked for

/** @typedef {{ busy: boolean, error: unknown, run: (work: () => Promise<void>) => Promise<void> }} Work */
/** Runs a request once at a time and keeps its refusal. @returns {Work} */
function useWork() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const run = async (/** @type {() => Promise<void>} */ work) => {
    if (busy) return;
    setBusy(true);
    setError(null);
    await work().catch(setError);
    setBusy(false);
  };
  return { busy, error, run };
}

/**
 * Address, code, and for a new account a name. Calls onDone when somebody is signed in.
 * @param {{ onDone: () => void, why?: string, next?: string }} props why: what signing in is needed for;
 *   next: where to come back to from another service, this page unless said
 */
export const SignInForm = ({ onDone, why, next }) => {
  const [to, setTo] = useState('');
  const [step, setStep] = useState(/** @type {'address' | 'code' | 'name'} */ ('address'));
  const sent = (/** @type {string} */ address) => {
    setTo(address);
    setStep('code');
  };
  const entered = () => (account()?.name ? onDone() : setStep('name'));
  const nameless = account()?.name === ''; // another service may have signed them in
  if (step === 'name' || nameless) return html`<${NameStep} onDone=${onDone} />`;
  if (step === 'code') {
    return html`<${CodeStep} to=${to} onBack=${() => setStep('address')} onDone=${entered} />`;
  }
  return html`<${AddressStep} to=${to} why=${why} next=${next} onSent=${sent} />`;
};

/** @param {{ to: string, why?: string, next?: string, onSent: (to: string) => void }} props */
const AddressStep = ({ to, why, next, onSent }) => {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const { busy, error, run } = useWork();
  const submit = (/** @type {Event} */ e) => {
    const value = formValues(e).to.replace(/[\s-]/g, '');
    run(async () => {
      await sendCode(value);
      onSent(value);
    }).then(() => focusFirstError(form.current));
  };
  return html`<form class="form" ref=${form} onSubmit=${submit}>
    ${why && html`<p>${why}</p>`}
    <${Field} label=${t('signin.to')} hint=${t('signin.to.hint')}
      error=${fieldError(error, 'to')}>${(/** @type {any} */ a) => html`
      <input name="to" required autocomplete="username" autocapitalize="none" spellcheck=${false}
        inputmode="email" value=${to} ...${a} />`}</${Field}>
    <${ErrorNote} error=${error} skip=${['to']} />
    <button class="large" disabled=${busy}>${t('signin.send')}</button>
    <p class="hint">${t('signin.hint')} ${t('signin.privacy')}
      <a href="/privacy/text" target="_blank">${t('signin.privacy.link')}</a></p><${ProviderButton}
        next=${next} /></form>`;
};

/** @param {{ to: string, onBack: () => void, onDone: () => void }} props */
const CodeStep = ({ to, onBack, onDone }) => {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const { busy, error, run } = useWork();
  const [wait, setWait] = useState(pause);
  useEffect(() => {
    form.current?.querySelector('input')?.focus();
  }, []);
  useEffect(() => {
    const tick = setTimeout(() => setWait((n) => Math.max(0, n - 1)), 1000);
    return () => clearTimeout(tick);
  }, [wait]);
  const submit = (/** @type {Event} */ e) => {
    const code = formValues(e).code.replace(/\D/g, '');
    run(async () => {
      await signIn({ to, code });
      onDone();
    }).then(() => focusFirstError(form.current));
  };
  const again = () => run(async () => {
    await sendCode(to);
    setWait(pause);
  });
  return html`<form class="form" ref=${form} onSubmit=${submit}>
    <p role="status">${t('signin.sent', { to })}</p>
    <${Field} label=${t('signin.code')} error=${fieldError(error, 'code')}>${(/** @type {any} */ a) => html`
      <input name="code" class="code" required inputmode="numeric" autocomplete="one-time-code" maxlength="8"
        ...${a} />`}</${Field}>
    <${ErrorNote} error=${error} skip=${['code']} />
    <button class="large" disabled=${busy}>${t('signin.enter')}</button>
    <div class="row"><button type="button" class="link" onClick=${onBack}>${t('signin.change')}</button>
      <button type="button" class="link" disabled=${wait > 0 || busy} onClick=${again}>
        ${wait ? t('signin.wait', { n: wait }) : t('signin.again')}</button></div></form>`;
};

/** Asked once, of a new account; it can be left for later. @param {{ onDone: () => void }} props */
const NameStep = ({ onDone }) => {
  const { busy, error, run } = useWork();
  const submit = (/** @type {Event} */ e) => {
    const { name } = formValues(e);
    run(async () => {
      await api('/account', { method: 'PATCH', body: { name } });
      await loadSession();
      onDone();
    });
  };
  return html`<form class="form" onSubmit=${submit}>
    <${Field} label=${t('signin.name')} hint=${t('signin.name.hint')}
      error=${fieldError(error, 'name')}>${(/** @type {any} */ a) => html`
      <input name="name" required autocomplete="name" maxlength="60" ...${a} />`}</${Field}>
    <${ErrorNote} error=${error} skip=${['name']} />
    <div class="actions">
      <button type="button" class="secondary" onClick=${onDone}>${t('signin.name.later')}</button>
      <button disabled=${busy}>${t('signin.name.save')}</button></div></form>`;
};
