// @ts-check
// What the server refused, by the input it belongs to and in the language shown.
import { known, t } from '../../lib/i18n.js';
import { say } from '../../lib/rules.js';
import { ApiError } from '../../lib/api.js';
import { explain } from '../../lib/errors.js';
import { duration, shortDate } from '../../lib/words.js';
import { sections } from './draft.js';

/** @typedef {import('../../types').Params} Params */
/** Sentences by the server's path of an input. @typedef {Map<string, string>} Problems */

/** @param {Params} params @returns {Record<string, string | number>} */
const words = (params) => Object.fromEntries(Object.entries(params).map(([k, v]) => [k, wording(k, v)]));

/** @param {string} name @param {any} value @returns {string | number} */
function wording(name, value) {
  if (name === 'step' || name === 'minutes') return duration(Number(value));
  if (name === 'date' && typeof value === 'string') return shortDate(value);
  return typeof value === 'number' ? value : String(value ?? '');
}

/** @param {string} code @param {Params} params @param {string} message @returns {string} */
export function faultText(code, params, message) {
  const key = `fault.${code}`;
  if (known(key)) return t(key, words(params));
  const needs = `rulebook.needs.${String(params.needs).replace(/\W+/g, '_').replace(/_\d+$/, '')}`;
  const rule = `err.${code}`;
  if (!known(rule)) return message || t('err.field');
  return say(rule, known(needs) ? { ...params, needs: t(needs) } : params);
}

/** Every input the server refused. @param {unknown} err @returns {Problems} */
export function problemsOf(err) {
  /** @type {Problems} */
  const all = new Map();
  if (!(err instanceof ApiError)) return all;
  for (const e of err.errors) {
    const path = e.location.replace(/^body\./, '');
    const whole = e.code === err.code && known('err.' + err.code) && !known('fault.' + err.code);
    if (!all.has(path)) {
      all.set(path, whole ? explain(err) : faultText(e.code ?? '', e.params ?? {}, e.code ? e.message : ''));
    }
  }
  if (err.field && !all.has(err.field)) all.set(err.field, faultText(err.code, err.params, explain(err)));
  return all;
}

/** Whether a path lies at or under another. @param {string} path @param {string} top */
export const under = (path, top) => path === top || path.startsWith(top + '.') || path.startsWith(top + '[');

/** The rule books of spaces are edited with the rules. @param {string} path */
const ofRules = (path) => /^spaces\[\d+\]\.(next_)?rules\b/.test(path);

/**
 * How many problems a section has.
 * @param {Problems} problems @param {import('./draft.js').Section} section
 */
export const problemsIn = (problems, section) => [...problems.keys()]
  .filter((path) => (ofRules(path) ? section === 'rules'
    : sections[section].some((key) => under(path, key)))).length;

/**
 * The problems without those at or under a path: it was changed.
 * @param {Problems} problems @param {string} top @returns {Problems}
 */
export function without(problems, top) {
  const rest = [...problems].filter(([path]) => !under(path, top));
  return rest.length === problems.size ? problems : new Map(rest);
}
