// @ts-check
// One of the staff with their roles: give another, take one, a new link to set up signing in.
import { html, Icon, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { Confirm } from '../../lib/dialog.js';
import { ErrorNote } from '../../lib/errors.js';
import { account, signedOut } from '../../lib/session.js';
import { announce } from '../../lib/shell.js';
import { steppedUp } from '../../lib/step-up.js';
import { useWork } from '../../lib/work.js';
import { Give } from './give.js';
import { dayText, lapsesSoon, scopeText } from './words.js';

/** @typedef {import('../../types').StaffMember} StaffMember */
/** @typedef {import('../../types').StaffGrant} StaffGrant */
/** @typedef {import('../../types').SecretLink} SecretLink */
/** @typedef {import('../../types').VenueItem} VenueItem */

/**
 * @param {{ member: StaffMember, venues: VenueItem[], onChange: () => void, onLink: (link: SecretLink) =>
 *   void }} props
 */
export const Member = ({ member, venues, onChange, onLink }) => {
  const [open, setOpen] = useState(/** @type {'' | 'give' | 'reset' | StaffGrant} */ (''));
  const { busy, error, run } = useWork();
  const close = () => setOpen('');
  const me = member.id === account()?.id;
  const attempt = (/** @type {() => Promise<void>} */ work) => run(() => work().catch((err) => {
    signedOut(err);
    throw err;
  }));
  const take = (/** @type {StaffGrant} */ g) => attempt(async () => {
    await steppedUp(() => api(`/accounts/${member.id}/grants/${g.id}`, { method: 'DELETE' }));
    announce(t('roles.taken', { name: member.name, role: t(`role.${g.role}`) }));
    close();
    onChange();
  });
  const enrol = () => attempt(async () => onLink(await steppedUp(() =>
    api(`/accounts/${member.id}/enrolment-links`, { method: 'POST' }))));
  const reset = () => attempt(async () => {
    const made = /** @type {SecretLink} */ (await steppedUp(() =>
      api(`/accounts/${member.id}/credential-resets`, { method: 'POST' })));
    close();
    onLink(made);
  });
  return html`<li class="card staff-member" data-account=${member.id}>
    <div class="row"><h2>${member.name}${me && html` <span class="tag">${t('roles.me')}</span>`}</h2>
      <span class="muted num">${member.phone || member.email}</span></div>
    <ul class="grants">${member.grants.map((g) => html`<${GrantRow} key=${g.id} grant=${g} venues=${venues}
      name=${member.name} onTake=${() => setOpen(g)} />`)}</ul>
    ${!open && html`<${ErrorNote} error=${error} />`}
    ${!me && html`<div class="actions">
      <button type="button" class="secondary small" disabled=${busy} onClick=${() => setOpen('give')}>
        <${Icon} name="plus" />${t('roles.give')}</button>
      <button type="button" class="secondary small" disabled=${busy} onClick=${enrol}>
        <${Icon} name="log-in" />${t('roles.link')}</button>
      <button type="button" class="secondary small" disabled=${busy} onClick=${() => setOpen('reset')}>
        <${Icon} name="rotate-ccw" />${t('roles.reset')}</button></div>`}
    ${open === 'give' && html`<${Give} member=${member} venues=${venues} onClose=${close}
      onDone=${() => { close(); onChange(); }} />`}
    ${open === 'reset' && html`<${Confirm} title=${t('roles.reset.title', { name: member.name })}
      text=${t('roles.reset.text')} yes=${t('roles.reset.yes')} danger busy=${busy} onYes=${reset}
      onClose=${close}><${ErrorNote} error=${error} /></${Confirm}>`}
    ${typeof open === 'object' && html`<${Confirm} title=${t('roles.take.title', { name: member.name })}
      text=${t(me ? 'roles.take.own' : 'roles.take.text', { role: t(`role.${open.role}`),
        scope: scopeText(open, venues) })}
      yes=${t('roles.take')} danger busy=${busy} onYes=${() => take(open)} onClose=${close}>
      <${ErrorNote} error=${error} /></${Confirm}>`}</li>`;
};

/** @param {{ grant: StaffGrant, venues: VenueItem[], name: string, onTake: () => void }} props */
const GrantRow = ({ grant: g, venues, name, onTake }) => html`<li>
  <span class="grant-what"><strong>${t(`role.${g.role}`)}</strong><span>${scopeText(g, venues)}</span></span>
  <span class="meta"><span>${g.until ? t('roles.until', { date: dayText(g.until) })
    : t('roles.unending')}</span>
    <span>${g.used_at ? t('roles.used', { date: dayText(g.used_at) }) : t('roles.unused')}</span>
    ${g.given_by && html`<span>${t('roles.by', { name: g.given_by })}</span>`}
    ${g.from === 'provider' && html`<span>${t('roles.provider')}</span>`}</span>
  ${!g.counts ? html`<span class="tag bad"><${Icon} name="clock-alert" />${t('roles.over')}</span>`
    : lapsesSoon(g, Date.now()) && html`<span class="tag warn"><${Icon} name="clock-alert" />
      ${t('roles.lapses', { date: dayText(g.lapses_at ?? '') })}</span>`}
  <button type="button" class="ghost small" onClick=${onTake}
    aria-label=${t('roles.take.of', { name, role: t(`role.${g.role}`) })}>
    <${Icon} name="x" />${t('roles.take')}</button></li>`;
