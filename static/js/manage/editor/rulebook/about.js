// @ts-check
// Which question a sentence of the rules answers.

/** @typedef {import('./schema.js').RuleGroup} RuleGroup */

/** Sentences whose names say less than they mean. @type {[RegExp, string[]][]} */
const known = [
  [/^opens_weekly/, ['weekly']], [/^(opens_)?monthly/, ['monthly']], [/^opens_(always|.*all_day)/,
    ['horizon_days', 'opens']],
  [/^opens/, ['release_at', 'opens']], [/^whole_days/, ['times']], [/^step/, ['slot_step']],
  [/^party/, ['party_max']], [/^for_/, ['audience']], [/^group_range/, ['group_min']],
  [/^late_cancel/, ['late_cancel']], [/^cancel_until/, ['cancel_before']],
  [/^check_in(_early)?$/, ['check_in_after']], [/^check_in_early/, ['check_in_after']],
  [/^(strike|first_warns|escalation)/, ['strikes']], [/^exempt_groups/, ['exempt_groups']],
];

/** How many letters two names begin with alike. @param {string} a @param {string} b */
function alike(a, b) {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n;
}

/**
 * The question that a sentence answers.
 * @param {string} code of the sentence @param {RuleGroup} group it stands in @param {any} rules
 * @returns {string} key of a field of the group that is shown under these rules
 */
export function aboutField(code, group, rules) {
  const fields = [...group.plain, ...group.more].filter((f) => !f.when || f.when(rules));
  const said = known.find(([codes]) => codes.test(code))?.[1]
    .find((key) => fields.some((f) => f.key === key));
  if (said) return said;
  return fields.reduce((best, f) =>
    (alike(f.key, code) > alike(best.key, code) ? f : best)).key;
}
