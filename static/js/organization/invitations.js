// @ts-check
// Invitation links: making one, passing it on, taking it back. A link is shown once, when it is made.
import { formValues, html, Icon, useRef, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { Field, Select } from '../lib/forms.js';
import { ErrorNote } from '../lib/errors.js';
import { Dialog } from '../lib/dialog.js';
import { useLoad } from '../lib/load.js';
import { announce } from '../lib/shell.js';
import { momentText } from '../lib/words.js';
import { roles } from './words.js';

/** @typedef {import('../types').Organization} Organization */
/** @typedef {import('../types').Invitation} Invitation */
/** @typedef {Invitation & { link: string, qr: string }} Made */

/** @param {{ organization: Organization }} props */
export const Invitations = ({ organization: o }) => {
  const { data, error, reload } = useLoad(/** @returns {Promise<{ items: Invitation[] }>} */
    (signal) => api(`/organizations/${o.id}/invitations`, { signal }), [o.id]);
  const [making, setMaking] = useState(false);
  const [refused, setRefused] = useState(/** @type {unknown} */ (null));
  const revoke = (/** @type {Invitation} */ i) =>
    api(`/organizations/${o.id}/invitations/${i.id}`, { method: 'DELETE' }).catch(setRefused).finally(reload);
  return html`<div class="invitations">
    <button type="button" id="invite" class="secondary" onClick=${() => setMaking(true)}>
      <${Icon} name="plus" />${t('organization.invite')}</button>
    <${ErrorNote} error=${error} retry=${reload} /><${ErrorNote} error=${refused} />
    ${data && data.items.length > 0 && html`<h3>${t('organization.invitations')}</h3>
      <ul class="members">${data.items.map((i) => html`<li class="member" key=${i.id}>
        <p class="member-name"><strong>${t(`organization.role.${i.role}`)}${i.note
          && t('colon') + i.note}</strong>
          <span class="muted">
            ${t('organization.invitation.left', { n: i.left, date: momentText(i.expires) })}</span></p>
        <button type="button" class="ghost" onClick=${() => revoke(i)}>
          <${Icon} name="x" />${t('organization.invitation.revoke')}</button>
      </li>`)}</ul>`}
    ${making && html`<${Invite} organization=${o} onMade=${reload}
      onClose=${() => setMaking(false)} />`}</div>`;
};

/**
 * Makes an invitation and shows its link; also for staff who give an organization an owner again.
 * @param {{ organization: Organization, fixed?: import('../types').MemberRole, onMade?: () => void, onClose:
 * () => void }} props
 */
export const Invite = ({ organization: o, fixed, onMade, onClose }) => {
  const [role, setRole] = useState(fixed ?? 'booker');
  const [made, setMade] = useState(/** @type {Made | null} */ (null));
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const submit = (/** @type {Event} */ e) => {
    const { uses, note } = formValues(e);
    setError(null);
    api(`/organizations/${o.id}/invitations`, { method: 'POST', body: { role, uses: Number(uses)
      || 1, note } })
      .then((answer) => {
        setMade(/** @type {Made} */ (answer));
        onMade?.();
      }, setError);
  };
  if (made) return html`<${Link} organization=${o} made=${made} onClose=${onClose} />`;
  const options = (fixed ? [fixed] : roles).map((r) => [r, t(`organization.role.${r}`)]);
  return html`<${Dialog} title=${t('organization.invite.to', { name: o.name })} onClose=${onClose}>
    <form class="form" onSubmit=${submit}>
      <${Select} label=${t('organization.invite.role')} name="role" value=${role} options=${options}
        onChange=${setRole} />
      <p class="hint">${t(`organization.role.${role}.may`)}</p>
      <${Field} label=${t('organization.invite.uses')}
        hint=${t('organization.invite.uses.hint')}>${(/** @type {any} */ a) => html`
        <input name="uses" type="number" inputmode="numeric" min="1" max="50" required
          value="1" ...${a} />`}</${Field}>
      <${Field} label=${t('organization.invite.note')} optional hint=${t('organization.invite.note.hint')}>
        ${(/** @type {any} */ a) => html`<input name="note" maxlength="60" ...${a} />`}</${Field}>
      <${ErrorNote} error=${error} />
      <div class="actions"><button
        class="large">${t('organization.invite.make')}</button></div></form></${Dialog}>`;
};

/** @param {{ organization: Organization, made: Made, onClose: () => void }} props */
const Link = ({ organization: o, made, onClose }) => {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    field.current?.select();
    const done = await navigator.clipboard?.writeText(made.link).then(() => true, () => false)
      || document.execCommand('copy');
    setCopied(Boolean(done));
    if (done) announce(t('organization.link.copied'));
  };
  const text = t('organization.link.text', { name: o.name });
  const share = () => navigator.share({ title: o.name, text, url: made.link })
    .catch(() => {}); // changed their mind
  return html`<${Dialog} title=${t('organization.link.title')} onClose=${onClose}>
    <p>${t('organization.link.once', {
      name: o.name, role: t(`organization.role.${made.role}`), date: momentText(made.expires),
    })}</p>
    <${Field} label=${t('organization.link')}>${(/** @type {any} */ a) => html`
      <input name="link" readonly ref=${field} value=${made.link}
        onFocus=${() => field.current?.select()} ...${a} />`}</${Field}>
    <div class="actions"><button type="button" onClick=${copy}>
      ${copied ? html`<${Icon} name="check" />${t('organization.link.copied')}`
        : t('organization.link.copy')}</button>
      ${'share' in navigator && html`<button type="button" class="secondary" onClick=${share}>
        <${Icon} name="external-link" />${t('organization.link.share')}</button>`}</div>
    <figure class="invitation-qr"><img src=${'data:image/png;base64,' + made.qr}
      alt=${t('organization.link.qr')} width="240" height="240" />
      <figcaption>${t('organization.link.qr.hint')}</figcaption></figure></${Dialog}>`;
};
