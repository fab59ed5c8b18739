// @ts-check
// The sentences of a rule book under headings, so that one finds the one that matters.
import { html } from './ui.js';
import { t } from './i18n.js';
import { ruleText } from './rules.js';

/** @typedef {import('../types').Explained} Explained */
/** @typedef {import('./i18n.js').Key} Key */

/** Which sentences stand under which heading; those of no other are about times. @type {[Key, RegExp][]} */
const headings = [
  ['rules.walk_in', /^(booking_days|walk_in|exempt)/],
  ['rules.when', /^(starts|opens|monthly|horizon|booking_|notice|book_by|late_booking|stop_)/],
  ['rules.who', /^(for_|verified|real_name|min_age|max_age|child|group_|purpose|letter)/],
  ['rules.much', /^(per_day|limit_|one_at|next_after|cooling)/],
  ['rules.come', /^(no_check_in|check_|leave|meal_leave|report|overstay)/],
  ['rules.change', /^(cancel_|late_cancel|no_moves|move)/],
  ['rules.strikes', /^(strike|first_warns|escalation|waives|earn_back)/],
];

/** In which order residents meet them. @type {Key[]} */
const order = ['rules.walk_in', 'rules.when', 'rules.shape', 'rules.who', 'rules.much', 'rules.come',
  'rules.change', 'rules.strikes'];

/** The heading a sentence stands under. @param {Explained} rule @returns {Key} */
export const headingOf = ({ code }) => headings.find(([, codes]) => codes.test(code))?.[0] ?? 'rules.shape';

/** @param {Explained[]} rules @returns {[Key, Explained[]][]} */
export const grouped = (rules) => order.map((key) => /** @type {[Key, Explained[]]} */ ([key,
  rules.filter((r) => headingOf(r) === key)])).filter(([, some]) => some.length);

/** @param {{ rules: Explained[], level?: 3 | 4 }} props level: of its headings */
export const RuleGroups = ({ rules, level = 3 }) => html`<div class="rule-groups">
  ${grouped(rules).map(([key, some]) => html`<section key=${key}>
    ${level === 3 ? html`<h3>${t(key)}</h3>` : html`<h4>${t(key)}</h4>`}
    <ul class="rules">${some.map((r, i) => html`<li key=${i}>${ruleText(r)}</li>`)}</ul></section>`)}</div>`;
