// @ts-check
// Nobody loses what they typed: leaving asks first, and what is left unsaved is kept in this tab for their
// return.
import { html, useEffect, useRef, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { Confirm } from '../../lib/dialog.js';
import { go } from '../../lib/router.js';

/** @typedef {import('../../types').Venue} Venue */
/** What was typed, and the stored version it was typed on. @typedef {{ base: Venue, draft: Venue }} Kept */

const key = (/** @type {string} */ id) => 'draft:' + id;

/** @param {string} id @returns {Kept | null} */
export function kept(id) {
  try {
    return JSON.parse(sessionStorage.getItem(key(id)) ?? 'null');
  } catch {
    return null;
  }
}

/** @param {string} id @param {Kept | null} what null: nothing is unsaved any more */
export function keep(id, what) {
  try {
    if (what) sessionStorage.setItem(key(id), JSON.stringify(what));
    else sessionStorage.removeItem(key(id));
  } catch {
    // no storage: the question before leaving is all there is
  }
}

/** The link somebody followed out of the page, '' for none. @param {Event} e */
function wayOut(e) {
  const a = e.target instanceof Element ? e.target.closest('a[href]') : null;
  if (!(a instanceof HTMLAnchorElement) || a.target || a.hasAttribute('download')
    || a.protocol === 'tel:') return '';
  return a.pathname === location.pathname && a.origin === location.origin ? '' : a.href;
}

/**
 * Stands between unsaved changes and every way out of the page.
 * @param {{ id: string, dirty: boolean, what?: () => Kept }} props what: to be kept for a return, nothing if
 *   missing
 */
export const Guard = ({ id, dirty, what }) => {
  const [to, setTo] = useState('');
  const now = useRef({ dirty, what });
  now.current = { dirty, what };
  useEffect(() => {
    const leaving = (/** @type {BeforeUnloadEvent} */ e) => {
      if (!now.current.dirty) return;
      if (now.current.what) keep(id, now.current.what());
      e.preventDefault();
      e.returnValue = '';
    };
    const following = (/** @type {MouseEvent} */ e) => {
      const href = now.current.dirty ? wayOut(e) : '';
      if (!href || e.button || e.ctrlKey || e.metaKey || e.shiftKey) return;
      e.preventDefault();
      e.stopPropagation();
      setTo(href);
    };
    addEventListener('beforeunload', leaving);
    document.addEventListener('click', following, true);
    return () => {
      removeEventListener('beforeunload', leaving);
      document.removeEventListener('click', following, true);
      const { dirty, what } = now.current;
      if (dirty && what) keep(id, what()); // the browser's Back button asks nobody
    };
  }, [id]);
  const leave = () => {
    now.current.dirty = false;
    keep(id, null);
    const url = new URL(to);
    if (url.origin === location.origin) go(url.pathname + url.search);
    else location.assign(to);
  };
  return to && html`<${Confirm} title=${t('edit.leave')} text=${t('edit.leave.text')}
    yes=${t('edit.leave.yes')}
    no=${t('edit.leave.no')} danger onYes=${leave} onClose=${() => setTo('')} />`;
};
