// @ts-check
// Today's board: who is in, what is booked, and who is expected next. It looks again by itself.
import { html, Icon, useEffect, useMemo, useState, remember, remembered, valueOf } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { addDays, dateOf, today } from '../lib/dates.js';
import { longDate } from '../lib/words.js';
import { Heading, place, setSearch } from '../lib/router.js';
import { ErrorNote, reasonText } from '../lib/errors.js';
import { Chips } from '../lib/forms.js';
import { useLoad } from '../lib/load.js';
import { may, signedOut } from '../lib/session.js';
import { useMedia, usePulse } from './watch.js';
import { keepVenue, startVenue, useOwnVenues, VenueSelect } from './own-venues.js';
import { barsOf, hoursShown, minuteOn, rowsOf, search } from './board/day.js';
import { DayTotals, Occupancy } from './board/occupancy.js';
import { Legend, Timetable } from './board/timetable.js';
import { DayList } from './board/daylist.js';
import { Details } from './board/details.js';
import { WalkIn } from '../lib/walk-in.js';

/** @typedef {import('./board/day.js').BoardDay} BoardDay */
/** @typedef {import('../types').Day} Day */
/** @typedef {import('./board/timetable.js').Chosen} Chosen */

const refreshEvery = 20_000;

export default function BoardPage() {
  const own = useOwnVenues('view_board');
  const asked = new URLSearchParams(place.value.search);
  if (!own.data) {
    return html`<${Heading} text=${t('board.title')} />${own.error
      ? html`<${ErrorNote} error=${own.error} retry=${own.reload} />` : html`<p class="loading">
        ${t('loading')}</p>`}`;
  }
  const venue = startVenue(own.data, asked.get('venue') ?? '');
  const date = asked.get('date') || today();
  const show = (/** @type {string} */ id, /** @type {string} */ day) => {
    keepVenue(id);
    setSearch(query({ venue: id, date: day === today() ? '' : day }));
  };
  if (!venue) return html`<${Heading} text=${t('board.title')} /><p class="empty">${t('manage.venue.none')}
  </p>`;
  return html`<div class="row board-head"><${Heading} text=${t('board.title')} />
    <div class="board-choice">
      <${VenueSelect} list=${own.data} value=${venue}
        onChange=${(/** @type {string} */ id) => show(id, date)} />
      <${DateChooser} date=${date} onChange=${(/** @type {string} */ day) => show(venue, day)} />
    </div></div>
    <${Board} key=${venue + date} venue=${venue} date=${date} />`;
}

/** @param {{ date: string, onChange: (date: string) => void }} props */
const DateChooser = ({ date, onChange }) => html`<div class="date-nav" role="group"
  aria-label=${t('board.date')}>
  <button type="button" class="secondary icon-only" aria-label=${t('board.prev')}
    onClick=${() => onChange(addDays(date, -1))}><${Icon} name="chevron-left" /></button>
  <input type="date" aria-label=${t('board.date')} value=${date}
    onChange=${(/** @type {Event} */ e) => valueOf(e) && onChange(valueOf(e))} />
  <button type="button" class="secondary icon-only" aria-label=${t('board.next')}
    onClick=${() => onChange(addDays(date, 1))}><${Icon} name="chevron-right" /></button>
  <button type="button" class="secondary" disabled=${date === today()} onClick=${() => onChange(today())}>
    ${t('board.today')}</button></div>`;

/** @param {{ venue: string, date: string }} props */
const Board = ({ venue, date }) => {
  const board = useLoad((signal) => /** @type {Promise<BoardDay>} */ (
    api(`/venues/${venue}/board` + query({ date }), { signal })), [venue, date]);
  const open = useLoad((signal) => /** @type {Promise<{ days: Day[] }>} */ (
    api(`/venues/${venue}/availability` + query({ from: date, days: 1 }), { signal })), [venue, date]);
  usePulse(board.reload, date === today() ? refreshEvery : 0);
  useEffect(() => { signedOut(board.error); }, [board.error]);
  const day = board.data;
  if (!day) {
    return board.error ? html`<${ErrorNote} error=${board.error} retry=${board.reload} />`
      : html`<p class="loading">${t('loading')}</p>`;
  }
  const hours = open.data?.days[0];
  return html`<p class="board-day"><strong>${longDate(date)}</strong> ${hours && html`<${DayNote}
    day=${hours} />`}</p>
    ${dateOf(day.now) === date
      ? html`<${Occupancy} day=${day} stale=${!!board.error} onRefresh=${board.reload} />`
      : html`<${DayTotals} day=${day} />`}
    ${dateOf(day.now) === date && may('check_in', venue) && day.walk_in.length > 0
      && html`<${WalkIn} venue=${venue} groups=${day.walk_in} today=${day.walked_in} onChange=${board.reload}
        />`}
    ${day.left_out && html`<p class="notice">${t('board.left_out', { n: day.left_out })}</p>`}
    <${DayView} day=${day} open=${hours?.open ?? []} onChanged=${board.reload} />`;
};

/** Why a day is shut or unusual. @param {{ day: Day }} props */
const DayNote = ({ day }) => html`
  ${!day.open.length && html`<span class="tag warn">${t('board.closed', { reason: reasonText(day.reason) })}
  </span>`}
  ${day.holiday && html` <span class="tag info">${t(day.make_up ? 'board.makeup' : 'board.holiday',
    { name: day.holiday })}</span>`}
  ${pick(day.note) && html` <span class="muted">${pick(day.note)}</span>`}`;

/** @param {{ day: BoardDay, open: { start: string, end: string }[], onChanged: () => void }} props */
const DayView = ({ day, open, onChanged }) => {
  const phone = useMedia('(max-width: 48rem)');
  const [view, setView] = useState(remembered('board-view') || (phone ? 'list' : 'table'));
  const [typed, setTyped] = useState('');
  const [cancelled, setCancelled] = useState(false);
  const [chosen, setChosen] = useState(/** @type {Chosen | null} */ (null));
  const spaces = useMemo(() => new Map(day.spaces.map((s) => [s.id, s])), [day]);
  const bars = useMemo(() => search(barsOf(day), typed, day.spaces)
    .filter((b) => cancelled || b.state !== 'cancelled'), [day, typed, cancelled]);
  const minute = dateOf(day.now) === day.date ? minuteOn(day.date, day.now) : -1;
  const choose = (/** @type {string} */ next) => { setView(next); remember('board-view', next); };
  const rows = rowsOf(day, bars);
  return html`<div class="board-tools">
      <${Chips} legend=${t('board.view')} hideLegend name="view" value=${view} onChange=${choose}
        options=${[['table', t('board.view.table')], ['list', t('board.view.list')]]} />
      <label class="board-search"><span class="visually-hidden">${t('board.search')}</span><${Icon}
        name="search" />
        <input type="search" placeholder=${t('board.search')} value=${typed}
          onInput=${(/** @type {Event} */ e) => setTyped(valueOf(e))} /></label>
      <label class="check"><input type="checkbox" checked=${cancelled}
        onChange=${() => setCancelled(!cancelled)} /><span>${t('board.cancelled')}</span></label>
    </div>
    ${view === 'table' && !typed ? html`<${Timetable} rows=${rows} spaces=${spaces}
      hours=${hoursShown(open, bars)}
        minute=${minute} onChoose=${setChosen} /><${Legend}
          counted=${rows.some((r) => r.kind !== 'single')} />`
      : html`<${DayList} bars=${bars} spaces=${spaces} minute=${minute} open=${!!typed}
          onOpen=${(/** @type {import('./board/day.js').Bar} */ b) => setChosen(
            { title: pick(spaces.get(b.assigned[0])?.name), bars: [b] })} />`}
    ${chosen && html`<${Details} chosen=${chosen} spaces=${spaces} onChanged=${onChanged}
      onClose=${() => setChosen(null)} />`}`;
};
