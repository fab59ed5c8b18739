// @ts-check
// Plain text with paragraphs, headings and lists, as the privacy text is kept.
import { html } from './ui.js';

/**
 * Paragraphs stand between empty lines; a line that begins with "# " is a heading, one with "- " an item.
 * @param {{ text: string, level?: 2 | 3 }} props level: of its headings
 */
export const Prose = ({ text, level = 2 }) => html`<div class="prose">${blocks(text).map((block) => {
  if (typeof block !== 'string') return html`<ul>${block.map((item) => html`<li>${item}</li>`)}</ul>`;
  if (!block.startsWith('# ')) return html`<p>${block}</p>`;
  return level === 2 ? html`<h2>${block.slice(2)}</h2>` : html`<h3>${block.slice(2)}</h3>`;
})}</div>`;

/** The blocks of a text: a paragraph or heading is a string, a list its items. @param {string} text */
function blocks(text) {
  /** @type {(string | string[])[]} */
  const all = [];
  for (const part of text.split(/\n\s*\n/)) {
    for (const line of part.split('\n').map((l) => l.trim()).filter(Boolean)) {
      const last = all[all.length - 1];
      if (!line.startsWith('- ')) all.push(line);
      else if (Array.isArray(last)) last.push(line.slice(2));
      else all.push([line.slice(2)]);
    }
  }
  return all;
}
