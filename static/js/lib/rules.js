// @ts-check
// The rule book in words, for residents who obey it and managers who write it.
import { t } from './i18n.js';
import { duration } from './words.js';

/** @typedef {import('../types').Venue['rules_explained'][number]} Explained */

/** One rule of the rule book in words. @param {Explained} rule @returns {string} */
export function ruleText({ code, params = {} }) {
  const minutes = duration(params.minutes ?? 0);
  if (code === 'opens') {
    const early = !params.at || params.at === '00:00';
    if (params.days === 0) return early ? t('rule.opens.sameday') : t('rule.opens.today', params);
    return early ? t('rule.opens.plain', params) : t('rule.opens', params);
  }
  if (code === 'check_in' || code === 'buffers') {
    return t(`rule.${code}`, { before: duration(params.before ?? 0), after: duration(params.after ?? 0) });
  }
  return t(`rule.${code}`, { ...params, minutes });
}
