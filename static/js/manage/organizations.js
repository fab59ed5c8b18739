// @ts-check
// The registrations that staff work on: who waits, who is verified, who runs out.
import { html, Icon, useEffect, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { Heading, place } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { dayText, Standing } from '../organization/words.js';

/** @typedef {import('../types').OrganizationItem} OrganizationItem */
/** @typedef {{ items: OrganizationItem[], next?: string }} Listed */

const queues = /** @type {const} */ (['submitted', 'expiring', 'verified', 'refused', 'expired', 'draft']);

/** @param {string} state @param {string} [after] @param {AbortSignal} [signal] @returns {Promise<Listed>} */
const queue = (state, after, signal) =>
  api('/organizations/registrations' + query({ state, after, limit: 30 }), { signal });

export default function RegistrationsPage() {
  const asked = new URLSearchParams(place.value.search).get('state');
  const state = queues.find((q) => q === asked) ?? 'submitted';
  const { data, error, busy, reload } = useLoad((signal) => queue(state, '', signal), [state]);
  const [more, setMore] = useState(/** @type {Listed | null} */ (null));
  useEffect(() => setMore(null), [state]);
  const items = [...(data?.items ?? []), ...(more?.items ?? [])];
  const next = more ? more.next : data?.next;
  const load = () => queue(state, next).then((page) =>
    setMore({ items: [...(more?.items ?? []), ...page.items], next: page.next }));
  return html`<${Heading} text=${t('organization.manage.title')} />
    <nav class="queue-tabs" aria-label=${t('organization.manage.queues')}>${queues.map((q) => html`<a key=${q}
      href=${'/manage/organizations' + (q === 'submitted' ? '' : '?state=' + q)}
      aria-current=${q === state ? 'page' : undefined}>${t(`organization.queue.${q}`)}</a>`)}</nav>
    <p class="muted">${t(`organization.queue.${state}.hint`)}</p>
    <${ErrorNote} error=${error} retry=${reload} />
    ${busy && !items.length && html`<p class="loading">${t('loading')}</p>`}
    ${data && !items.length && html`<div class="empty">
      <${Icon} name="check" /><p>${t('organization.queue.none')}</p></div>`}
    <ul class="cards">${items.map((o) => html`<${Item} key=${o.id} organization=${o} />`)}</ul>
    ${next && html`<p class="more"><button type="button" class="secondary"
      onClick=${load}>${t('organization.manage.more')}</button></p>`}`;
}

/** @param {{ organization: OrganizationItem }} props */
const Item = ({ organization: o }) => html`<li class="card organization-item">
  <h2><a class="whole" href=${'/manage/organizations/' + o.id}>${o.name}</a></h2>
  <p class="meta"><span>${t(`organization.kind.${o.kind}`)}</span>${o.code && html`
    <span class="credit-code">${o.code}</span>`}</p>
  <p class="tags"><${Standing} organization=${o} />
    ${!o.documents && html`<span class="tag">${t('organization.manage.bare')}</span>`}</p>
  <p class="muted">${o.verified && o.verified_until
    ? t('organization.until', { date: dayText(o.verified_until) })
    : t(o.state === 'submitted' ? 'organization.manage.submitted'
      : 'organization.manage.since', { date: dayText(o.since) })}</p></li>`;
