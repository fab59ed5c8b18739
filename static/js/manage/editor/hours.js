// @ts-check
// When the house is open: each weekday, and what public holidays change.
import { html, Icon, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { hoursText } from '../../lib/words.js';
import { Dialog } from '../../lib/dialog.js';
import { Intervals } from './intervals.js';
import { Problem } from './inputs.js';

/** @typedef {import('./inputs.js').Form} Form */
/** @typedef {0 | 1 | 2 | 3 | 4 | 5 | 6} Weekday */

/** Monday first, as calendars here do. */
const week = /** @type {Weekday[]} */ ([1, 2, 3, 4, 5, 6, 0]);

/** @param {{ form: Form }} props */
export const Hours = ({ form }) => {
  const [copying, setCopying] = useState(/** @type {Weekday | null} */ (null));
  return html`<div class="form">
    <section class="card" aria-labelledby="week"><h3 id="week">${t('edit.week')}</h3>
      <p class="hint">${t('edit.week.hint')}</p>
      <ul class="week-hours">${week.map((day) => html`<li key=${day}><div role="group"
        aria-labelledby=${'day' + day}>
        <strong id=${'day' + day}>${t(`day.${day}`)}</strong>
        <${Intervals} form=${form} path=${['hours', day]} name=${t(`day.${day}`)}>
          <button type="button" class="ghost" aria-label=${t('edit.copy.of', { name: t(`day.${day}`) })}
            onClick=${() => setCopying(day)}>${t('edit.copy')}</button></${Intervals}>
        <${Problem} form=${form} path=${['hours', day]} /></div></li>`)}</ul></section>
    <${Holidays} form=${form} />
    ${copying !== null && html`<${CopyDialog} form=${form} from=${copying}
      onClose=${() => setCopying(null)} />`}
  </div>`;
};

/** @param {{ form: Form, from: Weekday, onClose: () => void }} props */
const CopyDialog = ({ form, from, onClose }) => {
  const [to, setTo] = useState(week.filter((d) => d !== from && d >= 1 && d <= 5));
  const hours = form.draft.hours[from] ?? [];
  const copy = () => {
    form.set(['hours'], form.draft.hours.map((old, d) =>
      (to.includes(/** @type {Weekday} */ (d)) ? hours : old)));
    onClose();
  };
  return html`<${Dialog} title=${t('edit.copy.title', { name: t(`day.${from}`) })} onClose=${onClose}>
    <p class="num">${hoursText(hours)}</p>
    <fieldset><legend class="label">${t('edit.copy.to')}</legend><div class="copy-days">
      ${week.filter((d) => d !== from)
      .map((d) => html`<label class="check" key=${d}><input type="checkbox" checked=${to.includes(d)}
        onChange=${() => setTo(to.includes(d) ? to.filter((x) => x !== d) : [...to, d])} />
        <span>${t(`day.${d}`)}</span></label>`)}</div></fieldset>
    <div class="actions"><button type="button" class="secondary" onClick=${onClose}>${t('edit.cancel')}
    </button>
      <button type="button" disabled=${!to.length} onClick=${copy}>${t('edit.copy.yes')}</button></div>
      </${Dialog}>`;
};

/**
 * One choice of few with a sentence each.
 * @param {{ name: string, value: string, options: [string, string, string][], onChange: (v: string) => void
 *   }} props
 */
export const Explained = ({ name, value, options, onChange }) => html`<div class="explained">
  ${options.map(([id, label, why]) => html`
  <label class="check" key=${id}><input type="radio" name=${name} value=${id} checked=${id === value}
    onChange=${() => onChange(id)} /><span>${label}${why && html`<span class="hint">${why}</span>`}</span>
    </label>`)}</div>`;

/** @param {{ form: Form }} props */
const Holidays = ({ form }) => {
  const { on_holiday: rule } = form.draft;
  return html`<section class="card form" aria-labelledby="on-holiday"><h3 id="on-holiday">
    ${t('edit.holidays')}</h3>
    <p class="hint">${t('edit.holidays.hint')} <a href="/manage/holidays"><${Icon} name="calendar-days" />
      ${t('manage.nav.holidays')}</a></p>
    <fieldset><legend class="label">${t('edit.holiday')}</legend>
      <${Explained} name="holiday" value=${rule.holiday} options=${[
        ['same', t('edit.holiday.same'), t('edit.holiday.same.hint')],
        ['closed', t('edit.holiday.closed'), ''], ['special', t('edit.holiday.special'), '']]}
        onChange=${(/** @type {string} */ v) => form.set(['on_holiday', 'holiday'], v)} />
      ${rule.holiday === 'special' && html`<div class="indent">
        <${Intervals} form=${form} path=${['on_holiday', 'holiday_hours']} name=${t('edit.holiday')} />
        <${Problem} form=${form} path=${['on_holiday', 'holiday_hours']} /></div>`}</fieldset>
    <fieldset><legend class="label">${t('edit.makeup')}</legend>
      <${Explained} name="makeup" value=${rule.make_up} options=${[
        ['workday', t('edit.makeup.workday'), t('edit.makeup.workday.hint')],
        ['same', t('edit.makeup.same'), t('edit.makeup.same.hint')]]}
        onChange=${(/** @type {string} */ v) => form.set(['on_holiday', 'make_up'], v)} /></fieldset>
  </section>`;
};
