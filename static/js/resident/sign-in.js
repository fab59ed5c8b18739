// @ts-check
// The sign-in page. #link=TOKEN signs in by a link; ?next=/… says where to go afterwards.
import { html, useEffect, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { go, Heading } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { localPath } from '../lib/next.js';
import { ProviderProblem } from '../lib/provider.js';
import { account, may, session, signIn } from '../lib/session.js';
import { SignInForm } from './sign-in-form.js';

/** The page that somebody was sent here from, '' for none. */
const wanted = () => localPath(new URLSearchParams(location.search).get('next'));

/** Where to go when signed in: back where somebody was, else to their work. Never to another site. */
function onward() {
  if (session.value?.enrol) return '/manage/security';
  const next = wanted();
  if (next) return next;
  if (may('view_board')) return '/manage/board';
  return '/bookings';
}

/** The token of a sign-in link; taken out of the address at once, so that it is not kept in the history. */
function takeLink() {
  const token = new URLSearchParams(location.hash.slice(1)).get('link') ?? '';
  if (token) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

export default function SignInPage() {
  const [link] = useState(takeLink);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const leave = () => go(onward(), { replace: true });
  useEffect(() => {
    if (link) signIn({ link }).then(leave, setError);
  }, []);
  const known = session.value;
  useEffect(() => {
    if (known?.account?.name && !link) leave();
  }, [known === undefined]);
  if (link && !error) {
    return html`<${Heading} text=${t('signin.title')} />
      <p class="loading" role="status">${t('signin.link')}</p>`;
  }
  return html`<div class="narrow"><${Heading} text=${t('signin.title')} />
    <${ErrorNote} error=${error} /><${ProviderProblem} />
    <div class="card"><${SignInForm} onDone=${leave} next=${wanted()} /></div>
    ${account() && html`<p>${t('signin.welcome', { name: account()?.name ?? '' })}</p>`}</div>`;
}
