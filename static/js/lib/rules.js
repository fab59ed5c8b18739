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
  const around = { before: duration(params.before ?? 0), after: duration(params.after ?? 0) };
  if (code === 'check_in') return t(params.before ? 'rule.check_in' : 'rule.check_in.start', around);
  if (code === 'buffers') {
    if (!params.before) return t('rule.buffers.after', around);
    return t(params.after ? 'rule.buffers' : 'rule.buffers.before', around);
  }
  return t(`rule.${code}`, { ...params, minutes });
}
