// @ts-check
// For whom somebody books: the choice in the dialog, and the words that say it everywhere else.
import { html, Icon } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { dateOf } from '../lib/dates.js';
import { Field } from '../lib/forms.js';
import { account, acting, actFor, booksFor, session } from '../lib/session.js';
import { shortDate } from '../lib/words.js';
import { valueOf } from '../lib/ui.js';

/** @typedef {import('../types').Acting} Acting */
/** @typedef {import('../types').Venue} Venue */
/** @typedef {import('../types').Booking} Booking */

/** What somebody is, behind their name. @param {Acting} a */
const about = (a) => {
  if (a.kind === 'family') return t(a.relation === 'elder' ? 'whom.elder' : 'whom.child');
  return a.verified_until ? t('whom.verified', { date: shortDate(dateOf(a.verified_until)) })
    : t('whom.unverified');
};

/** Whether the venue's rules let this one hold a booking. @param {Venue} venue @param {Acting} [a] */
const fits = ({ rules }, a) => !rules.verified_only || Boolean(a?.verified_until);

/**
 * The choice, where there is one, and what stands in the way of it.
 * @param {{ venue: Venue, error?: string }} props
 */
export const Whom = ({ venue, error }) => {
  const others = booksFor();
  const chosen = acting();
  const me = account()?.name;
  if (!account()) return null;
  const option = (/** @type {string} */ id, /** @type {string} */ text, /** @type {boolean} */ ok) => html`
    <option key=${id} value=${id} selected=${id === (chosen?.id ?? '')} disabled=${!ok}>${text}</option>`;
  return html`${others.length > 0 && html`<${Field} label=${t('whom')} error=${error}>
    ${(/** @type {any} */ a) => html`<select name="for" ...${a}
      onChange=${(/** @type {Event} */ e) => actFor(valueOf(e))}>
      ${option('', me ? t('whom.me.named', { name: me }) : t('whom.me'), true)}
      ${others.map((o) => option(o.id, t('whom.other', { name: o.name, about: about(o) }), fits(venue, o)))}
    </select>`}</${Field}>`}
    <${Obstacle} venue=${venue} chosen=${chosen} />`;
};

/** Said before the form is sent. @param {{ venue: Venue, chosen?: Acting }} props */
const Obstacle = ({ venue, chosen }) => {
  if (!fits(venue, chosen)) {
    return html`<div class="notice warn"><${Icon} name="info" /><p>${t('err.rule_verified_only')}</p>
      <a class="button secondary" href="/organizations">${t('whom.organizations')}</a></div>`;
  }
  if (venue.rules.real_name_only && !session.value?.real_name) {
    return html`<div class="notice warn"><${Icon} name="info" /><p>${t('err.rule_real_name')}</p>
      <a class="button secondary" href="/account">${t('whom.bind')}</a></div>`;
  }
  return null;
};

/** Whose booking it is, where it is not one's own; '' else. @param {Booking} b */
export const otherName = ({ holder }) => (holder.id === account()?.id ? '' : holder.name);

/** The badge of a booking for somebody else. @param {{ booking: Booking }} props */
export const ForTag = ({ booking: b }) => {
  const name = otherName(b);
  return name ? html`<span class="tag for"><${Icon} name=${b.holder.kind === 'organization' ? 'building-2'
    : 'user'} />${t('whom.for', { name })}</span>` : null;
};

/** Who did it, where that is not the holder; '' else. @param {Booking} b */
export function byText({ by }) {
  if (!by) return '';
  if (by.self) return t('whom.by.you');
  return t(by.staff ? 'whom.by.staff' : 'whom.by', { name: by.name });
}
