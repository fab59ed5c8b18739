// @ts-check
// Days that are not like the others, and times when something is out of use.
import { html, Icon, valueOf } from '../../lib/ui.js';
import { pick, t } from '../../lib/i18n.js';
import { addDays, now, today } from '../../lib/dates.js';
import { fullDate } from '../../lib/full-date.js';
import { longDate, momentText } from '../../lib/words.js';
import { Field } from '../../lib/forms.js';
import { Intervals, TimeSelect } from './intervals.js';
import { Problem, problemAt, TextPair } from './inputs.js';

/** @typedef {import('./inputs.js').Form} Form */
/** @typedef {import('../../types').SpecialDay} SpecialDay */
/** @typedef {import('../../types').Closure} Closure */

/** @param {{ form: Form }} props */
export const Days = ({ form }) => html`<div class="form"><${Special} form=${form} /><${Closures}
  form=${form} /></div>`;

/** @param {Form} form @param {'special' | 'closures'} key @param {number} index */
const remove = (form, key, index) => form.set([key], (form.draft[key] ?? []).filter((_, i) => i !== index));

/** @param {{ label: string, onClick: () => void }} props */
const RemoveButton = ({ label, onClick }) => html`<button type="button" class="ghost remove"
  onClick=${onClick}>
  <${Icon} name="trash-2" />${label}</button>`;

/**
 * Entries one can still act upon, then the past ones, folded: they stay, because past figures rest on them.
 * @template T
 * @param {{ list: T[], past: (entry: T) => boolean, entry: any, form: Form }} props entry: a component
 */
const Entries = ({ list, past, entry: Entry, form }) => {
  const all = list.map((one, index) => ({ index, over: past(one) }));
  const over = all.filter((e) => e.over);
  const draw = (/** @type {{ index: number }} */ e) => html`<${Entry} key=${e.index} form=${form}
    index=${e.index} />`;
  return html`${all.filter((e) => !e.over).map(draw)}
    ${over.length > 0 && html`<details class="more"><summary>${t('edit.past', { n: over.length })}</summary>
      <div class="form">${over.map(draw)}</div></details>`}`;
};

/** @param {{ form: Form }} props */
const Special = ({ form }) => {
  const list = form.draft.special ?? [];
  const add = () => {
    let date = addDays(today(), 1);
    while (list.some((s) => s.date === date)) date = addDays(date, 1);
    form.set(['special'], [...list, { date, hours: [], reason: { 'zh-CN': '' } }]);
  };
  return html`<section class="card form" aria-labelledby="special"><h3 id="special">${t('edit.special')}</h3>
    <p class="hint">${t('edit.special.hint')}</p>
    <${Problem} form=${form} path=${['special']} />
    <${Entries} form=${form} list=${list} entry=${SpecialEntry}
      past=${(/** @type {SpecialDay} */ s) => s.date < today()} />
    <p><button type="button" class="secondary" id="add-special" onClick=${add}>
      <${Icon} name="plus" />${t('edit.special.add')}</button></p>
  </section>`;
};

/** @param {{ form: Form, index: number }} props */
const SpecialEntry = ({ form, index }) => {
  const { date } = /** @type {SpecialDay[]} */ (form.draft.special)[index];
  const path = ['special', index];
  return html`<fieldset class="entry"><legend class="visually-hidden">${longDate(date)}</legend>
    <div class="entry-head"><${Field} label=${t('edit.date')} hint=${fullDate(date)} class="short"
      error=${problemAt(form, [...path, 'date'])}>${(/** @type {any} */ a) => html`<input ...${a} type="date"
        value=${date}
        onChange=${(/** @type {Event} */ e) => valueOf(e) && form.set([...path, 'date'], valueOf(e))} />`}
          </${Field}>
      <div class="field grow"><span class="label">${t('edit.special.hours')}</span>
        <${Intervals} form=${form} path=${[...path, 'hours']} name=${longDate(date)} />
        <${Problem} form=${form} path=${[...path, 'hours']} /></div></div>
    <${TextPair} form=${form} path=${[...path, 'reason']} label=${t('edit.reason')}
      hint=${t('edit.reason.hint')} length=${200} />
    <${RemoveButton} label=${t('edit.special.remove')} onClick=${() => remove(form, 'special', index)} />
  </fieldset>`;
};

/** @param {{ form: Form }} props */
const Closures = ({ form }) => {
  const list = form.draft.closures ?? [];
  const tomorrow = addDays(today(), 1);
  const add = () => form.set(['closures'], [...list,
    { start: tomorrow + 'T08:00', end: tomorrow + 'T18:00', reason: { 'zh-CN': '' } }]);
  return html`<section class="card form" aria-labelledby="closures">
    <h3 id="closures">${t('edit.closures')}</h3>
    <p class="hint">${t('edit.closures.hint')}</p>
    <${Problem} form=${form} path=${['closures']} />
    <${Entries} form=${form} list=${list} entry=${ClosureEntry}
      past=${(/** @type {Closure} */ c) => c.end.slice(0, 16) <= now()} />
    <p><button type="button" class="secondary" id="add-closure" onClick=${add}>
      <${Icon} name="plus" />${t('edit.closures.add')}</button></p>
  </section>`;
};

/** @param {{ form: Form, index: number }} props */
const ClosureEntry = ({ form, index }) => {
  const c = /** @type {Closure[]} */ (form.draft.closures)[index];
  return html`<fieldset class="entry">
    <legend class="visually-hidden">${momentText(c.start)} – ${momentText(c.end)}</legend>
    <div class="entry-head"><${Moment} form=${form} index=${index} end="start" />
      <${Moment} form=${form} index=${index} end="end" /></div>
    <${ClosedSpaces} form=${form} index=${index} closure=${c} />
    <${TextPair} form=${form} path=${['closures', index, 'reason']} label=${t('edit.reason')}
      hint=${t('edit.reason.hint')} length=${200} />
    <${RemoveButton} label=${t('edit.closures.remove')} onClick=${() => remove(form, 'closures', index)} />
  </fieldset>`;
};

/**
 * A date and a time of the venue's own clock.
 * @param {{ form: Form, index: number, end: 'start' | 'end' }} props
 */
const Moment = ({ form, index, end }) => {
  const path = /** @type {const} */ (['closures', index, end]);
  const value = /** @type {Closure[]} */ (form.draft.closures)[index][end];
  const put = (/** @type {string} */ date, /** @type {string} */ time) => form.set(path,
    time === '24:00' ? addDays(date, 1) + 'T00:00' : `${date}T${time}`);
  const label = t(end === 'start' ? 'edit.closures.from' : 'edit.closures.to');
  return html`<${Field} label=${label} error=${problemAt(form, path)} class="moment"
    hint=${fullDate(value)}>
    ${(/** @type {any} */ a) => html`
    <span class="with-unit"><input ...${a} type="date" value=${value.slice(0, 10)}
      onChange=${(/** @type {Event} */ e) => valueOf(e) && put(valueOf(e), value.slice(11, 16))} />
    <${TimeSelect} value=${value.slice(11, 16)} label=${t('edit.time.of', { name: label })}
      invalid=${!!problemAt(form, path)}
      onChange=${(/** @type {string} */ time) => put(value.slice(0, 10), time)} /></span>`}</${Field}>`;
};

/**
 * The whole venue, or some of its spaces. Single seats are not offered: one closes its room.
 * @param {{ form: Form, index: number, closure: Closure }} props
 */
const ClosedSpaces = ({ form, index, closure }) => {
  const offered = form.draft.spaces.filter((s) => s.type !== 'seat' || !s.parent
    || closure.spaces?.includes(s.id));
  const path = ['closures', index, 'spaces'];
  const some = closure.spaces ?? [];
  const toggle = (/** @type {string} */ id) => form.set(path,
    some.includes(id) ? some.filter((s) => s !== id) : [...some, id]);
  return html`<fieldset class="feature-boxes"><legend class="label">${t('edit.closures.what')}</legend>
    <label class="check"><input type="checkbox" checked=${!some.length} disabled=${!some.length}
      onChange=${() => form.set(path, undefined)} /><span>${t('edit.closures.all')}</span></label>
    ${offered.map((s) => html`<label class="check" key=${s.id}><input type="checkbox"
      checked=${some.includes(s.id)}
      onChange=${() => toggle(s.id)} /><span>${pick(s.name)}</span></label>`)}</fieldset>`;
};
