// @ts-check
// How one signs in as staff, and where one is signed in. A new colleague begins here, with a link.
import { html, useEffect, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { ErrorNote } from '../lib/errors.js';
import { Sessions } from '../lib/own-sessions.js';
import { Heading } from '../lib/router.js';
import { account, loadSession, session } from '../lib/session.js';
import { useLoad } from '../lib/load.js';
import { SignInFirst, StaffAgain, isStrong } from './gate.js';
import { Authenticator } from './security/authenticator.js';
import { Enrol } from './security/enrol.js';
import { Passkeys } from './security/passkeys.js';
import { Password } from './security/password.js';
import { Recovery } from './security/recovery.js';

/** @typedef {import('../types').Credentials} Credentials */

export default function SecurityPage() {
  const s = session.value;
  if (s === undefined) return html`<p class="loading">${t('loading')}</p>`;
  if (!account()) return html`<${SignInFirst} />`;
  if (!isStrong() && !s.enrol) return html`<${StaffAgain} />`;
  return html`<${Loaded} />`;
}

const Loaded = () => {
  const { data, error, reload, set } = useLoad((signal) => api('/account/credentials', { signal }), []);
  const [fresh, setFresh] = useState(false); // just enrolled: the recovery codes come next
  if (!data) return html`<${ErrorNote} error=${error} retry=${reload} />`;
  const enrolled = async () => {
    await loadSession();
    setFresh(true);
    reload();
  };
  if (session.value?.enrol) return html`<${Enrol} set=${data} onChange=${set} onDone=${enrolled} />`;
  return html`<${Overview} set=${data} onChange=${set} fresh=${fresh} />`;
};

/** @param {{ set: Credentials, onChange: (set: Credentials) => void, fresh: boolean }} props */
const Overview = ({ set, onChange, fresh }) => {
  useEffect(() => { if (fresh) document.getElementById('recovery')?.scrollIntoView({ block: 'center' }); },
    [fresh]);
  const weak = set.password && !set.authenticator && !set.passkeys.length;
  return html`<${Heading} text=${t('security.title')} />
    <p class="lead">${t('security.lead')}</p>
    ${fresh && html`<p class="notice good" role="status">${t('security.enrol.done')}</p>`}
    ${weak && html`<p class="notice warn">${t('security.incomplete')}</p>`}
    <div class="security">
      <${Card} id="password" title=${t('security.password')}><${Password} set=${set} onChange=${onChange}
        /></${Card}>
      <${Card} id="authenticator" title=${t('security.app')}>
        <${Authenticator} set=${set} onChange=${onChange} /></${Card}>
      <${Card} id="passkeys" title=${t('security.passkeys')}><${Passkeys} set=${set} onChange=${onChange}
        /></${Card}>
      <${Card} id="recovery" title=${t('security.recovery')}><${Recovery} set=${set} onChange=${onChange}
        /></${Card}>
      <${Card} id="sessions" title=${t('security.sessions')} wide><${Sessions} key=${fresh} /></${Card}>
    </div>`;
};

/** @param {{ id: string, title: string, wide?: boolean, children?: any }} props */
const Card = ({ id, title, wide, children }) => html`<section class=${wide ? 'card whole-row' : 'card'}
  id=${id}
  aria-labelledby=${id + '-title'}><h2 id=${id + '-title'}>${title}</h2>${children}</section>`;
