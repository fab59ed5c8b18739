// @ts-check
// What went wrong, in the language shown: by the server's code and parameters, never by its English sentence
// alone.
import { html, Icon, useEffect, useRef, useState } from './ui.js';
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
 * error, nor while a field of the form says it; a field that is not drawn says nothing.
 * @param {{ error: unknown, retry?: () => void, skip?: string[] }} props
 *   skip: the fields that show their own errors where they are drawn
 */
export const ErrorNote = ({ error, retry, skip = [] }) => {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const [unsaid, setUnsaid] = useState(/** @type {unknown} */ (null));
  const own = error && skip.length ? fieldError(error, ...skip) : '';
  useEffect(() => {
    const said = [...place.current?.closest('form, dialog')?.querySelectorAll('.field-error') ?? []];
    if (own && !said.some((p) => p.textContent?.trim() === own)) setUnsaid(error);
  }, [error]);
  if (!error) return null;
  if (own && unsaid !== error) return html`<span hidden ref=${place}></span>`;
  const down = error instanceof ApiError && error.status === 0;
  const again = retry && (!(error instanceof ApiError) || error.passing);
  return html`<div class="notice bad" role="alert">
    <${Icon} name=${down ? 'cloud-off' : 'triangle-alert'} /><p>${own || explain(error)}</p>
    ${again && html`<button type="button" class="secondary" onClick=${retry}>${t('retry')}</button>`}
  </div>`;
};
