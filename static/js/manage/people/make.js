// @ts-check
// A new member of the staff: name, number or address, first role. Somebody who has an account already keeps
// it.
import { html, useRef, useState, valueOf } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api, ApiError } from '../../lib/api.js';
import { Dialog } from '../../lib/dialog.js';
import { Field, focusFirstError } from '../../lib/forms.js';
import { ErrorNote, fieldError } from '../../lib/errors.js';
import { signedOut } from '../../lib/session.js';
import { announce } from '../../lib/shell.js';
import { steppedUp } from '../../lib/step-up.js';
import { blank, GrantFields, grantOf, missing } from './give.js';

/** @typedef {import('../../types').StaffMember} StaffMember */
/** @typedef {import('../../types').SecretLink} SecretLink */
/** @typedef {import('../../types').VenueItem} VenueItem */

/** @param {string} to */
const reachedBy = (to) => (to.includes('@') ? { email: to.trim() } : { phone: to.trim() });

/**
 * @param {{ venues: VenueItem[], onDone: (member: StaffMember, link: SecretLink) => void, onFound: () =>
 *   void,
 *   onClose: () => void }} props onFound: somebody who had an account was given the role
 */
export const Make = ({ venues, onDone, onFound, onClose }) => {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [who, setWho] = useState({ name: '', to: '' });
  const [draft, setDraft] = useState(blank);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const attempt = async (/** @type {() => Promise<void>} */ work) => {
    setTried(true);
    if (missing(draft)) return;
    setBusy(true);
    setError(null);
    await work().catch((err) => {
      signedOut(err);
      setError(err);
      focusFirstError(form.current);
    });
    setBusy(false);
  };
  const make = (/** @type {Event} */ e) => {
    e.preventDefault();
    attempt(async () => {
      const body = { name: who.name, ...reachedBy(who.to), grant: grantOf(draft) };
      const made = /** @type {{ member: StaffMember } & SecretLink} */ (
        await steppedUp(() => api('/accounts', { method: 'POST', body })));
      onDone(made.member, made);
    });
  };
  const there = error instanceof ApiError && error.code === 'address_taken' ? error.params : null;
  const give = () => attempt(async () => {
    await steppedUp(() => api(`/accounts/${there?.id}/grants`, { method: 'POST', body: grantOf(draft) }));
    announce(t('roles.given', { name: there?.name, role: t(`role.${draft.role}`) }));
    onFound();
    onClose();
  });
  return html`<${Dialog} title=${t('roles.make')} onClose=${onClose}>
    <form class="form" ref=${form} onSubmit=${make}>
      <${Field} label=${t('roles.name')} error=${fieldError(error, 'name')}>${(/** @type {any} */ a) => html`
        <input name="name" required maxlength="60" autocomplete="off" value=${who.name} ...${a}
          onInput=${(/** @type {Event} */ e) => setWho({ ...who, name: valueOf(e) })} />`}</${Field}>
      <${Field} label=${t('roles.to')} hint=${t('roles.to.hint')}
        error=${!there && fieldError(error, 'phone', 'email')}>${(/** @type {any} */ a) => html`
        <input name="to" required maxlength="254" autocomplete="off" value=${who.to} ...${a}
          onInput=${(/** @type {Event} */ e) => setWho({ ...who, to: valueOf(e) })} />`}</${Field}>
      <${GrantFields} draft=${draft} venues=${venues} error=${error} tried=${tried} onChange=${setDraft} />
      ${there ? html`<div class="notice" role="alert" id="there"><p>${t('roles.there',
        { name: there.name })}</p>
          <button type="button" class="secondary" disabled=${busy} onClick=${give}>
            ${t('roles.there.yes', { name: there.name })}</button></div>`
        : html`<${ErrorNote} error=${error} skip=${['name', 'phone', 'email', 'venues', 'until',
          'grant.until']} />`}
      <div class="actions"><button type="button" class="secondary" onClick=${onClose}>${t('back')}</button>
        <button id="made" disabled=${busy}>${t('roles.make.yes')}</button></div></form></${Dialog}>`;
};
