// @ts-check
// Keys that do something, and how they are shown. Single letters only count where nothing is being typed and
// only inside the part of the page they belong to, so they take nothing away from a screen reader or a field.
import { html } from '../../lib/ui.js';

/**
 * A key, written on what it does; the button says it to screen readers by aria-keyshortcuts.
 * @param {any} props
 */
export const Key = ({ children }) => html`<kbd aria-hidden="true">${children}</kbd>`;

/** Whether letters belong to what has the focus. @param {EventTarget | null} target */
const types = (target) => target instanceof HTMLElement && target.matches('input, select, textarea');

/**
 * Answers plain keys: presses the button of the same part that has this key in aria-keyshortcuts.
 * @param {KeyboardEvent} e
 */
export function pressByKey(e) {
  if (e.altKey || e.ctrlKey || e.metaKey || e.isComposing || e.defaultPrevented || types(e.target)) return;
  const part = /** @type {HTMLElement} */ (e.currentTarget);
  const all = /** @type {HTMLButtonElement[]} */ ([...part.querySelectorAll('button[aria-keyshortcuts]')]);
  const key = e.key.toUpperCase();
  const button = all.find((b) => b.getAttribute('aria-keyshortcuts') === key);
  if (!button || button.disabled) return;
  e.preventDefault();
  button.click();
}

/** Whether something that closes by Escape itself is open. */
export const closesItself = () => Boolean(document.querySelector('dialog[open], details.menu[open]'));
