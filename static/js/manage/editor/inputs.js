// @ts-check
// Inputs that know where in the venue they write, and show what the server said about that place.
import { html, valueOf } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { Field } from '../../lib/forms.js';
import { getAt, pathName } from './draft.js';

/** @typedef {import('./draft.js').Path} Path */
/**
 * The venue in hand, as every section of the editor receives it.
 * @typedef {object} Form
 * @property {import('../../types').Venue} draft @property {import('../../types').Venue} stored
 * @property {(path: Path, value: unknown) => void} set
 * @property {(change: (v: import('../../types').Venue) => import('../../types').Venue) => void} edit several
 *   places at once
 * @property {import('./problems.js').Problems} problems
 */
/** @typedef {{ form: Form, path: Path, label: any, hint?: any, optional?: boolean }} Common */

/** What the server said about a place. @param {Form} form @param {Path} path */
export const problemAt = (form, path) => form.problems.get(pathName(path)) ?? '';

/**
 * @param {Common & { lines?: number, type?: string, length?: number, autocomplete?: string,
 *   placeholder?: string,
 *   language?: string, class?: string }} props lines: more than one makes it a text area
 */
export const TextInput = ({
  form, path, label, hint, optional, lines = 1, type = 'text', length, language, ...more
}) => {
  const value = getAt(form.draft, path) ?? '';
  const onInput = (/** @type {Event} */ e) => form.set(path, valueOf(e));
  return html`<${Field} label=${label} hint=${hint} optional=${optional} error=${problemAt(form, path)}
    class=${more.class ?? ''}>${(/** @type {any} */ a) => (lines > 1
      ? html`<textarea ...${a} rows=${lines} name=${pathName(path)} maxlength=${length} lang=${language}
        value=${value}
        onInput=${onInput}></textarea>`
      : html`<input ...${a} type=${type} maxlength=${length} lang=${language} name=${pathName(path)}
        autocomplete=${more.autocomplete ?? 'off'}
          placeholder=${more.placeholder} value=${value} onInput=${onInput} />`)}</${Field}>`;
};

/** A text in both languages, side by side. @param {Common & { lines?: number, length?: number }} props */
export const TextPair = ({ form, path, label, hint, optional, lines, length = 80 }) =>
  html`<div class="form-row pair">
  <${TextInput} form=${form} path=${[...path, 'zh-CN']} label=${t('edit.zh', { label })} hint=${hint}
    optional=${optional}
    lines=${lines} length=${length} language="zh-CN" />
  <${TextInput} form=${form} path=${[...path, 'en']} label=${t('edit.en', { label })} optional lines=${lines}
    length=${length * 2} language="en" /></div>`;

/**
 * A whole or decimal number; empty is `empty`.
 * @param {Common & { min?: number, max?: number, step?: string, empty?: number | undefined, unit?: string,
 *   plain?: number | undefined }} props plain: what nothing is
 */
export const NumberInput = ({ form, path, label, hint, optional, min, max, step, empty, unit,
  plain }) => {
  const value = getAt(form.draft, path);
  const onInput = (/** @type {Event} */ e) => {
    const text = valueOf(e);
    form.set(path, text === '' || Number.isNaN(Number(text)) ? empty : Number(text));
  };
  return html`<${Field} label=${label} hint=${hint} optional=${optional} error=${problemAt(form, path)}
    class="number-field">
    ${(/** @type {any} */ a) => html`<span class="with-unit"><input ...${a} type="number" inputmode="decimal"
      name=${pathName(path)}
      min=${min}
      max=${max} step=${step ?? '1'} placeholder=${plain} value=${value ?? ''} onInput=${onInput} />
      ${unit && html`<span>${unit}</span>`}</span>`}
  </${Field}>`;
};

/**
 * One of a few values. Options are [value, words]; a stored value that is not among them is kept and shown.
 * @param {Common & { options: [string | number, string][], words?: (value: any) => string }} props
 */
export const Choice = ({ form, path, label, hint, options, words }) => {
  const value = getAt(form.draft, path);
  const all = options.some(([v]) => v === value) || value === undefined ? options
    : /** @type {[string | number, string][]} */ ([...options, [value, words?.(value) ?? String(value)]]);
  const onChange = (/** @type {Event} */ e) => form.set(path, all[Number(valueOf(e))][0]);
  return html`<${Field} label=${label} hint=${hint} error=${problemAt(form, path)}>
    ${(/** @type {any} */ a) => html`
    <select ...${a} onChange=${onChange}>${all.map(([v, text], i) => html`
      <option key=${v} value=${i} selected=${v === value}>${text}</option>`)}</select>`}</${Field}>`;
};

/** Yes or no. @param {Omit<Common, 'optional'>} props */
export const Check = ({ form, path, label, hint }) => html`<label class=${hint ? 'check tall' : 'check'}>
  <input type="checkbox" name=${pathName(path)} checked=${!!getAt(form.draft, path)}
    onChange=${(/** @type {any} */ e) => form.set(path, e.target.checked)} />
  <span>${label}${hint && html`<span class="hint">${hint}</span>`}</span></label>`;

/**
 * What the server said about a place that has no input of its own.
 * @param {{ form: Form, path: Path }} props
 */
export const Problem = ({ form, path }) => {
  const text = problemAt(form, path);
  return text && html`<p class="field-error" role="alert" tabindex="-1" data-invalid>${text}</p>`;
};

/** @typedef {import('../../types').Feature} Feature */
/** @type {[key: import('../../lib/i18n.js').Key, features: Feature[]][]} */
const groups = [
  ['edit.features.access', ['step_free', 'lift', 'accessible_toilet', 'hearing_loop', 'nursing_room']],
  ['edit.features.equipment', ['wifi', 'power', 'projector', 'sound_system', 'piano', 'mirror_wall']],
  ['edit.features.comfort', ['air_conditioning', 'drinking_water', 'parking']],
];

/** Features by group, as boxes to tick. @param {{ form: Form, path: Path }} props */
export const FeatureBoxes = ({ form, path }) => {
  const have = /** @type {Feature[]} */ (getAt(form.draft, path) ?? []);
  const toggle = (/** @type {Feature} */ f) => form.set(path,
    have.includes(f) ? have.filter((x) => x !== f) : [...have, f]);
  return html`<div class="feature-boxes">${groups.map(([legend, features]) => html`<fieldset key=${legend}>
    <legend class="label">${t(legend)}</legend>
    ${features.map((f) => html`<label class="check" key=${f}><input type="checkbox"
      checked=${have.includes(f)}
      onChange=${() => toggle(f)} /><span>${t(`feature.${f}`)}</span></label>`)}</fieldset>`)}</div>`;
};
