// @ts-check
// The dialogs of the calendar: one festival, and a file to take over.
import { html, Icon, useState, valueOf } from '../../lib/ui.js';
import { fullDate } from '../../lib/full-date.js';
import { t } from '../../lib/i18n.js';
import { Dialog } from '../../lib/dialog.js';
import { Field } from '../../lib/forms.js';
import { readCalendar, yearsOf } from './calendar.js';

/** @typedef {import('./calendar.js').Festival} Festival */
/** @typedef {import('./calendar.js').Range} Range */
/** @typedef {import('./calendar.js').Holiday} Holiday */

/**
 * @param {{ label: string, value: string, min?: string, max?: string, onChange: (date: string) => void }}
 *   props
 */
const DateInput = ({ label, value, min, max, onChange }) => html`<${Field} label=${label}
  hint=${fullDate(value)}>
  ${(/** @type {any} */ a) => html`
  <input ...${a} type="date" required min=${min} max=${max} value=${value}
    onChange=${(/** @type {Event} */ e) => onChange(valueOf(e))} />`}</${Field}>`;

/** @param {{ label: string, onClick: () => void }} props */
const Remove = ({ label, onClick }) => html`<button type="button" class="ghost icon-only" aria-label=${label}
  onClick=${onClick}><${Icon} name="x" /></button>`;

/**
 * One festival of the year: its name, its days off, the weekends worked for them.
 * @param {{ year: number, festival: Festival | null, onDone: (f: Festival) => void, onClose: () => void }}
 *   props
 */
export const FestivalForm = ({ year, festival, onDone, onClose }) => {
  const [name, setName] = useState(festival?.name ?? '');
  const [work, setWork] = useState(festival?.work ?? []);
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const [off, setOff] = useState(/** @type {Range[]} */ (festival?.off ?? [[first, first]]));
  /** @param {number} i @param {Range} range */
  const putOff = (i, [from, to]) => setOff(off.map((r, j) => (j === i ? [from, to < from ? from : to] : r)));
  const submit = (/** @type {Event} */ e) => {
    e.preventDefault();
    onDone({ name: name.trim(), off: off.filter(([from]) => from), work: work.filter(Boolean) });
  };
  return html`<${Dialog} title=${t(festival ? 'holidays.edit' : 'holidays.add')} onClose=${onClose}>
    <form class="form" onSubmit=${submit}>
      <${Field} label=${t('holidays.name')}>
        ${(/** @type {any} */ a) => html`<input ...${a} required maxlength="40"
        value=${name} onInput=${(/** @type {Event} */ e) => setName(valueOf(e))} />`}</${Field}>
      <fieldset class="form"><legend class="label">${t('holidays.off')}</legend>
        ${off.map(([from, to], i) => html`<div class="date-row" key=${i}>
          <${DateInput} label=${t('holidays.from')} value=${from} min=${first} max=${last}
            onChange=${(/** @type {string} */ d) => putOff(i, [d, to])} />
          <${DateInput} label=${t('holidays.to')} value=${to} min=${from} max=${last}
            onChange=${(/** @type {string} */ d) => putOff(i, [from, d])} />
          ${off.length > 1 && html`<${Remove} label=${t('holidays.remove.range')}
            onClick=${() => setOff(off.filter((_, j) => j !== i))} />`}</div>`)}
        <button type="button" class="ghost start"
          onClick=${() => setOff([...off, [off[off.length - 1][1], off[off.length - 1][1]]])}>
          <${Icon} name="plus" />${t('holidays.more.off')}</button></fieldset>
      <fieldset class="form"><legend class="label">${t('holidays.work')}</legend>
        <p class="hint">${t('holidays.work.hint')}</p>
        ${work.map((date, i) => html`<div class="date-row" key=${i}><${DateInput} label=${t('edit.date')}
          value=${date}
          min=${first} max=${last} onChange=${(/** @type {string} */ d) =>
            setWork(work.map((w, j) => (j === i ? d : w)))} />
          <${Remove} label=${t('holidays.remove.work')}
            onClick=${() => setWork(work.filter((_, j) => j !== i))} /></div>`)}
        <button type="button" class="ghost start" onClick=${() => setWork([...work, ''])}>
          <${Icon} name="plus" />${t('holidays.more.work')}</button></fieldset>
      <div class="actions"><button type="button" class="secondary" onClick=${onClose}>${t('edit.cancel')}
      </button>
        <button>${t('edit.ok')}</button></div></form></${Dialog}>`;
};

/**
 * Takes years over from a file or from pasted text.
 * @param {{ onDone: (days: Holiday[]) => void, onClose: () => void }} props
 */
export const ImportForm = ({ onDone, onClose }) => {
  const [text, setText] = useState('');
  const { days, wrong } = text.trim() ? readCalendar(text) : { days: [], wrong: null };
  const file = async (/** @type {Event} */ e) => {
    const input = /** @type {HTMLInputElement} */ (e.target);
    setText(await input.files?.[0]?.text() ?? '');
    input.value = ''; // so that the same file, corrected, can be chosen again
  };
  return html`<${Dialog} title=${t('holidays.import')} onClose=${onClose} wide><div class="form">
    <p class="hint">${t('holidays.import.hint')}</p>
    <p><label class="button secondary upload"><${Icon} name="upload" /><span>${t('holidays.import.file')}
    </span>
      <input class="visually-hidden" id="calendar-file" type="file" accept=".json,application/json"
        onChange=${file} /></label></p>
    <${Field} label=${t('holidays.import.paste')}
      error=${wrong ? t(/** @type {any} */ (`holidays.wrong.${wrong.code}`), { n: wrong.n }) : ''}>
      ${(/** @type {any} */ a) => html`<textarea ...${a} rows="6" class="code" spellcheck=${false}
        value=${text}
        placeholder='[{"date":"2027-01-01","name":"元旦","work":false}]'
        onInput=${(/** @type {Event} */ e) => setText(valueOf(e))}></textarea>`}</${Field}>
    ${days.length > 0 && html`<p class="notice good" role="status"><${Icon} name="check" /><span>
      ${t('holidays.import.found',
      { n: days.length, years: yearsOf(days).join(t('comma')) })}</span></p>`}
    <div class="actions"><button type="button" class="secondary" onClick=${onClose}>${t('edit.cancel')}
    </button>
      <button type="button" disabled=${!days.length} onClick=${() => onDone(days)}>${t('holidays.import.yes')}
      </button></div>
  </div></${Dialog}>`;
};
