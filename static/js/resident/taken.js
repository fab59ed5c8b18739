// @ts-check
// After a lost race: what is free near by, one tap each.
import { html, Icon, useEffect, useRef } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { ApiError } from '../lib/api.js';
import { whenText } from '../lib/words.js';

/** Whether the error is a lost race. @param {unknown} err @returns {err is ApiError} */
export const isTaken = (err) => err instanceof ApiError && err.code === 'space_taken';

/** What is in the way: a booking, or only the time kept free around some. @param {ApiError} error */
export const takenText = ({ alternatives, params }) => (params.kept_free
  ? t(alternatives.length ? 'book.kept' : 'book.kept.none')
  : t(alternatives.length ? 'book.taken' : 'book.taken.none'));

/**
 * @param {{ error: unknown, busy: boolean,
 *   onChoose: (alternative: import('../types').Alternative) => void }} props
 */
export const Taken = ({ error, busy, onChoose }) => {
  const ref = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (isTaken(error)) (ref.current?.querySelector('button') ?? ref.current)?.focus();
  }, [error]);
  if (!isTaken(error)) return null;
  const near = error.alternatives;
  return html`<div class="taken" role="alert" tabindex="-1" ref=${ref}>
    <p><${Icon} name="clock-alert" />${takenText(error)}</p>
    ${near.map((a) => html`<button type="button" key=${a.space + a.start} class="secondary alternative"
      disabled=${busy} onClick=${() => onChoose(a)}>
      <strong>${whenText(a.start, a.end)}</strong><span>${pick(a.space_name)}</span></button>`)}
  </div>`;
};
