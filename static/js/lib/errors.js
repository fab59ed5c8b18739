// @ts-check
// What went wrong, in the language shown: by the server's code and parameters, never by its English sentence
// alone.
import { html, Icon } from './ui.js';
import { known, pick, t } from './i18n.js';
import { ApiError } from './api.js';
import { duration, hoursText, momentText, longDate } from './words.js';

/**
 * Puts one parameter of a refusal into words.
 * @param {string} name
 * @param {any} value
 * @returns {string | number}
 */
function wording(name, value) {
  if (name === 'minutes') return duration(Number(value));
  if ((name === 'from' || name === 'to') && typeof value === 'number') return String(value); // years
  if (name === 'open' && Array.isArray(value)) return hoursText(value);
  if (name === 'reason') return reasonText(value);
  if (value && typeof value === 'object') return pick(value);
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return momentText(value);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return longDate(value);
  return value ?? '';
}

/**
 * Why a day is closed: a code of the calendar, or the manager's own words.
 * @param {any} reason
 * @returns {string}
 */
export function reasonText(reason) {
  if (reason && typeof reason === 'object') return pick(reason) || t('closed');
  const key = `closed.${reason}`;
  return known(key) ? t(key) : String(reason || t('closed'));
}

let filler = (/** @type {string} */ text, /** @type {Record<string, any>} */ _) => text;
/** Lets the pages that know rules put more into words. @param {typeof filler} f */
export const setFiller = (f) => { filler = f; };

/** The sentence for an error. @param {unknown} err @returns {string} */
export function explain(err) {
  if (!(err instanceof ApiError)) return t('err.unknown');
  const params = Object.fromEntries(Object.entries(err.params).map(([k, v]) => [k, wording(k, v)]));
  const key = `err.${err.code}`;
  if (known(key)) return filler(t(key, params), err.params);
  if (err.status >= 500) return t('err.server');
  return err.detail || t('err.unknown');
}

/**
 * The sentence for one input of a form, '' when the error is about something else. It knows both shapes:
 * `field` (a rule refused) and `errors[].location` (the request's form was wrong).
 * @param {unknown} err @param {...string} names of the field in the API @returns {string}
 */
export function fieldError(err, ...names) {
  if (!(err instanceof ApiError)) return '';
  if (names.includes(err.field)) return explain(err);
  const one = err.errors.find((e) => names.includes(e.location.replace(/^body\./, '')));
  return one ? t('err.field') : '';
}

/**
 * A refusal or a broken connection, said aloud, with a way on where trying again may help. Nothing without an
 * error.
 * @param {{ error: unknown, retry?: () => void, skip?: string[] }} props
 *   skip: the fields that show their own errors
 */
export const ErrorNote = ({ error, retry, skip = [] }) => {
  if (!error || (skip.length && fieldError(error, ...skip))) return null;
  const down = error instanceof ApiError && error.status === 0;
  const again = retry && (!(error instanceof ApiError) || error.passing);
  return html`<div class="notice bad" role="alert">
    <${Icon} name=${down ? 'cloud-off' : 'triangle-alert'} /><p>${explain(error)}</p>
    ${again && html`<button type="button" class="secondary" onClick=${retry}>${t('retry')}</button>`}
  </div>`;
};
