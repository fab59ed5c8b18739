// @ts-check
// What is typed at the door: the number of a booking, or an identity number. A reader of cards types, too,
// and whatever has the focus, its digits end up here.
import { html, useLayoutEffect, useRef, useState, valueOf } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { cardOf } from '../lib/card.js';
import { Field } from '../lib/forms.js';

/** @typedef {{ number: string } | { card: string }} Typed */

/** Whether keys already go where somebody writes. @param {Element | null} el */
const writes = (el) => el instanceof HTMLTextAreaElement || el instanceof HTMLSelectElement
  || (el instanceof HTMLInputElement && !['radio', 'checkbox', 'file', 'button'].includes(el.type));

/** @param {{ busy: boolean, verb: string, onCheck: (typed: Typed) => Promise<boolean> }} props */
export const NumberForm = ({ busy, verb, onCheck }) => {
  const [typed, setTyped] = useState('');
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  useLayoutEffect(() => { // a reader types at once, and fast
    const catchDigits = (/** @type {KeyboardEvent} */ e) => {
      if (!/^[\dX]$/i.test(e.key) || e.ctrlKey || e.altKey || e.metaKey) return;
      if (writes(document.activeElement)) return;
      input.current?.focus(); // the character of the key arrives there
      input.current?.select();
    };
    addEventListener('keydown', catchDigits);
    return () => removeEventListener('keydown', catchDigits);
  }, []);
  const submit = async (/** @type {Event} */ e) => {
    e.preventDefault();
    const card = cardOf(typed);
    const number = typed.trim();
    if (!number || busy) return;
    if (card) setTyped(''); // it is nobody else's to read
    if (await onCheck(card ? { card } : { number })) setTyped('');
    input.current?.select();
  };
  return html`<form class="card door-number" onSubmit=${submit}>
    <${Field} label=${t('scan.number')} hint=${t('scan.number.hint')}>${(/** @type {any} */ a) => html`
      <input ...${a} ref=${input} name="number" value=${typed} autocomplete="off" autocapitalize="characters"
        spellcheck=${false} maxlength="24" enterkeyhint="go"
        onInput=${(/** @type {Event} */ e) => setTyped(valueOf(e))} />`}</${Field}>
    <button class="large secondary" disabled=${busy}>${verb === 'check_in' ? t('scan.check')
      : t(`door.do.${/** @type {import('./verdict.js').DoorVerb} */ (verb)}`)}</button></form>`;
};
