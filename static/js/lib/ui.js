// @ts-check
// The one door to the vendored view library: every module imports from here, so replacing it touches one
// file.
import { html } from '../../vendor/preact.js';

export {
  html, render, Fragment, signal, computed, effect, batch,
  useState, useEffect, useLayoutEffect, useMemo, useRef, useCallback, useId,
} from '../../vendor/preact.js';

const base = new URL('../../', import.meta.url).pathname;

/** The address of a file under static/, in this release. @param {string} path such as 'img/icon.svg' */
export const asset = (path) => base + path;

/**
 * A decorative icon of vendor/icons.svg; the text beside it carries the meaning.
 * @param {{ name: string }} props
 */
export const Icon = ({ name }) => html`<svg class="icon" aria-hidden="true" focusable="false">
  <use href=${asset('vendor/icons.svg') + '#' + name} /></svg>`;

/** Joins class names, leaving out what is false. @param {...(string | false | null | undefined)} names */
export const cls = (...names) => names.filter(Boolean).join(' ');

/** The value of the field an event came from. @param {Event} event */
export const valueOf = (event) => /** @type {HTMLInputElement} */ (event.target).value;

/**
 * What was typed or chosen in a form, by field name.
 * @param {Event} event
 * @returns {Record<string, string>}
 */
export function formValues(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
}

/** What localStorage holds; '' where a browser forbids storage. @param {string} name */
export function remembered(name) {
  try {
    return localStorage.getItem(name) ?? '';
  } catch {
    return '';
  }
}

/**
 * Keeps a small preference on this device, where the browser allows it.
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // private browsing: the preference lasts as long as the page
  }
}
