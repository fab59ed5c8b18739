// @ts-check
// Opening times of one day: none is closed, several leave a break between them.
import { html, Icon, valueOf } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { minutes, timeAt } from '../../lib/dates.js';
import { problemAt } from './inputs.js';

/** @typedef {import('../../types').Interval} Interval */
/** @typedef {import('./inputs.js').Form} Form */
/** @typedef {import('./draft.js').Path} Path */

const quarters = Array.from({ length: 97 }, (_, i) => timeAt(i * 15));

/** @param {string} value */
const choices = (value) => (quarters.includes(value) ? quarters
  : [...quarters, value].sort((a, b) => minutes(a) - minutes(b)));

/**
 * @param {{ value: string, label: string, invalid: boolean, about?: string, name?: string,
 *   onChange: (v: string) => void }} props
 */
export const TimeSelect = ({ value, label, invalid, about, name, onChange }) => html`<select class="time num"
  aria-label=${label} name=${name}
  aria-invalid=${invalid ? 'true' : undefined} aria-describedby=${about}
  onChange=${(/** @type {Event} */ e) => onChange(valueOf(e))}>
  ${choices(value).map((time) => html`<option key=${time} value=${time} selected=${time === value}>${time}
  </option>`)}
</select>`;

/** The interval a click on "open" or "one more" begins with. @param {Interval[]} list @returns {Interval} */
function next(list) {
  const last = list[list.length - 1];
  if (!last) return { start: '09:00', end: '17:00' };
  const start = Math.min(minutes(last.end) + 60, 1380);
  return { start: timeAt(start), end: timeAt(Math.min(start + 180, 1440)) };
}

/**
 * @param {{ form: Form, path: Path, name: string, none?: string, children?: any }} props
 *   name: whose hours these are, said to screen readers; none: what no hours mean, closed unless said;
 *   children: more buttons
 */
export const Intervals = ({ form, path, name, none, children }) => {
  const list = /** @type {Interval[]} */ (path.reduce((/** @type {any} */ o, k) => o?.[k], form.draft) ?? []);
  const put = (/** @type {Interval[]} */ l) => form.set(path, l);
  return html`<div class="intervals">
    ${!list.length && html`<span class="tag shut">${none ?? t('closed')}</span>`}
    ${list.map((one, i) => {
      const [start, end] = [problemAt(form, [...path, i, 'start']), problemAt(form, [...path, i, 'end'])];
      const wrong = problemAt(form, [...path, i]) || start || end;
      const id = [...path, i].join('-') + '-problem';
      const part = list.length > 1 ? t('edit.part', { name, n: i + 1 }) : name;
      const change = (/** @type {Partial<Interval>} */ c) =>
        put(list.map((x, j) => (j === i ? { ...x, ...c } : x)));
      return html`<span class="interval" key=${i}>
        <${TimeSelect} value=${one.start} label=${t('edit.opens', { name: part })} invalid=${!!wrong && !end}
          about=${wrong && id}
          onChange=${(/** @type {string} */ v) => change({ start: v })} />
        <span aria-hidden="true">–</span>
        <${TimeSelect} value=${one.end} label=${t('edit.closes', { name: part })} invalid=${!!wrong && !start}
          about=${wrong && id}
          onChange=${(/** @type {string} */ v) => change({ end: v })} />
        <button type="button" class="ghost icon-only" aria-label=${t('edit.part.remove', { name: part })}
          onClick=${() => put(list.filter((_, j) => j !== i))}><${Icon} name="x" /></button>
        ${wrong && html`<span class="field-error" id=${id} role="alert">${wrong}</span>`}
      </span>`;
    })}
    <span class="interval-ways">
      <button type="button" class="ghost"
        aria-label=${t(list.length || none ? 'edit.part.add.of' : 'edit.open.of', { name })}
        onClick=${() => put([...list, next(list)])}><${Icon} name="plus" />
        ${t(list.length || none ? 'edit.part.add' : 'edit.open')}</button>
      ${children}</span>
  </div>`;
};
