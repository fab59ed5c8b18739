// @ts-check
// The privacy text, for everybody: the one in force, or with ?version=N the one somebody agreed to.
import { html } from '../lib/ui.js';
import { lang, pick, t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { format } from '../lib/dates.js';
import { Heading, place } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { Prose } from '../lib/prose.js';

/** "24 November 2026". @param {string} moment */
export const dayText = (moment) =>
  format(moment.slice(0, 10), lang.value, { year: 'numeric', month: 'long', day: 'numeric' });

export function PrivacyText() {
  const asked = Number(new URLSearchParams(place.value.search).get('version')) || 'current';
  const { data: text, error, reload } = useLoad((signal) =>
    /** @type {Promise<import('../types').PrivacyText>} */ (api('/privacy/texts/' + asked, { signal })),
      [asked]);
  return html`<article class="narrow privacy-text"><${Heading} text=${t('privacy.text.title')} />
    ${text ? html`<p class="muted">${text.made_at
      ? t('privacy.text.since', { n: text.version, date: dayText(text.made_at) })
      : t('privacy.text.version', { n: text.version })}</p>
      <${Prose} text=${withoutTitle(pick(text.body))} />`
      : error ? html`<${ErrorNote} error=${error} retry=${reload} />`
        : html`<p class="loading">${t('loading')}</p>`}</article>`;
}

/** The page has a title of its own. @param {string} body */
const withoutTitle = (body) => body.replace(/^# .*\n+/, '');
