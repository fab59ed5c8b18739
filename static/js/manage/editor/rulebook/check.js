// @ts-check
// Asks the server about a rule book while it is edited: what is wrong with it, and how it reads.
import { useEffect, useState } from '../../../lib/ui.js';
import { aborted, api } from '../../../lib/api.js';
import { faultText } from '../problems.js';

/** @typedef {import('../../../types').Rules} Rules */
/** @typedef {import('../../../types').RuleCheck} RuleCheck */
/** @typedef {import('../../../types').Venue} Venue */
/** @typedef {import('../../../types').Interval} Interval */

/** How long somebody pauses in typing before the server is asked. */
const pause = 400;

/**
 * Rules that are tried: at a venue, for a space of it or for all, with the days it would be open.
 * @typedef {{ venue: string, space?: string, rules: Rules, days?: Days }} Trial
 * @typedef {Pick<Venue, 'hours' | 'on_holiday' | 'special'>} Days
 */

/**
 * @param {Trial} trial @param {string} [at] moment of the preview
 * @param {AbortSignal} [signal] @returns {Promise<RuleCheck>}
 */
export const checkRules = ({ venue, ...trial }, at, signal) => api(`/venues/${venue}/rule-checks`,
  { method: 'POST', body: { ...trial, at }, signal });

/** What is written out of the days of a venue. @param {Venue} v @returns {Days} */
const written = (v) => {
  const whole = (/** @type {Interval[] | undefined} */ list) => (list ?? []).filter((i) => i.start && i.end);
  return { hours: v.hours.map(whole), on_holiday: { ...v.on_holiday,
    holiday_hours: whole(v.on_holiday?.holiday_hours) },
  special: (v.special ?? []).filter((d) => d.date).map((d) => ({ ...d, hours: whole(d.hours) })) };
};

/**
 * When the venue would be open, if that is being edited as well.
 * @param {{ draft: Venue, stored: Venue }} form @returns {Days | undefined}
 */
export const editedDays = ({ draft, stored }) => {
  const days = written(draft);
  return JSON.stringify(days) === JSON.stringify(written(stored)) ? undefined : days;
};

/**
 * What the server says of the rule book as it is now; the last answer stays while the next is on its way.
 * @param {Trial} trial
 */
export function useCheck(trial) {
  const [state, setState] = useState(/** @type {{ check?: RuleCheck, error?: unknown }} */ ({}));
  const asked = JSON.stringify(trial);
  useEffect(() => {
    const stop = new AbortController();
    const later = setTimeout(() => {
      checkRules(trial, undefined, stop.signal).then((check) => setState({ check }),
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
