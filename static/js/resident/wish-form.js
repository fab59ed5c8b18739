// @ts-check
// The questions of the find page. Every change searches at once; there is nothing to submit.
import { html } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { addDays, minutes, now, today } from '../lib/dates.js';
import { Chips, plainOptions, Select } from '../lib/forms.js';
import { optionDate } from '../lib/words.js';
import { daysAhead, startAt, times } from './wish.js';

/** @typedef {import('./wish.js').Wish} Wish */
/** @type {import('../types').Kind[]} */
const kinds = ['reading_room', 'square', 'corridor', 'idle_venue'];
/** Party sizes people have; the exact number is asked when booking. */
const sizes = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100];

/**
 * The list in order, with the value among it.
 * @template {string | number} T
 * @param {T[]} list
 * @param {T} value
 */
const among = (list, value) => (list.includes(value) ? list
  : [value, ...list].sort((a, b) => (a < b ? -1 : 1)));

/** The start times that are not over: the half hour that is running can still be had. @param {Wish} wish */
const starts = (wish) => {
  const from = wish.date === today() ? minutes(now().slice(11)) - 29 : 0;
  return times(from).slice(0, -1); // nothing starts at midnight's end
};

/** @param {{ wish: Wish, areas: string[], wrong: string, onChange: (wish: Wish) => void }} props */
export const WishForm = ({ wish, areas, wrong, onChange }) => {
  const days = Array.from({ length: daysAhead }, (_, i) => addDays(today(), i));
  const set = (/** @type {Partial<Wish>} */ change) => onChange({ ...wish, ...change });
  const stay = (/** @type {Event} */ e) => e.preventDefault();
  return html`<form class="wish card" role="search" onSubmit=${stay}>
    <${Chips} legend=${t('find.kind')} hideLegend name="kind" value=${wish.kind}
      options=${[['', t('find.all')], ...kinds.map((k) => [k, t(`kind.${k}`)])]}
      onChange=${(/** @type {string} */ kind) => set({ kind, area: '' })} />
    <div class="wish-fields">
      <${Select} label=${t('find.date')} name="date" class="date" value=${wish.date}
        options=${among(days, wish.date).map((d) => [d, optionDate(d)])}
        onChange=${(/** @type {string} */ date) => set({ date })} />
      <${Select} label=${t('find.from')} name="from" value=${wish.from} error=${wrong}
        options=${plainOptions(among(starts(wish), wish.from))}
        onChange=${(/** @type {string} */ from) => onChange(startAt(wish, from))} />
      <${Select} label=${t('find.to')} name="to" value=${wish.to}
        options=${plainOptions(among(times(minutes(wish.from) + 30), wish.to))}
        onChange=${(/** @type {string} */ to) => set({ to })} />
      <${Select} label=${t('find.people')} name="people" value=${String(wish.people)}
        options=${among(sizes, wish.people).map((n) => [String(n), t('mine.party', { n })])}
        onChange=${(/** @type {string} */ n) => set({ people: Number(n) })} />
      <${Select} label=${t('find.area')} name="area" value=${wish.area}
        options=${[['', t('any')], ...plainOptions(areas)]}
        onChange=${(/** @type {string} */ area) => set({ area })} />
    </div></form>`;
};
