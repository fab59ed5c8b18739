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
/** @typedef {import('../types').Rules} Rules */
/** @typedef {import('../types').Booking} Booking */

/** What somebody is, behind their name. @param {Acting} a */
const about = (a) => {
  if (a.kind === 'family') return t(a.relation === 'elder' ? 'whom.elder' : 'whom.child');
  return a.verified_until ? t('whom.verified', { date: shortDate(dateOf(a.verified_until)) })
    : t('whom.unverified');
};

/**
 * The code of the rule that keeps this one from holding a booking. @param {Rules} book @param {Acting} [a]
 */
function unfit({ audience, verified_only: verified }, a) {
  const organization = a?.kind === 'organization';
  if (audience === 'residents' && organization) return 'rule_residents';
  if (verified && !a?.verified_until) return 'rule_verified_only';
  return audience === 'organizations' && !organization ? 'rule_organizations' : null;
}

/**
 * The choice, where there is one, and what stands in the way of it.
 * @param {{ book: Rules, error?: string }} props
 */
export const Whom = ({ book, error }) => {
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
      ${others.map((o) => option(o.id, t('whom.other', { name: o.name, about: about(o) }), !unfit(book, o)))}
    </select>`}</${Field}>`}
    <${Obstacle} book=${book} chosen=${chosen} />`;
};

/** Said before the form is sent. @param {{ book: Rules, chosen?: Acting }} props */
const Obstacle = ({ book, chosen }) => {
  const rule = unfit(book, chosen);
  if (rule) {
    return html`<div class="notice warn"><${Icon} name="info" /><p>${t(`err.${rule}`)}</p>
      ${rule !== 'rule_residents' && html`
        <a class="button secondary" href="/organizations">${t('whom.organizations')}</a>`}</div>`;
  }
  if (book.real_name_only && !session.value?.real_name) {
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
