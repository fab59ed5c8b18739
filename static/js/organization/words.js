// @ts-check
// How an organization's state, role and kind are shown, by residents' and staff's pages alike.
import { html, Icon } from '../lib/ui.js';
import { lang, known, t } from '../lib/i18n.js';
import { ApiError } from '../lib/api.js';
import { dateOf, format } from '../lib/dates.js';

/** @typedef {import('../types').Organization} Organization */
/** @typedef {import('../types').OrganizationItem} OrganizationItem */
/** @typedef {import('../types').MemberRole} MemberRole */

/** @type {import('../types').OrganizationKind[]} */
export const kinds = [
  'association', 'service', 'foundation', 'community', 'troupe', 'institution', 'company', 'other',
];
/** Kinds that may have no credit code. */
export const withoutCode = ['community', 'troupe'];
/** @type {MemberRole[]} */
export const roles = ['member', 'booker', 'owner'];

/** "24 November 2027". @param {string} moment */
export const dayText = (moment) => format(dateOf(moment), lang.value, {
  year: 'numeric', month: 'long', day: 'numeric',
});

/** "240 KB", "3.1 MB". @param {number} bytes */
export const sizeText = (bytes) => (bytes < 1_000_000
  ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`);

const looks = { draft: '', submitted: 'info', verified: 'good', refused: 'bad', expired: 'warn' };
const icons = {
  draft: 'pencil', submitted: 'clock', verified: 'circle-check', refused: 'triangle-alert',
    expired: 'clock-alert',
};

/** @param {{ state: import('../types').OrganizationState }} props */
export const StateTag = ({ state }) => html`<span class=${'tag ' + looks[state]}>
  <${Icon} name=${icons[state]} />
  ${t(`organization.state.${state}`)}</span>`;

/** Whether it counts as verified, whatever waits. @param {{ organization: OrganizationItem }} props */
export const Standing = ({ organization: o }) => html`<${StateTag} state=${o.state} />
  ${o.verified && o.state !== 'verified' && html`<span class="tag good"><${Icon} name="circle-check" />
    ${t('organization.still')}</span>`}`;

/** @param {{ role: MemberRole }} props */
export const RoleTag = ({ role }) => html`<span class="tag">${t(`organization.role.${role}`)}</span>`;

/**
 * The sentence for one input of a form, with the words of its own refusal where several were refused.
 * @param {unknown} err @param {string} field
 */
export function problemOf(err, field) {
  if (!(err instanceof ApiError)) return '';
  const one = err.errors.find((e) => e.location.replace(/^body\./, '') === field);
  if (!one) return '';
  const key = `err.${one.code}`;
  return known(key) ? t(key, one.params ?? err.params) : t('err.field');
}
