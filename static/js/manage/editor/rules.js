// @ts-check
// The rule book: each rule with what it means, and beside it what residents will read.
import { html } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { timeAt } from '../../lib/dates.js';
import { ruleText } from '../../lib/rules.js';
import { duration } from '../../lib/words.js';
import { Check, Choice, NumberInput } from './inputs.js';

/** @typedef {import('./inputs.js').Form} Form */
/** @typedef {import('../../types').Rules} Rules */
/** @typedef {import('../../lib/rules.js').Explained} Explained */

/**
 * The rules that limit something, in the order residents meet them; the server's Rules.Explain says the same.
 * @param {Rules} r @returns {Explained[]}
 */
export function explained(r) {
  /** @type {[boolean, Explained][]} */
  const all = [
    [true, { code: 'opens', params: { days: r.horizon_days, at: r.release_at } }],
    [true, { code: 'step', params: { minutes: r.slot_step } }],
    [r.shortest > r.slot_step, { code: 'shortest', params: { minutes: r.shortest } }],
    [r.longest > 0, { code: 'longest', params: { minutes: r.longest } }],
    [r.notice > 0, { code: 'notice', params: { minutes: r.notice } }],
    [r.verified_only ?? false, { code: 'verified_only' }],
    [r.real_name_only ?? false, { code: 'real_name_only' }],
    [r.per_day > 0, { code: 'per_day', params: { n: r.per_day } }],
    [r.one_at_a_time, { code: 'one_at_a_time' }],
    [r.party_max > 0, { code: 'party_max', params: { n: r.party_max } }],
    [true, { code: 'check_in', params: { before: r.check_in_before, after: r.check_in_after } }],
    [r.cancel_before > 0, { code: 'cancel_before', params: { minutes: r.cancel_before } }],
    [r.buffer_before > 0 || r.buffer_after > 0,
      { code: 'buffers', params: { before: r.buffer_before, after: r.buffer_after } }],
  ];
  return all.filter(([says]) => says).map(([, rule]) => rule);
}

/** @param {number[]} minutes @param {string} [none] what 0 means @returns {[number, string][]} */
const spans = (minutes, none) => [...(none ? [/** @type {[number, string]} */ ([0, none])] : []),
  ...minutes.map((m) => /** @type {[number, string]} */ ([m, duration(m)]))];

/** Lengths that fit the step, up to a few days. @param {number} step */
const lengths = (step) => [...Array.from({ length: Math.floor(480 / step) }, (_, i) => (i + 1) * step),
  600, 720, 1440,
  2880, 4320, 7200, 10080, 20160, 43200].filter((m, i, all) => m % step === 0 && all.indexOf(m) === i);

const days = [0, 1, 2, 3, 5, 7, 14, 30, 60, 90, 180];
const hour = 60;
const day = 24 * hour;

/** @param {{ form: Form }} props */
export const RuleBookForm = ({ form }) => {
  const { rules } = form.draft;
  const none = t('edit.rule.none');
  const half = Array.from({ length: 48 }, (_, i) => timeAt(i * 30));
  return html`<div class="rule-form"><div class="form">
    <section class="card form" aria-labelledby="when"><h3 id="when">${t('edit.rules.when')}</h3>
      <${Rule} form=${form} name="horizon_days" words=${(/** @type {number} */ n) => t('dur.days', { n })}
        options=${days.map((n) => [n, n ? t('edit.rule.days', { n }) : t('edit.rule.today')])} />
      <${Rule} form=${form} name="release_at" options=${half.map((time) => [time, time])} />
      <${Rule} form=${form} name="notice"
        options=${spans([15, 30, hour, 2 * hour, 4 * hour, 12 * hour, day, 2 * day, 3 * day, 7 * day],
          t('edit.rule.anytime'))} />
      <${Rule} form=${form} name="cancel_before"
        options=${spans([15, 30, hour, 2 * hour, 4 * hour, 12 * hour, day, 2 * day, 3 * day],
          t('edit.rule.until_start'))} /></section>
    <section class="card form" aria-labelledby="long"><h3 id="long">${t('edit.rules.long')}</h3>
      <${Rule} form=${form} name="slot_step" options=${spans([5, 10, 15, 20, 30, hour, 2 * hour, day])} />
      <${Rule} form=${form} name="shortest" options=${spans(lengths(rules.slot_step))} />
      <${Rule} form=${form} name="longest" options=${spans(lengths(rules.slot_step), none)} />
      <${Rule} form=${form} name="buffer_before"
        options=${spans([5, 10, 15, 20, 30, hour], t('edit.rule.no_buffer'))} />
      <${Rule} form=${form} name="buffer_after"
        options=${spans([5, 10, 15, 20, 30, hour], t('edit.rule.no_buffer'))} /></section>
    <section class="card form" aria-labelledby="who"><h3 id="who">${t('edit.rules.who')}</h3>
      <${Rule} form=${form} name="per_day"
        options=${[[0, none], ...[1, 2, 3, 4, 5, 10].map((n) => [n, t('edit.rule.times', { n })])]} />
      <${NumberInput} form=${form} path=${['rules', 'party_max']} min=${0} empty=${0}
        label=${t('edit.rule.party_max')} hint=${t('edit.rule.party_max.hint')} />
      <${Check} form=${form} path=${['rules', 'one_at_a_time']} label=${t('edit.rule.one_at_a_time')}
        hint=${t('edit.rule.one_at_a_time.hint')} />
      <${Check} form=${form} path=${['rules', 'real_name_only']} label=${t('edit.rule.real_name_only')}
        hint=${t('edit.rule.real_name_only.hint')} />
      <${Check} form=${form} path=${['rules', 'verified_only']} label=${t('edit.rule.verified_only')}
        hint=${t('edit.rule.verified_only.hint')} /></section>
    <section class="card form" aria-labelledby="arrive"><h3 id="arrive">${t('edit.rules.arrive')}</h3>
      <${Rule} form=${form} name="check_in_before"
        options=${spans([5, 10, 15, 20, 30, hour, 2 * hour], t('edit.rule.at_start'))} />
      <${Rule} form=${form} name="check_in_after"
        options=${spans([5, 10, 15, 20, 30, hour, 2 * hour], t('edit.rule.at_start'))} />
    </section></div>
    <aside class="card rule-words" aria-labelledby="rule-words"><h3 id="rule-words">${t('edit.rules.words')}
    </h3>
      <p class="hint">${t('edit.rules.words.hint')}</p>
      <ul class="rules">${explained(rules).map((r) => html`<li key=${r.code}>${ruleText(r)}</li>`)}</ul>
      </aside>
  </div>`;
};

/**
 * One rule as a choice, with the sentence that explains it.
 * @param {{ form: Form, name: keyof Rules, options: [string | number, string][], words?: (n: any) => string
 *   }} props
 */
const Rule = ({ form, name, options, words = duration }) => html`<${Choice} form=${form}
  path=${['rules', name]}
  options=${options} words=${words} label=${t(/** @type {any} */ (`edit.rule.${name}`))}
  hint=${t(/** @type {any} */ (`edit.rule.${name}.hint`))} />`;
