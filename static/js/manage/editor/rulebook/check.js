// @ts-check
// Asks the server about a rule book while it is edited: what is wrong with it, and how it reads.
import { useEffect, useState } from '../../../lib/ui.js';
import { aborted, api } from '../../../lib/api.js';
import { faultText } from '../problems.js';

/** @typedef {import('../../../types').Rules} Rules */
/** @typedef {import('../../../types').RuleCheck} RuleCheck */

/** How long somebody pauses in typing before the server is asked. */
const pause = 400;

/**
 * @param {string} venue @param {string | undefined} space @param {Rules} rules
 * @param {string} [at] moment of the preview
 * @param {AbortSignal} [signal] @returns {Promise<RuleCheck>}
 */
export const checkRules = (venue, space, rules, at, signal) => api(`/venues/${venue}/rule-checks`,
  { method: 'POST', body: { space, rules, at }, signal });

/**
 * What the server says of the rule book as it is now; the last answer stays while the next is on its way.
 * @param {string} venue @param {string | undefined} space @param {Rules} rules
 */
export function useCheck(venue, space, rules) {
  const [state, setState] = useState(/** @type {{ check?: RuleCheck, error?: unknown }} */ ({}));
  const asked = JSON.stringify([venue, space, rules]);
  useEffect(() => {
    const stop = new AbortController();
    const later = setTimeout(() => {
      checkRules(venue, space, rules, undefined, stop.signal).then((check) => setState({ check }),
        (error) => { if (!aborted(error)) setState((was) => ({ ...was, error })); });
    }, state.check ? pause : 0);
    return () => {
      clearTimeout(later);
      stop.abort();
    };
  }, [asked]);
  return state;
}

/**
 * The faults as the inputs show them: sentences by the path in the venue, and the question each is about.
 * @param {RuleCheck | undefined} check @param {string} book where the rule book lies
 * @returns {[string, string, string][]}
 */
export const faultsAt = (check, book) => (check?.faults ?? [])
  .map((f) => [`${book}.${f.field}`, faultText(f.code, f.params ?? {}, f.message),
    f.field.replace(/[.[].*$/, '')]);
