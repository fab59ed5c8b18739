// @ts-check
// My personal information: what was agreed to, who looked, a copy, correcting and erasing.
import { html, Icon, useState } from '../lib/ui.js';
import { known, lang, pick, t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { timeOf } from '../lib/dates.js';
import { Heading } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { account, session, signInNeeded } from '../lib/session.js';
import { useLoad } from '../lib/load.js';
import { SignInForm } from './sign-in-form.js';
import { EraseDialog } from './erase.js';
import { dayText, PrivacyText } from './privacy-text.js';

/** @typedef {import('../types').Look} Look */
/** @typedef {{ items: Look[], next?: string }} Looks */
/** @typedef {{ consent?: { version: number, at: string } }} Consented */

/** @param {string} after @param {AbortSignal} [signal] @returns {Promise<Looks>} */
const looksAfter = (after, signal) => api('/account/looks' + query({ limit: 20, after }), { signal });

/** One's own information, or the text that everybody can read. @param {{ text?: string }} props */
export default ({ text }) => (text ? html`<${PrivacyText} />` : html`<${Mine} />`);

function Mine() {
  const [gone, setGone] = useState(false);
  const [erasing, setErasing] = useState(false);
  const who = account()?.id ?? '';
  const { data, error, reload } = useLoad(async (signal) => {
    const [given, looks] = await Promise.all([
      /** @type {Promise<Consented>} */ (api('/account/consent', { signal })), looksAfter('', signal)]);
    return { given, looks };
  }, [who, session.value?.consent_needed?.version]);
  if (gone) return html`<${Gone} />`;
  if (signInNeeded(error)) {
    return html`<div class="narrow"><${Heading} text=${t('privacy.title')} />
      <div class="card"><${SignInForm} why=${t('privacy.need')} onDone=${reload} /></div></div>`;
  }
  return html`<div class="privacy"><${Heading} text=${t('privacy.title')} />
    <p class="lead">${t('privacy.lead')}</p>
    ${data ? html`<${Looked} key=${who} first=${data.looks} />`
      : error ? html`<${ErrorNote} error=${error} retry=${reload} />`
        : html`<p class="loading">${t('loading')}</p>`}
    <section class="card"><h2>${t('privacy.export')}</h2><p>${t('privacy.export.hint')}</p>
      <div class="actions">
        <a class="button secondary" target="_blank" rel="noopener" id="export-page"
          href=${'/api/v1/account/export.html?language=' + lang.value}>
          <${Icon} name="printer" />${t('privacy.export.page')}</a>
        <a class="button secondary" href="/api/v1/account/export.json" download id="export-json">
          <${Icon} name="download" />${t('privacy.export.json')}</a></div></section>
    <section class="card"><h2>${t('privacy.correct')}</h2><p>${t('privacy.correct.hint')}</p>
      <div class="actions"><a class="button secondary" href="/account">
        <${Icon} name="pencil" />${t('privacy.correct.go')}</a></div></section>
    ${data && html`<${Agreed} given=${data.given} />`}
    <section class="card"><h2>${t('privacy.erase')}</h2><p>${t('privacy.erase.hint')}</p>
      <div class="actions"><button type="button" class="secondary danger-text" id="erase"
        onClick=${() => setErasing(true)}><${Icon} name="trash-2" />${t('privacy.erase.open')}</button></div>
    </section>
    ${erasing && html`<${EraseDialog} onClose=${() => setErasing(false)} onDone=${() => setGone(true)}
      />`}</div>`;
}

/** @param {{ given: Consented }} props */
const Agreed = ({ given: { consent } }) => html`<section class="card"><h2>${t('privacy.consent')}</h2>
  <p>${consent ? t('privacy.consent.given', { date: dayText(consent.at), n: consent.version })
    : t('privacy.consent.none')} ${t('privacy.consent.withdraw')}</p>
  <div class="actions"><a class="button secondary"
    href=${'/privacy/text' + (consent ? '?version=' + consent.version : '')}>
    ${t('privacy.text.read')}</a></div></section>`;

/** Who looked, latest first. @param {{ first: Looks }} props */
const Looked = ({ first }) => {
  const [looks, setLooks] = useState(first);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const more = () => looksAfter(looks.next ?? '').then(
    (page) => setLooks({ items: [...looks.items, ...page.items], next: page.next }), setError);
  return html`<section class="card"><h2>${t('privacy.looks')}</h2><p>${t('privacy.looks.hint')}</p>
    ${looks.items.length ? html`<ul class="looks">${looks.items.map((l) => html`<${Row} look=${l} />`)}</ul>`
      : html`<p class="notice good"><${Icon} name="circle-check"
        /><span>${t('privacy.looks.none')}</span></p>`}
    <${ErrorNote} error=${error} />
    ${looks.next && html`<button type="button" class="secondary" onClick=${more}>${t('privacy.looks.more')}
    </button>`}</section>`;
};

/** @param {{ look: Look }} props */
const Row = ({ look }) => {
  const name = look.who || t('privacy.looks.gone');
  const role = look.role && `privacy.role.${look.role}`;
  return html`<li><strong>${look.who && role && known(role) ? t('privacy.looks.who', { name, role: t(role) })
    : name}</strong>
    <span>${word('why', look.why)}</span>
    <span class="muted">${t('privacy.looks.what', { what: word('what', look.what.split('/')[0]) })}
      ${look.venue && html` · ${pick(look.venue.name)}`}</span>
    <time datetime=${look.at}>${dayText(look.at)} ${timeOf(look.at)}</time></li>`;
};

/** @param {'why' | 'what'} kind @param {string} code */
function word(kind, code) {
  const key = `privacy.${kind}.${code}`;
  return known(key) ? t(key) : t(`privacy.${kind}.other`);
}

const Gone = () => html`<div class="gate card"><${Icon} name="circle-check" />
  <${Heading} text=${t('privacy.erase.done')} />
  <p>${t('privacy.erase.done.text')}</p>
  <div class="actions"><a class="button large" href="/">${t('privacy.erase.home')}</a></div></div>`;
