// @ts-check
// The organizations somebody acts for, and a way to register a new one.
import { html, Icon, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { go, Heading } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { loadSession, signInNeeded } from '../lib/session.js';
import { useLoad } from '../lib/load.js';
import { SignInForm } from '../resident/sign-in-form.js';
import { OrganizationForm } from './form.js';
import { dayText, RoleTag, Standing } from './words.js';

/** @typedef {import('../types').OrganizationItem} OrganizationItem */
/** @typedef {{ items: OrganizationItem[] }} Listed */

export default function OrganizationsPage() {
  const { data, error, busy, reload } = useLoad(/** @returns {Promise<Listed>} */
    (signal) => api('/organizations', { signal }), []);
  const [making, setMaking] = useState(false);
  if (signInNeeded(error)) {
    return html`<div class="narrow"><${Heading} text=${t('organization.title')} />
      <div class="card"><${SignInForm} why=${t('organization.need')} onDone=${reload} /></div></div>`;
  }
  const made = (/** @type {import('../types').Organization} */ o) => {
    loadSession();
    go('/organizations/' + o.id);
  };
  if (making) {
    return html`<div class="narrow"><${Heading} text=${t('organization.new')} />
      <p>${t('organization.new.lead')}</p>
      <div class="card"><${OrganizationForm} onDone=${made}
        onCancel=${() => setMaking(false)} /></div></div>`;
  }
  return html`<div class="narrow"><${Heading} text=${t('organization.title')} />
    <${ErrorNote} error=${error} retry=${reload} />
    ${busy && !data && html`<p class="loading">${t('loading')}</p>`}
    ${data && !data.items.length && html`<div class="empty">
      <${Icon} name="users" /><p>${t('organization.none')}</p></div>`}
    <ul class="stack">${data?.items.map((o) => html`<${Item} key=${o.id} organization=${o} />`)}</ul>
    ${data && html`<div class="card organization-new"><h2>${t('organization.new')}</h2>
      <p>${t('organization.new.lead')}</p>
      <button type="button" id="new-organization" class=${data.items.length ? 'secondary' : 'large'}
        onClick=${() => setMaking(true)}>
        <${Icon} name="plus" />${t('organization.new')}</button>
      <p class="hint">${t('organization.join.hint')}</p></div>`}
  </div>`;
}

/** @param {{ organization: OrganizationItem }} props */
const Item = ({ organization: o }) => html`<li class="card organization-item">
  <h2><a class="whole" href=${'/organizations/' + o.id}>${o.name}</a></h2>
  <p class="meta"><span>${t(`organization.kind.${o.kind}`)}</span>${o.role && html`<${RoleTag} role=${o.role}
    />`}</p>
  <p class="tags"><${Standing} organization=${o} /></p>
  ${o.verified && o.verified_until && html`
    <p class="muted">${t('organization.until', { date: dayText(o.verified_until) })}</p>`}
</li>`;
