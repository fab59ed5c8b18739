// @ts-check
// One tab stop for a table of many buttons: arrow keys move to the nearest one in that direction.
import { useLayoutEffect, useRef } from '../lib/ui.js';

/**
 * @typedef {{ x: number, y: number, left: number, right: number, top: number, bottom: number, of: HTMLElement
 *   }} Box
 */

/** @param {HTMLElement} of @returns {Box} */
function box(of) {
  const { left, right, top, bottom } = of.getBoundingClientRect();
  return { left, right, top, bottom, x: (left + right) / 2, y: (top + bottom) / 2, of };
}

/**
 * @type {Record<string, (a: Box, b: Box) => number>} how far b lies that way from a; Infinity: it does not
 */
const ways = {
  ArrowRight: (a, b) => (sameRow(a, b) && b.left > a.left + 1 ? b.left - a.left : Infinity),
  ArrowLeft: (a, b) => (sameRow(a, b) && b.left < a.left - 1 ? a.left - b.left : Infinity),
  ArrowDown: (a, b) => (b.y > a.bottom ? (b.y - a.y) * 100 + aside(a, b) : Infinity),
  ArrowUp: (a, b) => (b.y < a.top ? (a.y - b.y) * 100 + aside(a, b) : Infinity),
  Home: (a, b) => (sameRow(a, b) ? b.left : Infinity),
  End: (a, b) => (sameRow(a, b) ? -b.left : Infinity),
};
const sameRow = (/** @type {Box} */ a, /** @type {Box} */ b) => b.y > a.top && b.y < a.bottom;
const aside = (/** @type {Box} */ a, /** @type {Box} */ b) => Math.max(0, b.left - a.left, a.left - b.right);

/**
 * Keeps exactly one of the container's [data-rove] buttons in the tab order and moves it by arrow keys.
 * @template {HTMLElement} T
 * @returns {{ ref: import('../../vendor/preact.js').Ref<T | null>, onKeyDown: (e: KeyboardEvent) => void,
 *   onFocusIn: (e: FocusEvent) => void }} to spread on the container
 */
export function useRoving() {
  const ref = useRef(/** @type {T | null} */ (null));
  const current = useRef('');
  /** @returns {HTMLElement[]} */
  const items = () => [...ref.current?.querySelectorAll(/** @type {'button'} */ ('[data-rove]')) ?? []];
  const settle = () => {
    const all = items();
    const stop = all.find((i) => i.dataset.rove === current.current) ?? all[0];
    for (const i of all) i.tabIndex = i === stop ? 0 : -1;
  };
  useLayoutEffect(settle);
  const onFocusIn = (/** @type {FocusEvent} */ e) => {
    const item = e.target instanceof HTMLElement ? e.target.closest('[data-rove]') : null;
    if (!(item instanceof HTMLElement)) return;
    current.current = item.dataset.rove ?? '';
    settle();
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ e) => {
    const way = ways[e.key];
    if (!way || e.altKey || e.ctrlKey || e.metaKey || !(e.target instanceof HTMLElement)) return;
    const from = e.target.closest('[data-rove]');
    if (!(from instanceof HTMLElement)) return;
    const here = box(from);
    let best = null;
    let least = Infinity;
    for (const i of items()) {
      const distance = i === from ? Infinity : way(here, box(i));
      if (distance < least) [best, least] = [i, distance];
    }
    e.preventDefault();
    best?.focus();
  };
  return { ref, onKeyDown, onFocusIn };
}
