// @ts-check
// Signing in as staff: password and code on one page, or a passkey. ?next=/… says where to go afterwards.
import { html, Icon, useEffect, useRef, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { Field, focusFirstError } from '../lib/forms.js';
import { ErrorNote, fieldError } from '../lib/errors.js';
import { go, Heading } from '../lib/router.js';
import { localPath } from '../lib/next.js';
import { canOfferQuietly, canPasskeys, dismissed, signInByPasskey } from '../lib/passkeys.js';
import { ProviderButton, ProviderProblem } from '../lib/provider.js';
import { CodeField } from '../lib/second-factor.js';
import { session, signIn } from '../lib/session.js';
import { useLoad } from '../lib/load.js';
import { useWork } from '../lib/work.js';
import { isStrong } from './gate.js';
import { firstPage } from './pages.js';

/**
 * Where to go when signed in: where somebody was sent here from, else to their first page. Never to another
 * site.
 */
const onward = () => {
  const next = localPath(new URLSearchParams(location.search).get('next'));
  return next || firstPage() || '/';
};

export default function StaffSignIn() {
  const { data: ways } = useLoad((signal) => api('/session/ways', { signal }), []);
  const leave = () => go(onward(), { replace: true });
  const known = session.value;
  useEffect(() => { if (isStrong()) leave(); }, [known === undefined]);
  const next = localPath(new URLSearchParams(location.search).get('next')) || '/manage';
  return html`<div class="narrow"><${Heading} text=${t('security.signin')} />
    <p>${t(known?.staff ? 'security.signin.again' : 'security.signin.lead')}</p>
    <${ProviderProblem} />
    <div class="card"><${PasswordForm} onDone=${leave} />
      ${ways?.passkey && canPasskeys() && html`<${PasskeyButton} onDone=${leave} />`}
      <${ProviderButton} next=${next} /></div>
    <p class="after-card"><a href="/sign-in">${t('security.signin.resident')}</a></p></div>`;
}

/** @param {{ onDone: () => void }} props */
const PasswordForm = ({ onDone }) => {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [kind, setKind] = useState(/** @type {'totp' | 'recovery'} */ ('totp'));
  const { busy, error, run } = useWork();
  const submit = (/** @type {Event} */ e) => {
    e.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (e.target));
    const [login, password, code] = ['login', 'password', kind].map((name) => String(fields.get(name)));
    run(async () => {
      await signIn({ login: login.trim(), password, [kind]: code.trim() });
      onDone();
    }).then(() => focusFirstError(form.current));
  };
  return html`<form class="form" ref=${form} onSubmit=${submit}>
    <${Field} label=${t('security.login')}>${(/** @type {any} */ a) => html`
      <input name="login" required autocomplete="username webauthn" autocapitalize="none" spellcheck=${false}
        inputmode="email" maxlength="254" ...${a} />`}</${Field}>
    <${Field} label=${t('security.password')} error=${fieldError(error,
      'password')}>${(/** @type {any} */ a) => html`
      <input name="password" type="password" required autocomplete="current-password" maxlength="512"
        ...${a} />`}</${Field}>
    <${CodeField} kind=${kind} error=${error} onKind=${setKind} recovery />
    <${ErrorNote} error=${error} skip=${['password', 'totp', 'recovery']} />
    <button class="large" disabled=${busy}>${t('security.signin.enter')}</button></form>`;
};

/**
 * A button; where the browser can, passkeys are also offered at the field for the login. @param {{ onDone: ()
 *   => void }} props
 */
const PasskeyButton = ({ onDone }) => {
  const { busy, error, run } = useWork();
  const quiet = useRef(/** @type {AbortController | null} */ (null));
  useEffect(() => {
    quiet.current = new AbortController();
    const { signal } = quiet.current;
    canOfferQuietly().then((can) => {
      if (can && !signal.aborted) signInByPasskey({ quietly: true, signal }).then(onDone, () => {});
    });
    return () => quiet.current?.abort();
  }, []);
  const show = () => run(async () => {
    quiet.current?.abort(); // the browser has one dialog at a time
    try {
      await signInByPasskey();
    } catch (err) {
      if (dismissed(err)) return;
      throw err;
    }
    onDone();
  });
  return html`<div class="elsewhere"><p class="divider"><span>${t('security.or')}</span></p>
    <button type="button" class="secondary large" id="passkey" disabled=${busy} onClick=${show}>
      <${Icon} name="circle-user" />${t('security.passkey.use')}</button>
    <${ErrorNote} error=${error} /></div>`;
};
