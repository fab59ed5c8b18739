// @ts-check
// The rule book and its refusals in words, for residents who obey them and managers who write them.
import { known, lang, pick, t } from './i18n.js';
import { setFiller } from './errors.js';
import { timeOf } from './dates.js';
import { fullDate } from './full-date.js';
import { duration, momentText, shortDate } from './words.js';

/** @typedef {import('../types').Venue['rules_explained'][number]} Explained */

const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const between = () => (lang.value === 'en' ? ', ' : '、');

/** One rule of the rule book in words. @param {Explained} rule @returns {string} */
export const ruleText = ({ code, params = {}, for: whom }) => {
  const text = say(`rule.${code}`, params);
  return whom ? say(`rule.for.${whom}`, { text }) : text;
};

/**
 * A text of the rules with its values: besides what t() fills, {x:length} is minutes as people say them and
 * {x:day} the word, or the words, of rule.value.day.
 * @param {string} key @param {Record<string, any>} params @returns {string}
 */
export function say(key, params) {
  if (!known(key)) return key;
  const plain = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shown(value)]));
  return fill(t(key, plain), params);
}

/** @param {any} value @returns {any} */
function shown(value) {
  if (Array.isArray(value)) return value.map(shown).join(between());
  if (value?.start && value?.end) return `${value.start}–${value.end}`;
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return fullDate(value);
  return value && typeof value === 'object' ? pick(value) : value;
}

/**
 * Fills the holes that have a sort.
 * @param {string} text @param {Record<string, any>} params @returns {string}
 */
const fill = (text, params) => text.replace(/\{(\w+):(\w+)\}/g, (_, name, sort) => {
  if (sort === 'length') return duration(Number(params[name] ?? 0));
  if (sort === 'range') return range(params);
  if (sort === 'day' && Array.isArray(params[name])) return days(params[name]);
  return [params[name] ?? ''].flat().map((v) => word(sort, v, params)).join(between());
});

/**
 * A refusal with its values filled in; where the text does not say so, when the same would be allowed.
 * @param {string} text @param {Record<string, any>} params
 */
function refusal(text, params) {
  const filled = fill(text, params);
  const at = params.allowed_at ?? params.allowed_start;
  if (!at || filled.includes(momentText(at))) return filled;
  const key = params.allowed_at ? 'rule.refused.until' : 'rule.refused.start';
  const when = timeOf(at) === '00:00' ? shortDate(at) : momentText(at);
  return `${filled}${lang.value === 'en' ? ' ' : ''}${t(key, { at: when })}`;
}
setFiller(refusal);

/** From the least to the most, where there are such. @param {Record<string, any>} params */
function range({ min, max }) {
  if (!max) return t('rule.value.range.least', { min });
  return min > 1 ? t('rule.value.range.both', { min, max }) : t('rule.value.range.most', { max });
}

/** @param {string} sort @param {any} value @param {Record<string, any>} params @returns {string} */
function word(sort, value, params) {
  const key = `rule.value.${sort}.${value}`;
  return known(key) ? say(key, params) : String(value);
}

/** Weekdays in a row are said as from–to. @param {string[]} list @returns {string} */
function days(list) {
  if (list.length === week.length + 1) return t('rule.value.day.all');
  const parts = [];
  for (let i = 0; i < list.length;) {
    let next = i + 1;
    while (next < list.length && week.includes(list[next]) && week.indexOf(list[next])
      === week.indexOf(list[next - 1]) + 1) next++;
    const long = next - i > 2;
    const from = word('day', list[i], {});
    parts.push(long ? t('rule.value.day.to', { from, to: word('day', list[next - 1], {}) }) : from);
    i = long ? next : i + 1;
  }
  return parts.join(between());
}
