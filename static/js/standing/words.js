// @ts-check
// Strikes and suspensions in words, for whose they are and for staff alike.
import { html, Icon } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { longDate, momentText } from '../lib/words.js';

/** @typedef {import('../types').Standing} Standing */
/** @typedef {import('../types').Strike} Strike */
/** @typedef {import('../types').Suspension} Suspension */
/** @typedef {import('../types').Place} Place */
/** One violation with every rule that counts it. @typedef {{ first: Strike, rules: Strike[] }} Violation */

/** @param {Strike[]} strikes @returns {Violation[]} */
export function violations(strikes) {
  /** @type {Map<string, Violation>} */
  const found = new Map();
  for (const s of strikes) {
    const known = found.get(s.violation);
    if (known) known.rules.push(s);
    else found.set(s.violation, { first: s, rules: [s] });
  }
  return [...found.values()];
}

/** "Reading room · Seats". @param {Place} venue @param {Place} [space] */
export const placeText = (venue, space) => [pick(venue.name), space &&
  pick(space.name)].filter(Boolean).join(' · ');

/** Which places a suspension covers. @param {Suspension} s */
export const coversText = (s) => t(`standing.covers.${s.covers}`, {
  venue: pick(s.venue.name), space: s.space ? pick(s.space.name) : pick(s.venue.name), area: s.area ?? '',
});

/** @type {Record<Strike['state'], string>} */
const looks = { active: 'warn', expired: '', used: 'bad', waived: 'good', earned_back: 'good' };
/** @type {Strike['state'][]} The first of these that some rule says is shown. */
const order = ['used', 'active', 'waived', 'earned_back', 'expired'];

/** @param {{ violation: Violation }} props */
export const StateTag = ({ violation }) => {
  const state = order.find((o) => violation.rules.some((r) => r.state === o)) ?? 'active';
  return html`<span class=${'tag ' + looks[state]}>${t(`standing.state.${state}`)}</span>`;
};

/** What a rule makes of a violation, in a sentence or two. @param {Strike} s @returns {string[]} */
function counted(s) {
  if (s.state === 'used') {
    return [s.max > 1 ? t('standing.count.used', { max: s.max }) : t('standing.count.alone')];
  }
  if (s.state === 'expired') return [t('standing.expired', { date: longDate(s.expires ?? s.at) })];
  if (s.state !== 'active') return [];
  return [t('standing.count', { n: s.count, max: s.max }),
    s.expires ? t('standing.expires', { date: longDate(s.expires) }) : t('standing.forever')];
}

/** What the rules make of a violation; what two of them say alike is said once. @param {Strike[]} rules */
const counts = (rules) => [...new Map(rules.map(counted).filter((said) => said.length)
  .map((said) => [said.join(), said])).values()];

/**
 * One violation: what, where, when, and what it counts.
 * @param {{ violation: Violation, warned?: boolean, children?: any }} props
 */
export const StrikeCard = ({ violation, warned, children }) => {
  const s = violation.first;
  return html`<li class="card strike">
    <p class="strike-head"><strong>${t(`rule.value.violation.${s.kind}`)}</strong>
      <${StateTag} violation=${violation} />${warned && html`<span
        class="tag info">${t('standing.warning')}</span>`}</p>
    <p class="muted">${placeText(s.venue, s.space)} · ${momentText(s.at)}</p>
    ${s.reason && html`<p>${t('standing.said', { text: s.reason })}</p>`}
    <ul class="strike-counts">${counts(violation.rules).map((said) => html`<li key=${said[0]}>
      ${said.map((one) => html`<span>${one}</span>`)}</li>`)}</ul>
    ${s.pardoned && html`<p>${t('standing.pardoned', { text: s.pardoned })}</p>`}
    ${children}</li>`;
};

/** A suspension in force. @param {{ suspension: Suspension, children?: any }} props */
export const Held = ({ suspension: s, children }) => html`<div class="notice bad suspension">
  <${Icon} name="triangle-alert" /><div>
    <p><strong>${s.until ? t('standing.suspended.until', { until: momentText(s.until) })
      : t('standing.suspended.lifted')}</strong></p>
    <p>${t('standing.covers')}${t('colon')}${coversText(s)}</p>
    <p>${t('standing.suspended.why', { n: s.strikes.length, venue: pick(s.venue.name),
      from: momentText(s.from) })}
      ${s.nth > 1 && t('standing.suspended.again', { n: s.nth })}</p>
    ${children}</div></div>`;

/** Suspensions that are over. @param {{ list: Suspension[] }} props */
export const Past = ({ list }) => list.length > 0 && html`<details
  class="card"><summary>${t('standing.past')}</summary>
  <ul>${list.map((s) => html`<li key=${s.id}>${t('standing.past.one', {
    from: momentText(s.from), until: momentText(s.until ?? s.from) })}${s.lifted &&
      t('standing.past.lifted')}${
    t('colon')}${coversText(s)}</li>`)}</ul></details>`;

/** @type {Record<import('../types').Appeal['state'], string>} */
const appealLooks = { open: 'info', granted: 'good', refused: '' };

/** @param {{ state: import('../types').Appeal['state'] }} props */
export const AppealTag = ({ state }) => html`<span class=${'tag ' + appealLooks[state]}>
  ${t(`standing.appeal.${state}`)}</span>`;
