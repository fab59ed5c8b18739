// @ts-check
// An invitation link was opened: which organization, in which role, by whom; then yes or no.
// #invitation=TOKEN.
import { html, Icon, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { go, Heading } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { loadSession, signInNeeded } from '../lib/session.js';
import { useLoad } from '../lib/load.js';
import { momentText } from '../lib/words.js';
import { SignInForm } from '../resident/sign-in-form.js';

/** @typedef {import('../types').Invited} Invited */

/** The token, taken out of the address at once, so that it is not kept in the history. */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get('invitation') ?? '';
  if (token) history.replaceState(null, '', location.pathname);
  return token;
}

export default function JoinPage() {
  const [token] = useState(takeToken);
  const { data: to, error, reload } = useLoad(/** @returns {Promise<Invited | null>} */ (signal) => (token
    ? api('/invitations/preview', { method: 'POST', body: { token }, signal })
      : Promise.resolve(null)), [token]);
  if (signInNeeded(error)) {
    return html`<div class="narrow"><${Heading} text=${t('organization.join.title')} />
      <div class="card"><${SignInForm} why=${t('organization.join.need')} onDone=${reload} /></div></div>`;
  }
  return html`<div class="narrow"><${Heading} text=${t('organization.join.title')} />
    <${ErrorNote} error=${error} retry=${reload} />
    ${!token && html`<p class="notice warn">
      <${Icon} name="info" /><span>${t('organization.join.again')}</span></p>`}
    ${to && html`<${Question} to=${to} token=${token} />`}
    ${(error || !token) && html`<p><a href="/organizations">${t('organization.all')}</a></p>`}</div>`;
}

/** @param {{ to: Invited, token: string }} props */
const Question = ({ to, token }) => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const accept = async () => {
    setBusy(true);
    setError(null);
    try {
      await api('/invitations/accept', { method: 'POST', body: { token } });
      await loadSession();
      go('/organizations/' + to.organization, { replace: true });
    } catch (err) {
      setError(err);
      setBusy(false);
    }
  };
  return html`<div class="card join-card"><p class="muted">${t('organization.join.by', { name: to.by })}</p>
    <p class="join-name">${to.name}</p>
    <p class="tags"><span class="tag">${t(`organization.kind.${to.kind}`)}</span>
      <span class=${to.verified ? 'tag good' : 'tag warn'}>${t(to.verified ? 'organization.state.verified'
        : 'organization.unverified')}</span></p>
    <p>${t('organization.join.role')} <strong>${t(`organization.role.${to.role}`)}</strong></p>
    <p class="hint">${t(`organization.role.${to.role}.may`)}</p>
    <p class="hint">${t('organization.join.seen')}
      ${' '}${t('organization.join.until', { date: momentText(to.expires) })}</p>
    <${ErrorNote} error=${error} />
    <div class="actions"><a class="button secondary large" href="/">${t('organization.join.no')}</a>
      <button type="button" id="accept" class="large" disabled=${busy}
        onClick=${accept}>${t('organization.join.yes')}</button></div></div>`;
};
