// @ts-check
// Where the rule books of a venue lie: its own, those of spaces, and those that follow on a date.

/** @typedef {import('../../../types').Venue} Venue */
/** @typedef {import('../../../types').Rules} Rules */
/** @typedef {import('../../../types').Space} Space */
/** @typedef {{ rules: Rules, space?: Space }} Shelved */

/**
 * Every rule book by the same name before and after spaces have moved in the list.
 * @param {Venue} v @returns {Map<string, Shelved>}
 */
export function books(v) {
  const all = new Map([['rules', /** @type {Shelved} */ ({ rules: v.rules })]]);
  if (v.next_rules) all.set('next_rules', { rules: v.next_rules });
  for (const space of v.spaces) {
    if (space.rules) all.set(`${space.id} rules`, { rules: space.rules, space });
    if (space.next_rules) all.set(`${space.id} next_rules`, { rules: space.next_rules, space });
  }
  return all;
}

/**
 * The stored rule book that one grows from: itself, else what it follows.
 * @param {Venue} stored @param {string} name as books() has it @returns {Rules}
 */
export function origin(stored, name) {
  const all = books(stored);
  return (all.get(name) ?? all.get(name.replace('next_rules', 'rules')))?.rules ?? stored.rules;
}

/** The spaces that can have rules of their own: what people see in lists, not each seat. @param {Venue} v */
export const ruled = (v) => v.spaces.map((space, index) => ({ space,
  index })).filter(({ space }) => space.rules
  || v.spaces.find((s) => s.id === space.parent)?.allocation !== 'any_of');

/**
 * A rule book that follows and has started is the one in force.
 * @template {{ rules?: Rules, next_rules?: Rules }} T
 * @param {T} of @param {string} today @returns {T}
 */
export const started = (of, today) => (of.next_rules?.starts && of.next_rules.starts <= today
  ? { ...of, rules: of.next_rules, next_rules: undefined } : of);
