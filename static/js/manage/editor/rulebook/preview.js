// @ts-check
// What a resident could book at a moment, under rules that nobody has saved yet.
import { html, Icon, useState, valueOf } from '../../../lib/ui.js';
import { t } from '../../../lib/i18n.js';
import { dateOf, timeOf } from '../../../lib/dates.js';
import { Dialog } from '../../../lib/dialog.js';
import { ApiError } from '../../../lib/api.js';
import { ErrorNote, explain, reasonText } from '../../../lib/errors.js';
import { Field } from '../../../lib/forms.js';
import { useLoad } from '../../../lib/load.js';
import { fullDate } from '../../../lib/full-date.js';
import { longDate, momentText } from '../../../lib/words.js';
import { checkRules } from './check.js';

/** @typedef {import('../../../types').PreviewDay} PreviewDay */

/** A refusal in words. @param {string} code @param {import('../../../types').Params} [params] */
export const refusal = (code, params) =>
  explain(new ApiError(422, /** @type {any} */ ({ code, params: params ?? {}, detail: '' })));

/** @param {{ trial: import('./check.js').Trial, onClose: () => void }} props */
export const Preview = ({ trial, onClose }) => {
  const [at, setAt] = useState('');
  const { data, error, reload } = useLoad((signal) => checkRules(trial, at || undefined, signal), [at]);
  return html`<${Dialog} title=${t('rulebook.preview')} wide onClose=${onClose}>
    <p>${t('rulebook.preview.about')}</p>
    <${Field} label=${t('rulebook.preview.at')} hint=${data &&
      `${fullDate(data.at)} ${timeOf(data.at)}`}>${(/** @type {any} */ a) => html`<input ...${a}
      type="datetime-local"
      name="preview-at" value=${at || data?.at.slice(0, 16)}
        onChange=${(/** @type {Event} */ e) => setAt(valueOf(e))} />`}</${Field}>
    <${ErrorNote} error=${error} retry=${reload} />
    ${!data && !error && html`<p class="loading">${t('loading')}</p>`}
    ${data && html`<ul class="preview-days" tabindex="0" aria-label=${t('rulebook.preview')}>
      ${data.preview.map((d) => html`<${Day} key=${d.date} day=${d} />`)}</ul>`}
  </${Dialog}>`;
};

/** @param {{ day: PreviewDay }} props */
const Day = ({ day }) => {
  const some = day.times.some((x) => x.bookable);
  return html`<li class=${some ? 'some' : ''}><h3>${longDate(day.date)}</h3>
    ${day.walk_in && html`<p><span class="tag info">${t('rulebook.preview.walk_in')}</span></p>`}
    ${!day.times.length && html`<p class="muted">${day.closed ? reasonText(day.closed)
      : t('rulebook.preview.none')}</p>`}
    ${some && html`<ul class="preview-times">${day.times.filter((x) => x.bookable).map((x) => html`<li
      key=${x.start}>
      <${Icon} name="check" />${t('rulebook.preview.can', { from: timeOf(x.start), to: until(x.start,
        x.end) })}
      ${x.quota ? ` · ${t('rulebook.preview.quota', { n: x.quota })}` : ''}</li>`)}</ul>`}
    ${refused(day).map(([text, times]) => html`<p key=${text} class="muted">
      ${day.times.length > 1 && times.length < day.times.length
        ? times.join(t('comma')) + t('rulebook.colon') : ''}${text}</p>`)}
    ${!some && day.opens && html`<p class="muted">${t('rulebook.preview.opens',
      { at: momentText(day.opens) })}</p>`}</li>`;
};

/** @param {string} start @param {string} end */
const until = (start, end) => (dateOf(start) === dateOf(end) ? timeOf(end) : momentText(end));

/** What the day says by when it opens. */
const notYet = ['rule_horizon', 'rule_weekly', 'rule_monthly', 'rule_monthly_from'];

/**
 * The refusals of a day, each with the times it is about.
 * @param {PreviewDay} day @returns {[string, string[]][]}
 */
function refused(day) {
  /** @type {Map<string, string[]>} */
  const all = new Map();
  for (const x of day.times) {
    if (x.bookable || !x.code || (day.opens && notYet.includes(x.code))) continue;
    const text = refusal(x.code, x.params);
    all.set(text, [...(all.get(text) ?? []), `${timeOf(x.start)}–${until(x.start, x.end)}`]);
  }
  return [...all];
}
