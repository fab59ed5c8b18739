// @ts-check
// The day as a list by time: for phones, and for everybody who would rather read than look across.
import { cls, html, Icon } from '../../lib/ui.js';
import { pick, t } from '../../lib/i18n.js';
import { timeAt, timeOf } from '../../lib/dates.js';
import { timeRange } from '../../lib/words.js';
import { StateTag } from './states.js';
import { spaced } from './day.js';

/** @typedef {import('./day.js').Bar} Bar */
/** @typedef {import('../../types').Space} Space */

/**
 * One booking as a wide button. Where a room names its seats, both are said.
 * @param {{ bar: Bar, spaces: Map<string, Space>, onOpen: (b: Bar) => void }} props
 */
export const BookingItem = ({ bar, spaces, onOpen }) => {
  const names = bar.assigned.map((id) => pick(spaces.get(id)?.name) || id);
  const room = spaces.get(spaces.get(bar.assigned[0])?.parent ?? '');
  return html`<li><button type="button" class="booking-item" onClick=${() => onOpen(bar)}>
    <span class="booking-who"><strong>${bar.holder_name || t('board.noname')}</strong>
      ${bar.party > 1 && html`<span>${t('board.party', { n: bar.party })}</span>`}
      <span class="muted num">${spaced(bar.number)}</span></span>
    <span class="booking-where">${room && html`<span class="muted">${pick(room.name)}
      </span> `}${names.join(t('comma'))}
      <span class="num">${timeRange(bar.start, bar.end)}</span></span>
    <${StateTag} state=${bar.state} /><${Icon} name="chevron-right" /></button></li>`;
};

/** Whoever is still expected comes first. @type {import('../../types').State[]} */
const expected = ['confirmed', 'reported', 'away', 'checked_in', 'no_show', 'completed', 'cancelled'];

/** @param {Bar[]} bars @returns {[string, Bar[]][]} by their start */
function byStart(bars) {
  /** @type {Map<string, Bar[]>} */
  const map = new Map();
  const order = [...bars].sort((a, b) => a.from - b.from
    || expected.indexOf(a.state) - expected.indexOf(b.state)
    || (a.assigned[0] ?? '').localeCompare(b.assigned[0] ?? ''));
  for (const b of order) {
    const start = b.from === 0 ? timeAt(0) : timeOf(b.start);
    map.set(start, [...(map.get(start) ?? []), b]);
  }
  return [...map];
}

/**
 * Bookings under the time they begin. What begins around now is open, the rest folded.
 * @param {{ bars: Bar[], spaces: Map<string, Space>, minute: number, open: boolean,
 *   onOpen: (b: Bar) => void }} props
 *   minute: now, -1 on another day; open: unfolds everything, as after a search
 */
export const DayList = ({ bars, spaces, minute, open, onOpen }) => {
  const groups = byStart(bars);
  if (!groups.length) return html`<p class="empty">${t('board.none')}</p>`;
  return html`<div class="daylist">${groups.map(([time, list]) => {
    const [first] = list;
    const near = minute < 0 ? groups.length < 3 : first.from <= minute + 45
      && Math.max(...list.map((b) => b.to)) > minute
      && first.from > minute - 90;
    const waiting = list.filter((b) => b.state === 'confirmed').length;
    return html`<details key=${time + open} open=${open || near} class=${cls('card', near && 'near')}>
      <summary><span class="num time">${time}</span> <span>${t('board.count', { n: list.length })}</span>
        ${waiting > 0 && minute >= 0 && html`<span class="tag info">${t('board.waiting', { n: waiting })}
        </span>`}</summary>
      <ul>${list.map((b) => html`<${BookingItem} key=${b.id} bar=${b} spaces=${spaces} onOpen=${onOpen} />`)}
      </ul>
    </details>`;
  })}</div>`;
};
