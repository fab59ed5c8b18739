// @ts-check
// Where somebody is signed in, and how to end it: on the staff's security page and on the residents' account
// page.
// The page that shows it has the texts of the area security.
import { html, Icon, useState } from './ui.js';
import { t } from './i18n.js';
import { api } from './api.js';
import { Confirm } from './dialog.js';
import { ErrorNote } from './errors.js';
import { useLoad } from './load.js';
import { useWork } from './work.js';
import { momentText } from './words.js';
import { announce } from './shell.js';

/**
 * @typedef {{ id: string, device?: string, means: string, made: string, used: string, here: boolean }}
 *   OwnSession
 */

/** The list with its buttons, below a heading of the page. */
export const Sessions = () => {
  const { data, error, busy, reload } = useLoad((signal) => api('/account/sessions', { signal }), []);
  const [ending, setEnding] = useState(/** @type {OwnSession | 'others' | null} */ (null));
  /** @type {OwnSession[]} */
  const list = data?.items ?? [];
  const ended = () => {
    setEnding(null);
    announce(t('security.sessions.ended'));
    reload();
  };
  return html`<p class="hint">${t('security.sessions.hint')}</p>
    <${ErrorNote} error=${error} retry=${reload} />
    ${busy && !data && html`<p class="loading">${t('loading')}</p>`}
    <ul class="own-sessions">${list.map((s) => html`<${One} key=${s.id} session=${s} onEnd=${setEnding}
      />`)}</ul>
    ${list.length > 1 && html`<p><button type="button" class="secondary" onClick=${() => setEnding('others')}>
      <${Icon} name="log-out" />${t('security.sessions.others')}</button></p>`}
    ${ending && html`<${Ending} what=${ending} onDone=${ended} onClose=${() => setEnding(null)} />`}`;
};

/** @param {{ session: OwnSession, onEnd: (s: OwnSession) => void }} props */
const One = ({ session: s, onEnd }) => html`<li>
  <div><strong>${s.device || t('security.sessions.unknown')}</strong>
    ${s.here && html` <span class="tag good">${t('security.sessions.here')}</span>`}
    <p class="meta">${meansText(s.means)}<span aria-hidden="true">·</span>
      ${t('security.sessions.made', { time: momentText(s.made) })}<span aria-hidden="true">·</span>
      ${t('security.sessions.used', { time: momentText(s.used) })}</p></div>
  ${!s.here && html`<button type="button" class="secondary small"
    aria-label=${t('security.sessions.end.one', { device: s.device || t('security.sessions.unknown') })}
    onClick=${() => onEnd(s)}>${t('security.sessions.end')}</button>`}</li>`;

/** @param {string} means */
const meansText = (means) => {
  if (means === 'password') return t('security.means.password');
  if (means === 'passkey') return t('security.means.passkey');
  if (means.startsWith('provider')) return t('security.means.provider');
  return t(means === 'code' ? 'security.means.code' : 'security.means.link');
};

/** @param {{ what: OwnSession | 'others', onDone: () => void, onClose: () => void }} props */
const Ending = ({ what, onDone, onClose }) => {
  const { busy, error, run } = useWork();
  const path = '/account/sessions' + (what === 'others' ? '' : '/' + what.id);
  const yes = () => run(async () => {
    await api(path, { method: 'DELETE' });
    onDone();
  });
  return html`<${Confirm} title=${t('security.sessions.end')} danger busy=${busy}
    yes=${t('security.sessions.end')}
    text=${what === 'others' ? t('security.sessions.others.ask') : t('security.sessions.ask')}
    onYes=${yes} onClose=${onClose}><${ErrorNote} error=${error} /></${Confirm}>`;
};
