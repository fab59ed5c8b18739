// @ts-check
// Native dialogs: the browser keeps focus inside, Escape closes, focus returns to where it was.
import { html, Icon, useEffect, useId, useRef } from './ui.js';
import { t } from './i18n.js';

/**
 * A modal dialog, open as long as it is mounted. On a phone it is a sheet at the lower edge.
 * @param {{ title: any, onClose: () => void, wide?: boolean, children?: any }} props
 */
export const Dialog = ({ title, onClose, wide, children }) => {
  const id = useId();
  const ref = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    const dialog = /** @type {HTMLDialogElement} */ (ref.current);
    const before = document.activeElement;
    if (!dialog.open) dialog.showModal();
    dialog.querySelector('h2')?.focus();
    return () => {
      if (dialog.open) dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const outside = (/** @type {MouseEvent} */ e) => e.target === ref.current && onClose();
  return html`<dialog ref=${ref} class=${wide ? 'sheet wide' : 'sheet'} aria-labelledby=${id}
    onCancel=${(/** @type {Event} */ e) => { e.preventDefault(); onClose(); }} onMouseDown=${outside}>
    <div class="sheet-body">
      <header class="sheet-head"><h2 id=${id} tabindex="-1">${title}</h2>
        <button type="button" class="ghost icon-only" aria-label=${t('close')} onClick=${onClose}>
          <${Icon} name="x" /></button></header>
      ${children}
    </div></dialog>`;
};

/**
 * Asks before something that cannot be taken back.
 * @param {{ title: string, text?: any, yes: string, no?: string, danger?: boolean, busy?: boolean,
 *   onYes: () => void, onClose: () => void, children?: any }} props
 */
export const Confirm = ({ title, text, yes, no, danger, busy, onYes, onClose, children }) => html`
  <${Dialog} title=${title} onClose=${onClose}>
    ${text && html`<p>${text}</p>`}${children}
    <div class="actions">
      <button type="button" class="secondary" onClick=${onClose}>${no ?? t('back')}</button>
      <button type="button" class=${danger ? 'danger' : ''} disabled=${busy} onClick=${onYes}>${yes}</button>
    </div></${Dialog}>`;
