// @ts-check
// Arrow keys in a table of choices: one cell is in the tab order, the others are reached from it.

/** @type {Record<string, [number, number]>} */
const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * Goes to the nearest free cell in the direction of the key; in a table laid out as tiles to the one before
 * or after.
 * @param {KeyboardEvent} e
 */
export function moveInGrid(e) {
  const cell = e.target instanceof Element && e.target.closest('td');
  if (!arrows[e.key] || !cell) return;
  e.preventDefault();
  const table = /** @type {HTMLTableElement} */ (cell.closest('table'));
  const [x, y] = arrows[e.key];
  const step = table.classList.contains('one') ? [x || y, 0] : [x, y];
  let [r, c] = [/** @type {HTMLTableRowElement} */ (cell.parentElement).rowIndex, cell.cellIndex];
  for (;;) {
    r += step[0];
    c += step[1];
    const next = r > 0 ? table.rows[r]?.cells[c] : null;
    if (!next || c < 0) return;
    const button = next.querySelector('button');
    if (!button) continue;
    table.querySelectorAll('td button').forEach((b) => b.setAttribute('tabindex', '-1'));
    button.setAttribute('tabindex', '0');
    button.focus();
    return;
  }
}
