// @ts-check
// The day as a table: a row for each space, hours across. Rooms of many seats show how many are taken in
// each hour and unfold into their seats; a button per booking or hour opens its details. One tab stop,
// arrow keys inside.
import { cls, html, Icon, useEffect, useRef, useState } from '../../lib/ui.js';
import { pick, t } from '../../lib/i18n.js';
import { dateOf, timeAt, timeOf } from '../../lib/dates.js';
import { shortDate } from '../../lib/words.js';
import { useRoving } from '../roving.js';
import { during, lanes, peak } from './day.js';
import { stateIcon } from './states.js';

/** @typedef {import('./day.js').Bar} Bar */
/** @typedef {import('./day.js').Row} Row */
/**
 * What somebody chose: one booking, or all of a row in an hour.
 * @typedef {{ title: string, bars: Bar[] }} Chosen
 */
/**
 * What every row needs: the hours shown, the names of spaces, what to do with a choice.
 * @typedef {{ first: number, last: number, name: (space: string) => string, onChoose: (c: Chosen) => void }}
 *   Frame
 */

/** @param {Frame} frame @param {number} from @param {number} to minutes */
const extent = ({ first, last }, from, to) => ({
  '--from': (Math.max(from, first * 60) - first * 60) / ((last - first) * 60),
  '--len': (Math.min(to, last * 60) - Math.max(from, first * 60)) / ((last - first) * 60),
});

/** When a booking is, as short as it can be said: the days where it is over more than one. @param {Bar} b */
const whenShort = (b) => (dateOf(b.start) === dateOf(b.end) ? html`${timeOf(b.start)}
  <span class="visually-hidden">–${timeOf(b.end)}</span>` : `${shortDate(b.start)}–${shortDate(b.end)}`);

/** @param {{ bar: Bar, title: string, frame: Frame }} props */
const BookingBar = ({ bar, title, frame }) => html`
  <button type="button" class=${'bar st-' + bar.state} data-rove=${title + bar.id}
    style=${extent(frame, bar.from, bar.to)}
    onClick=${() => frame.onChoose({ title, bars: [bar] })}>
    <${Icon} name=${stateIcon(bar.state)} />
    <span class="num">${whenShort(bar)}</span>
    <span>${bar.holder_name}${bar.party > 1 ? ' ' + t('board.party', { n: bar.party }) : ''}</span>
    <span class="visually-hidden">${t(`state.${bar.state}`)}</span></button>`;

/** The bookings of one space, in as many lanes as overlap. @param {{ row: Row, frame: Frame }} props */
const Track = ({ row, frame }) => html`<td class="track" colspan=${frame.last - frame.first}>
  ${row.shadows.map((b) => html`<span class="bar shadow" key=${b.id} style=${extent(frame, b.from, b.to)}>
    <span class="num">${whenShort(b)}</span> ${t('board.shadow', { space: frame.name(b.assigned[0]) })}
    </span>`)}
  ${lanes(row.bars).map((lane, i) => html`<div class="lane" key=${i}>${lane.map((b) => html`
    <${BookingBar} key=${b.id} bar=${b} title=${pick(row.space.name)} frame=${frame} />`)}</div>`)}</td>`;

/** How much is taken in each hour, as a button that opens who. @param {{ row: Row, frame: Frame }} props */
const Counts = ({ row, frame }) => html`${Array.from({ length: frame.last - frame.first }, (_, i) => {
  const from = (frame.first + i) * 60;
  const n = peak(row, from, from + 60);
  const full = n >= row.space.seats;
  const label = t(row.kind === 'group' ? 'board.cell.seats' : 'board.cell.people', {
    space: pick(row.space.name), from: timeAt(from), to: timeAt(from + 60), n, of: row.space.seats,
  });
  const title = `${pick(row.space.name)} ${timeAt(from)}–${timeAt(from + 60)}`;
  return html`<td class="count" key=${from}><button type="button"
    class=${cls('count-cell', full && 'full', !n && 'none')}
    data-rove=${row.space.id + from} style=${{ '--fill': Math.min(1, n / row.space.seats) }}
    aria-label=${label}
    onClick=${() => frame.onChoose({ title, bars: during(row.bars, from, from + 60) })}>
    <span>${n}</span>${full && html`<small>${t('board.full')}</small>`}</button></td>`;
})}`;

/** @param {{ row: Row, frame: Frame }} props */
const SpaceRow = ({ row, frame }) => {
  const [open, setOpen] = useState(false);
  const counted = row.kind !== 'single';
  const inner = row.kind === 'group' ? row.members : lanes(row.bars).map((bars) => ({ ...row, bars }));
  const note = t(row.kind === 'group' ? 'board.seats' : 'board.capacity.of', { n: row.space.seats });
  return html`<tr class=${cls(counted && 'counted', row.depth > 0 && 'part')}>
    <th scope="row">${counted ? html`<button type="button" class="unfold"
      aria-expanded=${open ? 'true' : 'false'}
      onClick=${() => setOpen(!open)} data-rove=${row.space.id}><${Icon}
        name=${open ? 'chevron-down' : 'chevron-right'} />
      <span>${pick(row.space.name)}<small class="muted">${note}</small></span></button>`
      : html`<span class="space-name">${pick(row.space.name)}<small class="muted">${note}</small></span>`}
      </th>
    ${counted ? html`<${Counts} row=${row} frame=${frame} />` : html`<${Track} row=${row} frame=${frame} />`}
  </tr>
  ${counted && open && inner.map((r, i) => html`<tr class="inner" key=${r.space.id + i}>
    <th scope="row">${row.kind === 'group' ? pick(r.space.name) : html`<span class="visually-hidden">
      ${pick(r.space.name)}</span>`}</th><${Track} row=${r} frame=${frame} /></tr>`)}`;
};

/**
 * @param {{ rows: Row[], spaces: Map<string, import('../../types').Space>, hours: [number, number],
 *   minute: number,
 *   onChoose: (c: Chosen) => void }} props minute: now, -1 on another day
 */
export const Timetable = ({ rows, spaces, hours: [first, last], minute, onChoose }) => {
  const roving = useRoving();
  const name = (/** @type {string} */ id) => pick(spaces.get(id)?.name) || id;
  const frame = { first, last, name, onChoose };
  const hour = Math.floor(minute / 60);
  const through = (minute - first * 60) / ((last - first) * 60);
  const now = through >= 0 && through <= 1 ? through : -1;
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { // begins with the present in view
    const el = box.current;
    if (el && now >= 0) el.scrollLeft = now * el.scrollWidth - el.clientWidth / 2;
  }, []);
  return html`<div class="scroll timetable card" ref=${box} tabindex="0" role="region"
    aria-label=${t('board.table')}>
    <table ...${roving} class=${now < 0 ? '' : 'has-now'} style=${{ '--now': now, '--hours': last - first }}>
      <caption class="visually-hidden">${t('board.table.hint')}</caption>
      <thead><tr><th scope="col">${t('board.space')}</th>
        ${Array.from({ length: last - first }, (_, i) => html`<th scope="col" class="num" key=${i}
          aria-current=${hour === first + i ? 'time' : undefined}>${timeAt((first + i) * 60)}</th>`)}</tr>
          </thead>
      <tbody>${rows.map((row) => html`<${SpaceRow} key=${row.space.id} row=${row} frame=${frame} />`)}</tbody>
    </table></div>`;
};

/** What the marks mean, in words. @param {{ counted: boolean }} props counted: there are rows of numbers */
export const Legend = ({ counted }) => html`${counted && html`<p class="hint">${t('board.legend.counts')}
</p>`}
  <ul class="legend" aria-label=${t('board.legend')}>
  ${/** @type {import('../../types').State[]} */ (['confirmed', 'checked_in', 'away', 'reported', 'completed',
    'no_show', 'cancelled']).map((s) => html`
    <li key=${s} class=${'st-' + s}><${Icon} name=${stateIcon(s)} />${t(`state.${s}`)}</li>`)}</ul>`;

