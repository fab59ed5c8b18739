// @ts-check
// Choosing a seat of a group for a time: automatically, or one of those that are free then.
import { html } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { Chips } from '../lib/forms.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';

/** @typedef {import('../types').Venue} Venue */
/** @typedef {import('../types').Space} Space */
/** @typedef {import('./time-fields.js').Span} Span */

/**
 * The seats of the group that are free then.
 * @param {Venue} venue
 * @param {Space} group
 * @param {Span} span
 * @param {AbortSignal} signal
 */
async function freeSeats(venue, group, { date, start, end }, signal) {
  const asked = query({ venue: venue.id, parent: group.id, date, from: start, to: end, limit: 200 });
  /** @type {{ items: import('../types').FreeSpace[] }} */
  const found = await api('/free' + asked, { signal });
  return new Set(found.items.map((f) => f.space.id));
}

/**
 * What tells the seats of a group apart: their names without what all of them begin and end with.
 * @param {string[]} names
 */
export function shortNames(names) {
  const shared = (/** @type {string[]} */ list) => {
    let n = 0;
    while (list.length > 1 && list[0][n] && list.every((name) => name[n] === list[0][n])) n++;
    return n;
  };
  const from = shared(names);
  const tail = shared(names.map((name) => [...name.slice(from)].reverse().join('')));
  const short = names.map((name) => name.slice(from, name.length - tail));
  return short.every(Boolean) ? short : names;
}

/**
 * @param {{ venue: Venue, group: Space, span: Span, seat: string | null, error: string,
 *   assignment?: import('../types').Rules['assignment'], onChange: (seat: string | null) => void }} props
 *   seat: null: automatically; '': to be chosen
 */
export const SeatChoice = ({ venue, group, span, seat, error, assignment = 'either', onChange }) => {
  const choosing = seat !== null;
  if (assignment === 'automatic') return html`<p class="hint">${t('rule.assignment_automatic')}</p>`;
  return html`${assignment === 'either' && html`<${Chips} legend=${t('book.seat.map')} name="how"
      value=${choosing ? 'pick' : 'auto'}
      options=${[['auto', t('book.seat.auto')], ['pick', t('book.seat.pick')]]}
      onChange=${(/** @type {string} */ how) => onChange(how === 'pick' ? '' : null)} />`}
    ${assignment === 'chosen' && html`<p class="label">${t('book.seat.pick')}</p>`}
    ${choosing && html`<${SeatMap} venue=${venue} group=${group} span=${span} seat=${seat} error=${error}
      onChange=${onChange} />`}`;
};

/**
 * @param {{ venue: Venue, group: Space, span: Span, seat: string, error: string,
 *   onChange: (seat: string) => void }} props
 */
const SeatMap = ({ venue, group, span, seat, error, onChange }) => {
  const asked = [group.id, span.date, span.start, span.end];
  const free = useLoad((signal) => freeSeats(venue, group, span, signal), asked);
  const seats = venue.spaces.filter((s) => s.parent === group.id && s.bookable);
  if (free.error) return html`<${ErrorNote} error=${free.error} retry=${free.reload} />`;
  if (!free.data) return html`<p class="loading">${t('loading')}</p>`;
  if (!free.data.size) return html`<p class="notice">${t('book.seat.none')}</p>`;
  const is = free.data;
  const short = shortNames(seats.map((s) => pick(s.name)));
  return html`<fieldset class="seats" aria-invalid=${error ? 'true' : undefined} tabindex="-1"
      aria-describedby=${error ? 'seat-error' : undefined}>
    <legend class="visually-hidden">${t('book.seat.pick')}</legend>
    ${seats.map((s, i) => html`<label class="seat" key=${s.id}><input type="radio" name="seat" value=${s.id}
      aria-label=${pick(s.name)} checked=${s.id === seat} disabled=${!is.has(s.id)}
      onChange=${() => onChange(s.id)} />
      <span>${short[i]}</span></label>`)}
  </fieldset>
  <p class="seat-legend"><span class="seat-key"></span>${t('week.free')}
    <span class="seat-key gone"></span>${t('week.full')}</p>
  ${error && html`<p class="field-error" id="seat-error" role="alert">${error}</p>`}`;
};
