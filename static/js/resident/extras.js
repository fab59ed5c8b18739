// @ts-check
// What some rule books ask beside time and people: what for, a letter to accept, who comes along, more
// spaces.
import { html, valueOf } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { Field } from '../lib/forms.js';
import { Prose } from '../lib/prose.js';

/** @typedef {import('../types').Space} Space */
/** @typedef {import('../types').Letter} Letter */
/** @typedef {import('./along.js').Companion} Companion */

/**
 * What for.
 * @param {{ value: string, required: boolean, error: string, onChange: (text: string) => void }} props
 */
export const Purpose = ({ value, required, error, onChange }) => html`
  <${Field} label=${t('book.purpose')} optional=${!required} hint=${t('book.purpose.hint')}
    error=${error}>${(/** @type {any} */ a) => html`
    <input name="purpose" maxlength="200" required=${required} value=${value} ...${a}
      onInput=${(/** @type {Event} */ e) => onChange(valueOf(e))} />`}</${Field}>`;

/** @param {Event} e */
const isChecked = (e) => /** @type {HTMLInputElement} */ (e.currentTarget).checked;

/**
 * The letter, readable where it is accepted.
 * @param {{ letter: Letter, accepted: boolean, error: string, onChange: (is: boolean) => void }} props
 */
export const LetterField = ({ letter, accepted, error, onChange }) => html`<div class="letter-field">
  <h3 class="label" id="letter">${t('book.letter', { title: pick(letter.title) })}</h3>
  <div class="letter" role="region" aria-labelledby="letter" tabindex="0">
    <${Prose} text=${pick(letter.body)} level=${3} /></div>
  <label class="check"><input type="checkbox" name="letter" checked=${accepted}
    aria-invalid=${error ? 'true' : undefined} aria-describedby=${error ? 'letter-error' : undefined}
    onChange=${(/** @type {Event} */ e) => onChange(isChecked(e))} />
    <span>${t('book.letter.accept')}</span></label>
  ${error && html`<p class="field-error" id="letter-error" role="alert">${error}</p>`}</div>`;

/**
 * Several of a list.
 * @template {string} T
 * @param {{ legend: string, hint?: string, name: string, options: { id: T, text: string, off?: boolean }[],
 *   chosen: T[], error: string, onChange: (chosen: T[]) => void }} props
 */
const Several = ({ legend, hint, name, options, chosen, error, onChange }) => html`
  <fieldset class="several" aria-describedby=${[hint && name + '-hint', error && name + '-error']
    .filter(Boolean).join(' ') || undefined} aria-invalid=${error ? 'true' : undefined} tabindex="-1">
    <legend>${legend}</legend>
    ${hint && html`<p class="hint" id=${name + '-hint'}>${hint}</p>`}
    ${options.map(({ id, text, off }) => html`<label class="check" key=${id}>
      <input type="checkbox" name=${name} value=${id} checked=${chosen.includes(id)} disabled=${off}
        onChange=${(/** @type {Event} */ e) => onChange(
          isChecked(e) ? [...chosen, id] : chosen.filter((c) => c !== id))} /><span>${text}</span></label>`)}
    ${error && html`<p class="field-error" id=${name + '-error'} role="alert">${error}</p>`}</fieldset>`;

/**
 * Who comes along, by name.
 * @param {{ people: Companion[], book: import('../types').Rules, chosen: string[], error: string,
 *   onChange: (ids: string[]) => void }} props
 */
export const Along = ({ people, book, chosen, error, onChange }) => html`<${Several} legend=${t('book.with')}
  hint=${alongText(book)} name="with" chosen=${chosen}
  options=${people.map(({ id, name }) => ({ id, text: name }))} error=${error} onChange=${onChange} />`;

/** What the rules say of children. @param {import('../types').Rules} book */
function alongText({ child_under: under, children_per_guardian: each }) {
  if (!under) return t('book.with.hint');
  const alone = t('rule.child_under', { n: under });
  return each ? `${alone} ${t('rule.children_per_guardian', { n: each, under })}` : alone;
}

/**
 * More spaces in the same booking.
 * @param {{ spaces: Space[], most: number, chosen: string[], error: string,
 *   onChange: (ids: string[]) => void }} props
 *   most: how many more may be chosen
 */
export const MoreSpaces = ({ spaces, most, chosen, error, onChange }) => {
  const taken = new Set(spaces.filter((s) => chosen.includes(s.id)).flatMap((s) => s.atoms));
  const off = (/** @type {Space} */ s) => !chosen.includes(s.id)
    && (chosen.length >= most || s.atoms.some((a) => taken.has(a)));
  return html`<${Several} legend=${t('book.also')} hint=${t('book.also.hint', { n: most })} name="also"
    options=${spaces.map((s) => ({ id: s.id, text: pick(s.name), off: off(s) }))} chosen=${chosen}
    error=${error} onChange=${onChange} />`;
};
