// @ts-check
// How full the house is now: three numbers to read across a room.
import { html, Icon } from '../../lib/ui.js';
import { number, t } from '../../lib/i18n.js';
import { timeOf, today } from '../../lib/dates.js';

/** @typedef {import('./day.js').BoardDay} BoardDay */

/** A number with what it counts. @param {{ value: number, label: string, class?: string }} props */
const Figure = ({ value, label, class: name = '' }) => html`<div class=${'figure ' + name}>
  <dt>${label}</dt><dd class="num">${number(value)}</dd></div>`;

/** @param {number} part @param {number} whole */
const percent = (part, whole) => (whole > 0 ? Math.min(100, Math.round((100 * part) / whole)) : 0);

/**
 * Who is in, who is booked now, how many there is room for.
 * @param {{ day: BoardDay, stale: boolean, onRefresh: () => void }} props
 */
export const Occupancy = ({ day, stale, onRefresh }) => {
  const inside = percent(day.in, day.capacity);
  const booked = Math.max(inside, percent(day.booked_now, day.capacity));
  return html`<section class="card occupancy" aria-label=${t('board.now')}>
    <dl class="figures">
      <${Figure} class="main" value=${day.in} label=${t('board.in')} />
      <${Figure} value=${day.booked_now} label=${t('board.booked')} />
      <${Figure} value=${day.capacity} label=${t('board.capacity')} />
    </dl>
    <div class="gauge" role="img" aria-label=${t('board.gauge', { in: inside, booked })}
      style=${{ '--in': inside + '%', '--booked': booked + '%' }}><i></i><i></i></div>
    <p class="occupancy-note"><span>${t('board.gauge', { in: inside, booked })}</span>
      <span class=${stale ? 'stale' : 'muted'}>${stale && html`<${Icon} name="cloud-off" />`}
        ${t(stale ? 'board.stale' : 'board.asof', { time: timeOf(day.now) })}</span>
      <button type="button" class="ghost" onClick=${onRefresh}>
        <${Icon} name="refresh-cw" />${t('board.refresh')}</button></p>
  </section>`;
};

/** What another day holds; there is no "now" on it. @param {{ day: BoardDay }} props */
export const DayTotals = ({ day }) => {
  const live = day.bookings.filter((b) => b.state !== 'cancelled');
  const people = live.reduce((sum, b) => sum + b.party, 0);
  const missed = day.bookings.filter((b) => b.state === 'no_show').length;
  const past = day.date < today();
  return html`<section class="card occupancy" aria-label=${t('board.totals')}>
    <dl class="figures">
      <${Figure} class="main" value=${live.length} label=${t('board.bookings')} />
      <${Figure} value=${people} label=${t('board.people')} />
      ${past ? html`<${Figure} value=${missed} label=${t('board.missed')} />`
        : html`<${Figure} value=${day.capacity} label=${t('board.capacity')} />`}
    </dl></section>`;
};
