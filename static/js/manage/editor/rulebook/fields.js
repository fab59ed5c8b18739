// @ts-check
// Draws the fields of a rule book from schema.js: each with its label, unit and hint, and what the server
// says about it.
import { html, Icon, valueOf } from '../../../lib/ui.js';
import { known, t } from '../../../lib/i18n.js';
import { Field } from '../../../lib/forms.js';
import { getAt, pathName } from '../draft.js';
import { under } from '../problems.js';
import { Check, NumberInput, Problem, problemAt, TextPair } from '../inputs.js';
import { Intervals, TimeSelect } from '../intervals.js';
import { Length } from './length.js';

/** @typedef {import('../inputs.js').Form} Form */
/** @typedef {import('../draft.js').Path} Path */
/** @typedef {import('./schema.js').RuleField} RuleField */
/**
 * What a field is drawn with: where what holds it lies, and the fields beside it.
 * @typedef {{ form: Form, at: Path, field: RuleField, beside: RuleField[], under: string }} Props
 */

/** @param {string} key @param {Record<string, string | number>} [params] */
export const say = (key, params) => t(/** @type {any} */ (key), params);
/** @param {string} key */
const hintOf = (key) => (known(`rulebook.h.${key}`) ? say(`rulebook.h.${key}`) : undefined);

/** Whether nothing is set. @param {any} v */
const unset = (v) => v === undefined || v === null || v === 0 || v === false || v === ''
  || (Array.isArray(v) && !v.length);

/**
 * What holds a field with another choice: what loses its meaning by that goes, what it needs comes.
 * @param {any} holder @param {RuleField} field @param {any} value @param {RuleField[]} beside
 */
export function chosen(holder, field, value, beside) {
  const next = { ...holder, ...field.brings?.[value]?.(holder) };
  next[field.key] = field.need || value !== field.values?.[0] ? value : undefined;
  for (const f of beside) {
    if (f.key !== field.key && f.when && !f.when(next)) delete next[f.key];
  }
  return next;
}

/**
 * The fields of one holder that are shown: those that have a meaning there, and those that are set.
 * @param {{ form: Form, at: Path, fields: RuleField[], beside?: RuleField[], under?: string }} props
 */
export const Fields = ({ form, at, fields, beside = fields, under: top = '' }) => {
  const holder = getAt(form.draft, at) ?? {};
  return fields.filter((f) => !f.when || f.when(holder) || !unset(holder[f.key]))
    .map((f) => html`<${One} key=${f.key} form=${form} at=${at} field=${f} beside=${beside} under=${top} />`);
};

/** @param {Props} props */
const One = (props) => {
  const { form, at, field } = props;
  const path = [...at, field.key];
  const holder = getAt(form.draft, at) ?? {};
  const name = field.labelWhen?.(holder) ?? field.label ?? props.under + field.key;
  const common = { form, path, label: say(`rulebook.f.${name}`), hint: hintOf(name) };
  const kind = field.lengthWhen?.(holder) ? 'length' : field.kind;
  if (kind === 'length') return html`<${Length} ...${common} usual=${field.usual} />`;
  if (kind === 'count') {
    return html`<${NumberInput} ...${common} min=${field.min ?? 0} empty=${undefined}
      plain=${field.zeroWhen?.(holder) ? 0 : undefined} unit=${say(`rulebook.unit.${field.unit}`)} />`;
  }
  if (kind === 'text') return html`<div class="wide-field"><${TextPair} ...${common}
    length=${field.lines ? 4000 : 80} lines=${field.lines} /></div>`;
  if (kind === 'time') return html`<${Time} ...${common} />`;
  if (kind === 'yes') return html`<${Yes} ...${common} props=${props} />`;
  if (kind === 'choice') return html`<${Pick} ...${common} props=${props} />`;
  const Many = /** @type {any} */ ({ set: Boxes, hours: Hours, group: Group, list: List })[kind];
  return html`<${Many} ...${common} field=${field} under=${props.under} />`;
};

/** @param {any} props */
const Yes = ({ form, path, label, hint, props }) => {
  const field = { ...props.field, values: [false] };
  const set = (/** @type {Path} */ _, /** @type {any} */ v) =>
    form.set(props.at, chosen(getAt(form.draft, props.at), field, v, props.beside));
  return html`<div class="wide-field"><${Check} form=${{ ...form, set }} path=${path} label=${label}
    hint=${hint} />
    <${Problem} form=${form} path=${path} /></div>`;
};

/** @param {any} props */
const Pick = ({ form, path, label, hint, props }) => {
  const { field, at, beside } = props;
  const value = getAt(form.draft, path) ?? field.values[0];
  const words = field.words ?? `rulebook.v.${props.under}${field.key}`;
  return html`<${Field} label=${label} hint=${hint} error=${problemAt(form, path)}>
    ${(/** @type {any} */ a) => html`
    <select ...${a} name=${pathName(path)} onChange=${(/** @type {Event} */ e) =>
      form.set(at, chosen(getAt(form.draft, at), field, valueOf(e), beside))}>
      ${field.values.map((/** @type {string} */ v) => html`<option key=${v} value=${v}
        selected=${v === value}>
        ${say(`${words}.${v}`)}</option>`)}</select>`}</${Field}>`;
};

/** @param {any} props */
const Time = ({ form, path, label, hint }) => {
  const wrong = problemAt(form, path);
  return html`<div class="field"><span class="label" aria-hidden="true">${label}</span>
    <${TimeSelect} value=${getAt(form.draft, path) ?? '00:00'} label=${label} invalid=${!!wrong}
      name=${pathName(path)} onChange=${(/** @type {string} */ v) => form.set(path, v)} />
    ${hint && html`<p class="hint">${hint}</p>`}
    ${wrong && html`<p class="field-error" role="alert">${wrong}</p>`}</div>`;
};

/** What is said about any part of a list. @param {{ form: Form, path: Path }} props */
const Within = ({ form, path }) => {
  const own = pathName(path);
  return [...form.problems].filter(([p]) => under(p, own)).map(([p, text]) => html`
    <p key=${p} class="field-error" role="alert" tabindex="-1" data-invalid>${text}</p>`);
};

/** Some of a few. @param {any} props */
const Boxes = ({ form, path, label, hint, field }) => {
  const have = /** @type {string[]} */ (getAt(form.draft, path) ?? []);
  const toggle = (/** @type {string} */ v) => {
    const next = field.values.filter((/** @type {string} */ x) => (x === v ? !have.includes(x)
      : have.includes(x)));
    form.set(path, next.length ? next : undefined);
  };
  return html`<fieldset class="wide-field"><legend class="label">${label}</legend>
    ${hint && html`<p class="hint">${hint}</p>`}
    <div class="boxes">${field.values.map((/** @type {string} */ v) => html`<label class="check" key=${v}>
      <input type="checkbox" name=${pathName(path) + '.' + v} checked=${have.includes(v)}
        onChange=${() => toggle(v)} />
      <span>${say(`${field.words}.${v}`)}</span></label>`)}</div>
    <${Within} form=${form} path=${path} /></fieldset>`;
};

/** @param {any} props */
const Hours = ({ form, path, label, hint }) => html`<div class="wide-field"><p class="label">${label}</p>
  ${hint && html`<p class="hint">${hint}</p>`}<${Intervals} form=${form} path=${path} name=${label}
    none=${t('rulebook.any_time')} /></div>`;

/** Fields that belong together; most can be left out as a whole. @param {any} props */
const Group = ({ form, path, label, hint, field, under: top }) => {
  const there = field.always || getAt(form.draft, path) !== undefined;
  const inner = html`<${Problem} form=${form} path=${path} />
    <div class="rule-fields entry"><${Fields} form=${form} at=${path} fields=${field.fields}
      under=${field.root ? '' : top + field.key + '.'} /></div>`;
  if (field.always) return html`<fieldset class="wide-field"><legend class="label">${label}</legend>${inner}
    </fieldset>`;
  return html`<div class="wide-field"><label class=${hint ? 'check tall' : 'check'}><input type="checkbox"
      name=${pathName(path)} checked=${there} onChange=${() => form.set(path, there ? undefined
        : field.fresh())} />
      <span>${label}${hint && html`<span class="hint">${hint}</span>`}</span></label>
    ${there && inner}</div>`;
};

/** Entries to add and take away. @param {any} props */
const List = ({ form, path, label, hint, field, under: top }) => {
  const list = /** @type {any[]} */ (getAt(form.draft, path) ?? []);
  const put = (/** @type {any[]} */ l) => form.set(path, l.length ? l : undefined);
  return html`<fieldset class="wide-field"><legend class="label">${label}</legend>
    ${hint && html`<p class="hint">${hint}</p>`}<${Problem} form=${form} path=${path} />
    ${list.map((_, i) => html`<div class="entry" key=${i} role="group"
      aria-label=${`${label} ${i + 1}`}><${Problem} form=${form} path=${[...path, i]} />
      <div class="rule-fields"><${Fields} form=${form} at=${[...path, i]} fields=${field.fields}
        under=${top + field.key + '.'} /></div>
      <button type="button" class="ghost remove" onClick=${() => put(list.filter((_x, j) => j !== i))}
        aria-label=${t('rulebook.remove.of', { n: i + 1, name: label })}><${Icon} name="trash-2" />
          ${t('rulebook.remove')}</button>
    </div>`)}
    <button type="button" class="secondary small" name=${pathName(path) + '.add'}
      onClick=${() => put([...list, field.fresh()])}>
      <${Icon} name="plus" />${say(`rulebook.add.${field.key}`)}</button></fieldset>`;
};
