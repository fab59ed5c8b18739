// @ts-check
// The form of a role: which, for what, and until when.
import { html, useRef, useState, valueOf } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { addDays, today } from '../../lib/dates.js';
import { Dialog } from '../../lib/dialog.js';
import { Chips, Field, focusFirstError, Select } from '../../lib/forms.js';
import { ErrorNote, fieldError } from '../../lib/errors.js';
import { signedOut } from '../../lib/session.js';
import { announce } from '../../lib/shell.js';
import { steppedUp } from '../../lib/step-up.js';
import { fullDate } from '../../lib/full-date.js';
import { areasOf, roles } from './words.js';
import { VenuePicker } from './venue-picker.js';

/** @typedef {import('../../types').StaffMember} StaffMember */
/** @typedef {import('../../types').StaffRole} StaffRole */
/** @typedef {import('../../types').VenueItem} VenueItem */
/**
 * @typedef {object} Draft
 * @property {StaffRole} role @property {'district' | 'areas' | 'venues'} reach
 * @property {string[]} areas @property {string[]} venues @property {string} until
 */

/** @returns {Draft} */
export const blank = () => ({ role: 'attendant', reach: 'venues', areas: [], venues: [], until: '' });

/** What the API wants of a draft. @param {Draft} d */
export const grantOf = (d) => ({
  role: d.role, until: d.until || undefined,
  ...(d.role !== 'administrator' && d.reach === 'areas' ? { areas: d.areas } : {}),
  ...(d.role !== 'administrator' && d.reach === 'venues' ? { venues: d.venues } : {}),
});

/**
 * Why a draft cannot be sent yet, '' if it can: a role for no place at all would be one for every place.
 * @param {Draft} d
 */
export const missing = (d) => (d.role !== 'administrator' && d.reach !== 'district' && !d[d.reach].length
  ? t(`roles.pick.${d.reach}`) : '');

/**
 * @param {{ draft: Draft, venues: VenueItem[], error: unknown, tried: boolean, onChange: (draft: Draft) =>
 *   void }} props
 */
export const GrantFields = ({ draft, venues, error, tried, onChange }) => {
  const set = (/** @type {Partial<Draft>} */ part) => onChange({ ...draft, ...part });
  const fault = tried ? missing(draft) : '';
  return html`<${Select} label=${t('roles.role')} name="role" value=${draft.role}
      options=${roles.map((role) => [role, t(`role.${role}`)])}
      onChange=${(/** @type {StaffRole} */ role) => set({ role })} />
    <p class="hint role-about">${t(`role.${draft.role}.about`)}</p>
    ${draft.role !== 'administrator' && html`
      <${Chips} legend=${t('roles.scope')} name="reach" value=${draft.reach}
        options=${['venues', 'areas', 'district'].map((reach) => [reach,
          t(/** @type {import('../../lib/i18n.js').Key} */ (`roles.reach.${reach}`))])}
        onChange=${(/** @type {Draft['reach']} */ reach) => set({ reach })} />
      ${draft.reach === 'areas' && html`<${VenuePicker} legend=${t('roles.areas')} name="area"
        options=${areasOf(venues).map((area) => ({ id: area, name: area, under: '' }))} chosen=${draft.areas}
        onChange=${(/** @type {string[]} */ areas) => set({ areas })} />`}
      ${draft.reach === 'venues' && html`<${VenuePicker} legend=${t('roles.venues')} name="venue"
        venues=${venues}
        chosen=${draft.venues} onChange=${(/** @type {string[]} */ ids) => set({ venues: ids })} />`}
      ${(fault || fieldError(error, 'venues', 'grant.venues')) && html`<p class="field-error" role="alert">
        ${fault || fieldError(error, 'venues', 'grant.venues')}</p>`}`}
    <${Field} label=${t('roles.ends')} optional
      hint=${draft.until ? fullDate(draft.until) : t('roles.ends.hint')}
      error=${fieldError(error, 'until', 'grant.until')}>${(/** @type {any} */ a) => html`
      <input type="date" name="until" min=${addDays(today(), 0)} value=${draft.until} ...${a}
        onChange=${(/** @type {Event} */ e) => set({ until: valueOf(e) })} />`}</${Field}>`;
};

/** @param {{ member: StaffMember, venues: VenueItem[], onDone: () => void, onClose: () => void }} props */
export const Give = ({ member, venues, onDone, onClose }) => {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [draft, setDraft] = useState(blank);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const give = async (/** @type {Event} */ e) => {
    e.preventDefault();
    setTried(true);
    if (missing(draft)) return focusFirstError(form.current);
    setBusy(true);
    setError(null);
    try {
      await steppedUp(() => api(`/accounts/${member.id}/grants`, { method: 'POST', body: grantOf(draft) }));
      announce(t('roles.given', { name: member.name, role: t(`role.${draft.role}`) }));
      onDone();
    } catch (err) {
      signedOut(err);
      setError(err);
      focusFirstError(form.current);
    }
    setBusy(false);
  };
  return html`<${Dialog} title=${t('roles.give.title', { name: member.name })} onClose=${onClose}>
    <form class="form" ref=${form} onSubmit=${give}>
      <${GrantFields} draft=${draft} venues=${venues} error=${error} tried=${tried} onChange=${setDraft} />
      <${ErrorNote} error=${error} skip=${['venues', 'until']} />
      <div class="actions"><button type="button" class="secondary" onClick=${onClose}>${t('back')}</button>
        <button id="give" disabled=${busy}>${t('roles.give.yes')}</button></div></form></${Dialog}>`;
};
