// @ts-check
// Who acts for an organization: roles, removing, leaving.
import { html, Icon, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { go } from '../lib/router.js';
import { Select } from '../lib/forms.js';
import { ErrorNote } from '../lib/errors.js';
import { Confirm } from '../lib/dialog.js';
import { loadSession } from '../lib/session.js';
import { useLoad } from '../lib/load.js';
import { announce } from '../lib/shell.js';
import { Invitations } from './invitations.js';
import { dayText, RoleTag, roles } from './words.js';

/** @typedef {import('../types').Organization} Organization */
/** @typedef {import('../types').OrganizationMember} Member */
/** @typedef {{ items: Member[] }} Listed */

/** @param {{ organization: Organization, onChange: () => void }} props */
export const Members = ({ organization: o, onChange }) => {
  const { data, error, reload } = useLoad(/** @returns {Promise<Listed>} */
    (signal) => api(`/organizations/${o.id}/members`, { signal }), [o.revision]);
  const [removing, setRemoving] = useState(/** @type {Member | null} */ (null));
  const [refused, setRefused] = useState(/** @type {unknown} */ (null));
  const changed = () => {
    reload();
    onChange();
  };
  const setRole = (/** @type {Member} */ m, /** @type {string} */ role) => {
    setRefused(null);
    api(`/organizations/${o.id}/members/${m.id}`, { method: 'PUT', body: { role } })
      .then(() => announce(t('organization.member.changed', { name: m.name })), setRefused)
      .finally(changed);
  };
  return html`<section class="section" id="members" aria-labelledby="members-title">
    <h2 id="members-title">${t('organization.members')}</h2>
    ${o.can.edit && html`<p class="muted">${t('organization.members.hint')}</p>`}
    <${ErrorNote} error=${error} retry=${reload} /><${ErrorNote} error=${refused} />
    <ul class="members">${data?.items.map((m) => html`<li class="member" key=${m.id}>
      <p class="member-name"><strong>${m.name || t('organization.member.unnamed')}</strong>
        ${m.self && html` <span class="tag info">${t('organization.member.self')}</span>`}
        <span class="muted">${t('organization.member.since', { date: dayText(m.since) })}</span></p>
      ${o.can.edit ? html`<div class="member-tools">
        <${Select} class="member-role" label=${html`<span class="visually-hidden">
          ${t('organization.member.role', { name: m.name })}</span>`}
          name=${'role-' + m.id} value=${m.role} options=${roles.map((r) => [r, t(`organization.role.${r}`)])}
          onChange=${(/** @type {string} */ role) => setRole(m, role)} />
        ${!m.self && html`<button type="button" class="ghost"
          aria-label=${t('organization.member.remove.one', { name: m.name })}
          onClick=${() => setRemoving(m)}>
            <${Icon} name="x" />${t('organization.member.remove')}</button>`}</div>`
        : html`<${RoleTag} role=${m.role} />`}</li>`)}</ul>
    <p class="hint">${t('organization.roles.hint')}</p>
    ${o.can.edit && html`<${Invitations} organization=${o} />`}
    ${removing && html`<${Remove} organization=${o} member=${removing} onClose=${() => setRemoving(null)}
      onDone=${() => { setRemoving(null); changed(); }} />`}
  </section>`;
};

/** @param {{ organization: Organization, member: Member, onDone: () => void, onClose: () => void }} props */
const Remove = ({ organization: o, member: m, onDone, onClose }) => {
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const remove = () => api(`/organizations/${o.id}/members/${m.id}`, { method: 'DELETE' }).then(onDone,
    setError);
  return html`<${Confirm} title=${t('organization.member.remove.one', { name: m.name })} danger
    yes=${t('organization.member.remove')}
    text=${t('organization.member.remove.text')} onYes=${remove} onClose=${onClose}>
      <${ErrorNote} error=${error} /></${Confirm}>`;
};

/**
 * The ways out: leaving, and for owners closing the registration.
 * @param {{ organization: Organization, self: string }} props
 */
export const Leave = ({ organization: o, self }) => {
  const [asking, setAsking] = useState(/** @type {'' | 'leave' | 'close'} */ (''));
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const away = async () => {
    await loadSession();
    go('/organizations');
  };
  const path = asking === 'leave' ? `/organizations/${o.id}/members/${self}` : '/organizations/' + o.id;
  const yes = () => api(path, { method: 'DELETE' }).then(away, setError);
  const ask = (/** @type {'leave' | 'close'} */ what) => {
    setError(null);
    setAsking(what);
  };
  const words = asking === 'leave' ? [t('organization.leave'), t('organization.leave.text', { name: o.name })]
    : [t('organization.close'), t('organization.close.text', { name: o.name })];
  return html`<section class="section" aria-labelledby="leave-title"><h2
    id="leave-title">${t('organization.leave.title')}</h2>
    <div class="actions ways-out">
      <button type="button" class="secondary" onClick=${() => ask('leave')}>
        <${Icon} name="log-out" />${t('organization.leave')}</button>
      ${o.can.edit && html`<button type="button" class="secondary" onClick=${() => ask('close')}>
        <${Icon} name="trash-2" />${t('organization.close')}</button>`}</div>
    ${asking && html`<${Confirm} danger title=${words[0]} onClose=${() => setAsking('')} onYes=${yes}
      text=${words[1]} yes=${words[0]}>
      <${ErrorNote} error=${error} /></${Confirm}>`}</section>`;
};
