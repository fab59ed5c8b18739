// @ts-check
// Finds the question that somebody means: by what they want to change, in their own words.
import { html, Icon, useState, valueOf } from '../../../lib/ui.js';
import { known, t } from '../../../lib/i18n.js';
import { Field } from '../../../lib/forms.js';
import { duration } from '../../../lib/words.js';
import { say } from './fields.js';

/** @typedef {import('../../../types').Rules} Rules */
/** @typedef {import('./schema.js').RuleField} RuleField */
/** @typedef {import('./schema.js').RuleGroup} RuleGroup */

/** How many questions are offered. */
const most = 6;

/**
 * What a text has in common with another one: pairs of Chinese characters, and words without their endings.
 * @param {string} text @returns {string[]}
 */
export function marks(text) {
  const pairs = (text.match(/[\u4e00-\u9fff]+/g) ?? [])
    .flatMap((run) => Array.from(run.slice(1), (c, i) => run[i] + c));
  const words = (text.toLowerCase().match(/[a-z]{3,}/g) ?? []).map((w) => w.slice(0, 6));
  return [...new Set([...pairs, ...words])];
}

/** The name of its texts. @param {RuleField} field @param {Rules} rules */
const nameOf = (field, rules) => field.labelWhen?.(rules) ?? field.label ?? field.key;

/** What is said about a question anywhere. @param {RuleField} field @param {Rules} rules */
const told = (field, rules) => ['f', 'h', 'k'].map((part) => `rulebook.${part}.${nameOf(field, rules)}`)
  .filter((key) => known(key)).map((key) => say(key)).join(' ');

/**
 * The questions somebody may mean, the likeliest first: a mark that few questions have says more.
 * @param {RuleGroup[]} groups @param {Rules} rules @param {string} wanted @returns {RuleField[]}
 */
export function meant(groups, rules, wanted) {
  const asked = groups.flatMap((g) => [...g.plain, ...g.more]).filter((f) => !f.when || f.when(rules));
  const texts = asked.map((f) => ({ f, text: told(f, rules) }))
    .map((x) => ({ ...x, have: new Set(marks(x.text)) }));
  const weigh = (/** @type {string} */ mark) => 1 / Math.max(1, texts.filter((x) => x.have.has(mark)).length);
  const sought = marks(wanted).map((mark) => /** @type {[string, number]} */ ([mark, weigh(mark)]));
  return texts.map(({ f, text, have }) => ({ f, score: sought.reduce((sum, [mark, weight]) =>
    sum + (have.has(mark) ? weight : 0), text.includes(wanted) ? 1 : 0) }))
    .filter((x) => x.score > 0).sort((a, b) => b.score - a.score).slice(0, most).map((x) => x.f);
}

/**
 * The present answer to a question, in words.
 * @param {RuleField} field @param {Rules} rules @returns {string}
 */
export function answer(field, rules) {
  const value = /** @type {any} */ (rules)[field.key];
  const words = field.words ?? `rulebook.v.${field.key}`;
  if (field.kind === 'choice') return say(`${words}.${value ?? field.values?.[0]}`);
  if (field.kind === 'yes') return t(value ? 'rulebook.yes' : 'rulebook.no');
  if (field.kind === 'time') return value ?? '00:00';
  const unit = `rulebook.unit.${field.unit}`;
  if (field.kind === 'count' && field.zeroWhen?.(rules)) return `${value ?? 0} ${say(unit)}`;
  if (!value || (Array.isArray(value) && !value.length)) return t('rulebook.unset');
  if (field.kind === 'length') return duration(value);
  if (field.kind === 'count') return `${value} ${say(unit)}`;
  if (field.kind === 'set') {
    return value.map((/** @type {string} */ v) => say(`${words}.${v}`)).join(t('comma'));
  }
  return Array.isArray(value) ? t('rulebook.some', { n: value.length }) : t('rulebook.set');
}

/**
 * @param {{ groups: RuleGroup[], rules: Rules, onAsk: (field: string) => void }} props
 *   onAsk: shows the question
 */
export const Find = ({ groups, rules, onAsk }) => {
  const [text, setText] = useState('');
  const found = text.trim() ? meant(groups, rules, text.trim()) : [];
  const go = (/** @type {RuleField} */ f) => {
    setText('');
    onAsk(f.key);
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ e) => {
    if (e.key === 'Enter' && !e.isComposing && found.length) go(found[0]);
  };
  return html`<div class="rule-find"><${Field} label=${t('rulebook.find')}>
      ${(/** @type {any} */ a) => html`<input ...${a} type="search" id="find-rule" autocomplete="off"
        placeholder=${t('rulebook.find.example')} value=${text} onKeyDown=${onKeyDown}
        onInput=${(/** @type {Event} */ e) => setText(valueOf(e))} />`}</${Field}>
    <div role="status">${text.trim() && (found.length ? html`<ul class="found-rules">${found.map((f) => html`
      <li key=${f.key}><button type="button" class="secondary" name=${'ask-' + f.key}
        onClick=${() => go(f)}><span>${say(`rulebook.f.${nameOf(f, rules)}`)}</span>
        <span class="muted">${t('rulebook.is', { answer: answer(f, rules) })}</span>
        <${Icon} name="chevron-right" /></button></li>`)}</ul>`
      : html`<p class="hint">${t('rulebook.find.none')}</p>`)}</div></div>`;
};
