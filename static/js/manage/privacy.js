// @ts-check
// The privacy text: what is in force, a new version, and what somebody asks for who has no phone.
import { html, Icon, useState } from '../lib/ui.js';
import { lang, pick, t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { format } from '../lib/dates.js';
import { Heading } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { Prose } from '../lib/prose.js';
import { may } from '../lib/session.js';
import { People } from './privacy/people.js';
import { Write } from './privacy/write.js';

/** @typedef {import('../types').PrivacyText} PrivacyText */

export default function PrivacyTextsPage() {
  const [writing, setWriting] = useState(false);
  const { data, error, reload } = useLoad((signal) =>
    /** @type {Promise<{ items: PrivacyText[] }>} */ (api('/privacy/texts', { signal })), []);
  const done = () => {
    setWriting(false);
    reload();
  };
  return html`<div class="privacy-manage"><${Heading} text=${t('privacy.manage.title')} />
    <p class="lead">${t('privacy.manage.lead')}</p>
    ${!data ? (error ? html`<${ErrorNote} error=${error} retry=${reload} />`
      : html`<p class="loading">${t('loading')}</p>`)
      : writing ? html`<${Write} from=${data.items[0]} onDone=${done} onClose=${() => setWriting(false)} />`
        : html`<${Kept} items=${data.items} onWrite=${() => setWriting(true)} />`}
    ${!writing && may('export_person') && html`<${People} />`}</div>`;
}

/** @param {{ items: PrivacyText[], onWrite: () => void }} props */
const Kept = ({ items: [now, ...older], onWrite }) => html`<section class="card">
    <h2>${t('privacy.manage.now')}</h2><p class="muted"><${Since} text=${now} /></p>
    <div class="preview" tabindex="0" role="region" aria-label=${t('privacy.manage.now')}>
      <${Prose} text=${pick(now.body)} level=${3} /></div>
    <div class="actions"><button type="button" id="write" onClick=${onWrite}>
      <${Icon} name="pencil" />${t('privacy.manage.write')}</button></div></section>
  <section class="card"><h2>${t('privacy.manage.older')}</h2>
    ${!older.length && html`<p class="muted">${t('privacy.manage.older.none')}</p>`}
    ${older.map((text) => html`<details key=${text.version}><summary><${Since} text=${text} /></summary>
      <${Prose} text=${pick(text.body)} level=${3} /></details>`)}</section>`;

/** @param {{ text: PrivacyText }} props */
const Since = ({ text }) => {
  const since = text.made_at && format(text.made_at.slice(0, 10), lang.value,
    { year: 'numeric', month: 'long', day: 'numeric' });
  return html`${since ? t('privacy.text.since', { n: text.version, date: since })
    : `${t('privacy.text.version', { n: text.version })} · ${t('privacy.manage.product')}`}
    ${text.changed && ` · ${text.changed}`}`;
};
