// @ts-check
// Somebody else was faster: what is free near by, each with a digit.
import { html, Icon, useEffect, useRef } from '../../lib/ui.js';
import { pick } from '../../lib/i18n.js';
import { whenText } from '../../lib/words.js';
import { takenText } from '../../resident/taken.js';
import { Key, pressByKey } from './keys.js';

/**
 * @param {{ error: import('../../lib/api.js').ApiError, busy: boolean,
 *   onChoose: (alternative: import('../../types').Alternative) => void }} props
 */
export const Near = ({ error, busy, onChoose }) => {
  const ref = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { (ref.current?.querySelector('button') ?? ref.current)?.focus(); }, [error]);
  const near = error.alternatives;
  return html`<div class="taken" role="alert" tabindex="-1" ref=${ref} onKeyDown=${pressByKey}>
    <p><${Icon} name="clock-alert" />${takenText(error)}</p>
    ${near.map((a, i) => html`<button type="button" key=${a.space + a.start} class="secondary alternative"
      aria-keyshortcuts=${String(i + 1)} aria-disabled=${busy} onClick=${() => onChoose(a)}>
      <strong><${Key}>${i + 1}</${Key}> ${whenText(a.start, a.end)}</strong><span>${pick(a.space_name)}</span>
      </button>`)}
  </div>`;
};
