// @ts-check
// Who changed what: the records of the audit, the latest first, with a way to take them along.
import { html, Icon, useEffect, useState, valueOf } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { today } from '../lib/dates.js';
import { Heading, place, setSearch } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { Field, Select } from '../lib/forms.js';
import { mayEverywhere } from '../lib/session.js';
import { useOwnVenues } from './own-venues.js';
import { fullDate } from '../lib/full-date.js';
import { subjects } from './audit/words.js';
import { Records } from './audit/records.js';

/** @typedef {import('./audit/words.js').AuditRecord} AuditRecord */
/** @typedef {{ items: AuditRecord[], next?: string }} Page */
/** What is asked: kept in the address, so that a view can be sent to somebody. */
const names = /** @type {const} */ (['chain', 'from', 'to', 'action', 'subject', 'actor']);
/** @typedef {Record<(typeof names)[number], string>} Ask */

/** @returns {Ask} */
function asked() {
  const q = new URLSearchParams(place.value.search);
  return /** @type {Ask} */ (Object.fromEntries(names.map((n) => [n, q.get(n) ?? ''])));
}

export default function AuditPage() {
  const ask = asked();
  const own = useOwnVenues('view_audit');
  const everywhere = mayEverywhere('view_audit');
  if (!everywhere && !ask.chain && own.data?.length) ask.chain = own.data[0].id;
  const ready = everywhere || Boolean(ask.chain);
  const search = query(ask);
  const change = (/** @type {Partial<Ask>} */ more) => setSearch(query({ ...ask, ...more }));
  const file = (/** @type {'csv' | 'jsonl'} */ format) => html`<a class="button secondary" id=${format}
    download
    href=${`/api/v1/audit.${format}${search}`}><${Icon} name="download" />${t(`audit.${format}`)}</a>`;
  return html`<div class="row"><${Heading} text=${t('audit.title')} />
      <div class="actions">${file('csv')}${file('jsonl')}</div></div>
    <p class="lead">${t('audit.lead')}</p>
    <${AskForm} ask=${ask} venues=${own.data ?? []} everywhere=${everywhere} onChange=${change} />
    <${ErrorNote} error=${own.error} retry=${own.reload} />
    ${ready && html`<${Found} key=${search} search=${search} onChange=${change} />`}`;
}

/**
 * @param {{ ask: Ask, venues: import('../types').VenueItem[], everywhere: boolean,
 *   onChange: (more: Partial<Ask>) => void }} props
 */
const AskForm = ({ ask, venues, everywhere, onChange }) => {
  /** @param {'from' | 'to'} key */
  const date = (key) => html`<${Field} label=${t(`audit.${key}`)}
    hint=${fullDate(ask[key])}>${(/** @type {any} */ a) => html`
    <input ...${a} type="date" name=${key} value=${ask[key]} max=${today()}
      onChange=${(/** @type {Event} */ e) => onChange({ [key]: valueOf(e) })} />`}</${Field}>`;
  /** @type {[string, string][]} */
  const chains = venues.map((v) => [v.id, v.name['zh-CN']]);
  if (everywhere) chains.unshift(['', t('audit.everything')], ['district', t('audit.district')]);
  return html`<div class="card audit-ask">
    <${Select} label=${t('audit.chain')} name="chain" value=${ask.chain} options=${chains}
      onChange=${(/** @type {string} */ chain) => onChange({ chain })} />
    <${Select} label=${t('audit.about')} name="action" value=${ask.action}
      options=${[['', t('audit.about.all')], ...subjects()]}
      onChange=${(/** @type {string} */ action) => onChange({ action })} />
    ${date('from')}${date('to')}
    ${(ask.subject || ask.actor) && html`<p class="audit-only">
      ${t(ask.subject ? 'audit.only.subject' : 'audit.only.actor')}
      <button type="button" class="secondary small" onClick=${() => onChange({ subject: '', actor: '' })}>
        <${Icon} name="x" />${t('audit.only.end')}</button></p>`}
  </div>`;
};

/**
 * The records of one question, page after page. @param {{ search: string, onChange: (more: object) => void }}
 *   props
 */
const Found = ({ search, onChange }) => {
  const [list, setList] = useState(/** @type {AuditRecord[]} */ ([]));
  const [next, setNext] = useState(/** @type {string | undefined} */ (''));
  const [busy, setBusy] = useState(true);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const more = async () => {
    setBusy(true);
    setError(null);
    try {
      /** @type {Page} */
      const page = await api('/audit' + search + (search ? '&' : '?') + 'limit=50' + (next ? '&after='
        + encodeURIComponent(next) : ''), { timeout: 60_000 });
      setList([...list, ...page.items]);
      setNext(page.next);
    } catch (err) {
      setError(err);
    }
    setBusy(false);
  };
  useEffect(() => { more(); }, []);
  return html`<${Records} list=${list} onAsk=${onChange} />
    <${ErrorNote} error=${error} retry=${more} />
    ${!busy && !error && !list.length && !next && html`<p class="empty card">${t('audit.none')}</p>`}
    ${busy ? html`<p class="loading">${t('loading')}</p>` : next && html`<p class="more">
      <button type="button" class="secondary" id="more" onClick=${more}>
        ${t(list.length ? 'audit.more' : 'audit.further')}</button></p>`}`;
};
