// @ts-check
// One organization, for those who act for it: always for whom, what is next, documents, members, what it has
// booked.
import { html, Icon, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { Heading } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { account, actFor, signInNeeded } from '../lib/session.js';
import { useLoad } from '../lib/load.js';
import { momentText } from '../lib/words.js';
import { SignInForm } from '../resident/sign-in-form.js';
import { Bookings } from './bookings.js';
import { Documents } from './documents.js';
import { OrganizationForm } from './form.js';
import { Leave, Members } from './members.js';
import { NextStep, Steps } from './steps.js';
import { dayText, Standing } from './words.js';

/** @typedef {import('../types').Organization} Organization */

/** @param {{ id: string }} props */
export default function OrganizationPage({ id }) {
  const { data: o, error, reload, set } = useLoad(/** @returns {Promise<Organization>} */
    (signal) => api('/organizations/' + id, { signal }), [id]);
  const [editing, setEditing] = useState(false);
  if (signInNeeded(error)) {
    return html`<div class="narrow"><${Heading} text=${t('organization.title')} />
      <div class="card"><${SignInForm} why=${t('organization.need')} onDone=${reload} /></div></div>`;
  }
  if (!o) {
    return html`<${Heading} text=${t('organization.title')} /><${ErrorNote} error=${error} retry=${reload} />
      ${error ? html`<p><a href="/organizations">${t('organization.all')}</a></p>` : html`
        <p class="loading">${t('loading')}</p>`}`;
  }
  const saved = (/** @type {Organization} */ now) => {
    set(now);
    setEditing(false);
  };
  if (editing) {
    return html`<div class="narrow"><${Heading} text=${t('organization.edit.title', { name: o.name })} />
      <div class="card"><${OrganizationForm} organization=${o} onDone=${saved}
        onCancel=${() => setEditing(false)} /></div></div>`;
  }
  return html`<div class="organization-page">
    <p class="back-line"><a href="/organizations">
      <${Icon} name="chevron-left" />${t('organization.all')}</a></p>
    <${Heading} text=${o.name} />
    <${ForWhom} organization=${o} />
    ${o.can.edit && html`${o.state !== 'verified' && html`<${Steps} organization=${o} />`}
      <${NextStep} organization=${o} onChange=${set} onEdit=${() => setEditing(true)} />`}
    <${Bookings} organization=${o} />
    <${Facts} organization=${o} onEdit=${() => setEditing(true)} />
    ${o.can.edit && html`<${Documents} organization=${o} onChange=${reload} />`}
    ${o.role && html`<${Members} organization=${o} onChange=${reload} />`}
    ${o.history.length > 0 && html`<${History} organization=${o} />`}
    ${o.role && html`<${Leave} organization=${o} self=${account()?.id ?? ''} />`}
  </div>`;
}

/** Says for whom one acts here, and leads to booking for it. @param {{ organization: Organization }} props */
const ForWhom = ({ organization: o }) => html`<div class="card for-whom">
  <p><span class="muted">${t('organization.acting')}</span> <strong>${o.name}</strong>
    ${o.role && html` <span class="tag info">${t(`organization.role.${o.role}`)}</span>`}</p>
  <p class="tags"><${Standing} organization=${o} /></p>
  ${o.can.book ? html`<a class=${o.verified ? 'button' : 'button secondary'} href="/"
    onClick=${() => actFor(o.id)}><${Icon} name="calendar-check" />
    ${t('organization.book', { name: o.name })}</a>` : html`
      <p class="hint">${t('organization.role.member.may')}</p>`}
</div>`;

/** @param {{ organization: Organization, onEdit?: () => void }} props */
export const Facts = ({ organization: o, onEdit }) => {
  const line = (/** @type {import('../lib/i18n.js').Key} */ label, /** @type {any} */ value) =>
    value && html`<div><dt>${t(label)}</dt><dd>${value}</dd></div>`;
  return html`<section class="section" aria-labelledby="facts-title"><div class="row">
      <h2 id="facts-title">${t('organization.facts')}</h2>
      ${onEdit && o.can.edit && html`<button type="button" class="secondary" id="edit-organization"
        onClick=${onEdit}>
        <${Icon} name="pencil" />${t('organization.edit')}</button>`}</div>
    <dl class="organization-facts">
      ${line('organization.name', o.proposed
        ? html`${o.proposed} <span class="tag warn">${t('organization.proposed', { name: o.name })}</span>`
          : o.name)}
      ${line('organization.kind', t(`organization.kind.${o.kind}`))}
      ${line('organization.code', o.code && html`<span class="credit-code">${o.code}</span>`)}
      ${line('organization.verified.until', o.verified && o.verified_until && dayText(o.verified_until))}
      ${line('organization.contact', o.contact)}${line('organization.phone', o.phone)}
      ${line('organization.email', o.email)}
      ${line('organization.address', o.address)}${line('organization.about', o.about)}
    </dl></section>`;
};

/** @param {{ organization: Organization }} props */
export const History = ({ organization: o }) => html`<details class="card organization-history">
  <summary>${t('organization.history')}</summary>
  <ol>${[...o.history].reverse().map((s, i) => html`<li key=${i}><span class="num">${momentText(s.at)}</span>
    <strong>${t(`organization.event.${s.event}`)}</strong>
    ${s.until && html`<span>${t('organization.until', { date: dayText(s.until) })}</span>`}
    ${s.reason && html`<span>${s.reason}</span>`}${s.by && html`
      <span class="muted">${s.by}</span>`}</li>`)}</ol></details>`;
