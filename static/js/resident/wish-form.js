// @ts-check
// The questions of the find page. Every change searches at once; there is nothing to submit.
import { html, valueOf } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { addDays, minutes, now, today } from '../lib/dates.js';
import { Chips, Field } from '../lib/forms.js';
import { optionDate } from '../lib/words.js';
import { daysAhead, startAt, times } from './wish.js';

/** @typedef {import('./wish.js').Wish} Wish */
/** @type {import('../types').Kind[]} */
const kinds = ['reading_room', 'square', 'corridor', 'idle_venue'];
/** Party sizes people have; the exact number is asked when booking. */
const sizes = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100];

/** @param {string[]} list @param {string} value the value is always among the options */
const among = (list, value) => (list.includes(value) ? list : [value, ...list].sort());

/** The start times that are not over: the half hour that is running can still be had. @param {Wish} wish */
const starts = (wish) => times(wish.date === today() ? minutes(now().slice(11)) - 29 : undefined);

/** @param {{ wish: Wish, areas: string[], wrong: string, onChange: (wish: Wish) => void }} props */
export const WishForm = ({ wish, areas, wrong, onChange }) => {
  const days = Array.from({ length: daysAhead }, (_, i) => addDays(today(), i));
  const people = among(sizes.map((n) => String(n).padStart(3, '0')), String(wish.people).padStart(3, '0')).map(Number);
  const set = (/** @type {keyof Wish} */ name) => (/** @type {Event} */ e) => onChange({ ...wish, [name]: valueOf(e) });
  return html`<form class="wish card" role="search" onSubmit=${(/** @type {Event} */ e) => e.preventDefault()}>
    <${Chips} legend=${t('find.kind')} hideLegend name="kind" value=${wish.kind}
      onChange=${(/** @type {string} */ kind) => onChange({ ...wish, kind, area: '' })}
      options=${[['', t('find.all')], ...kinds.map((k) => [k, t(`kind.${k}`)])]} />
    <div class="wish-fields">
      <${Field} label=${t('find.date')} class="date">${(/** @type {any} */ a) => html`
        <select name="date" ...${a} onChange=${set('date')}>
          ${among(days, wish.date).map((d) => html`<option value=${d} selected=${d === wish.date}>${optionDate(d)}</option>`)}
        </select>`}</${Field}>
      <${Field} label=${t('find.from')} error=${wrong}>${(/** @type {any} */ a) => html`
        <select name="from" ...${a} onChange=${(/** @type {Event} */ e) => onChange(startAt(wish, valueOf(e)))}>
          ${among(starts(wish), wish.from).map((m) => html`<option value=${m} selected=${m === wish.from}>${m}</option>`)}
        </select>`}</${Field}>
      <${Field} label=${t('find.to')}>${(/** @type {any} */ a) => html`
        <select name="to" ...${a} onChange=${set('to')}>
          ${among(times(minutes(wish.from) + 30), wish.to).map((m) => html`
            <option value=${m} selected=${m === wish.to}>${m}</option>`)}
        </select>`}</${Field}>
      <${Field} label=${t('find.people')}>${(/** @type {any} */ a) => html`
        <select name="people" ...${a} onChange=${(/** @type {Event} */ e) => onChange({ ...wish, people: Number(valueOf(e)) })}>
          ${people.map((n) => html`<option value=${n} selected=${n === wish.people}>${t('mine.party', { n })}</option>`)}
        </select>`}</${Field}>
      <${Field} label=${t('find.area')}>${(/** @type {any} */ a) => html`
        <select name="area" ...${a} onChange=${set('area')}>
          <option value="" selected=${!wish.area}>${t('any')}</option>
          ${areas.map((x) => html`<option value=${x} selected=${x === wish.area}>${x}</option>`)}
        </select>`}</${Field}>
    </div></form>`;
};
