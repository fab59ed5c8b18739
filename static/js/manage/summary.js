// @ts-check
// How well the places are used: offered, booked, attended; by venue, over time, by hour of day and by
// group.
import { html, Icon, valueOf } from '../lib/ui.js';
import { known, lang, number, pick, t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { addDays, format, today } from '../lib/dates.js';
import { fullDate } from '../lib/full-date.js';
import { momentText } from '../lib/words.js';
import { Heading, place, setSearch } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { Chips, Field } from '../lib/forms.js';
import { useLoad } from '../lib/load.js';
import { useOwnVenues, VenueSelect } from './own-venues.js';
import { presetOf, presets, rangeOf, stepFor } from './summary/range.js';
import { busyHours, empty, hours, hoursWord, percent, share } from './summary/measures.js';
import { BarChart } from './summary/chart.js';
import { MeasureTable } from './summary/tables.js';
import { Written } from './summary/written.js';

/** @typedef {import('./summary/measures.js').Summary} Summary */
/** @typedef {import('./summary/measures.js').Measures} Measures */
/**
 * What is asked: kept in the address, so that a view can be sent to somebody.
 * @typedef {{ from: string, to: string, venue: string }} Ask
 */

/** @returns {Ask} */
function asked() {
  const q = new URLSearchParams(place.value.search);
  const { from, to } = rangeOf('month', today());
  return { from: q.get('from') || from, to: q.get('to') || to, venue: q.get('venue') ?? '' };
}

export default function SummaryPage() {
  const ask = asked();
  const own = useOwnVenues('view_summary');
  const wrong = ask.to < ask.from ? t('summary.order') : '';
  const search = query({ ...ask, by: stepFor(ask.from, ask.to) });
  const { data, error, busy, reload } = useLoad((signal) => (wrong ? Promise.resolve(undefined)
    : /** @type {Promise<Summary>} */ (api('/summaries' + search, { signal, timeout: 60_000 }))),
      [search, wrong]);
  const change = (/** @type {Partial<Ask>} */ more) => setSearch(query({ ...ask, ...more }));
  return html`<div class="row"><${Heading} text=${t('summary.title')} />
      <a class="button secondary" id="csv" download
        href=${`/api/v1/summaries.csv${search}&language=${lang.value}`}>
        <${Icon} name="download" />${t('summary.csv')}</a></div>
    <${AskForm} ask=${ask} venues=${own.data ?? []} wrong=${wrong} onChange=${change} />
    <${ErrorNote} error=${error} retry=${reload} />
    ${data && !wrong ? html`<div aria-busy=${busy ? 'true' : undefined}><${Figures} data=${data} /></div>`
      : !error && !wrong && html`<p class="loading">${t('loading')}</p>`}`;
}

/**
 * @param {{ ask: Ask, venues: import('../types').VenueItem[], wrong: string, onChange: (more: Partial<Ask>)
 *   => void }} props
 */
const AskForm = ({ ask, venues, wrong, onChange }) => {
  const preset = presetOf(ask.from, ask.to, today());
  /** @param {'from' | 'to'} key */
  const date = (key) => html`<${Field} label=${t(`summary.${key}`)} error=${key === 'to' ? wrong : ''}
    hint=${fullDate(ask[key])}>
    ${(/** @type {any} */ a) => html`<input ...${a} type="date" value=${ask[key]} max=${addDays(today(), 400)}
      onChange=${(/** @type {Event} */ e) => valueOf(e) && onChange({ [key]: valueOf(e) })} />`}</${Field}>`;
  return html`<div class="card summary-ask">
    <${Chips} legend=${t('summary.range')} name="range" value=${preset}
      options=${presets.map((p) => [p, t(`summary.range.${p}`)])}
      onChange=${(/** @type {import('./summary/range.js').Preset} */ p) => {
        const { from, to } = rangeOf(p, today());
        onChange({ from, to });
      }} />
    <div class="summary-fields">${date('from')}${date('to')}
      ${venues.length > 1 && html`<${VenueSelect} list=${venues} value=${ask.venue} all
        onChange=${(/** @type {string} */ venue) => onChange({ venue })} />`}</div></div>`;
};

/** @param {string} start @param {Summary['by']} by */
const periodName = (start, by) => format(start, lang.value, /** @type {const} */ ({
  day: { month: 'numeric', day: 'numeric', weekday: 'short' },
  week: { month: 'numeric', day: 'numeric' },
  month: { year: 'numeric', month: 'short' },
})[by]);

/** @param {{ data: Summary }} props */
const Figures = ({ data }) => {
  if (empty(data.total)) return html`<p class="empty card"><${Icon} name="chart-column" /><br />
    ${t('summary.none')}</p>`;
  const day = busyHours(data.hours);
  const periods = data.periods.map((m) => ({ key: m.start, name: periodName(m.start, data.by), m }));
  const clock = day.map((m) => ({ key: String(m.hour), name: `${m.hour}:00–${m.hour + 1}:00`, m }));
  const over = t(`summary.by.${data.by}`);
  return html`<${Totals} m=${data.total} />
    ${data.total.full + data.total.refused > 0 && html`<p id="unmet">${t('summary.unmet',
      { full: data.total.full, refused: data.total.refused })}</p>`}
    ${data.computed_at && html`<p class="muted" id="computed">${t('summary.computed',
      { at: momentText(data.computed_at) })}</p>`}
    <div class="part"><h2 id="over">${over}</h2><div class="with-table">
      <${BarChart} title=${over} labels=${periods.map((p) => p.name)} series=${[
        { name: t('summary.offered'), tone: 'offered', values: periods.map((p) => hours(p.m.offered)) },
        { name: t('summary.booked'), tone: 'booked', values: periods.map((p) => hours(p.m.booked)) },
        { name: t('summary.attended'), tone: 'attended',
          values: periods.map((p) => hours(p.m.attended)) }]} />
      <${MeasureTable} caption=${over} head=${t('summary.period')} lines=${periods} columns="brief" /></div>
      </div>
    <div class="part"><h2 id="clock">${t('summary.hours')}</h2><p class="hint">${t('summary.hours.hint')}</p>
      <div class="with-table"><${BarChart} percent title=${t('summary.hours')}
        labels=${day.map((h) => String(h.hour))} series=${[
        { name: t('summary.rate.booked'), tone: 'booked',
          values: day.map((h) => share(h.booked, h.offered)) },
        { name: t('summary.rate.used'), tone: 'attended',
          values: day.map((h) => share(h.attended, h.offered)) }]} />
      <${MeasureTable} caption=${t('summary.hours')} head=${t('summary.hour')} lines=${clock}
        columns="brief" /></div></div>
    <div class="part"><h2 id="by-venue">${t('summary.venues')}</h2>
      <${MeasureTable} caption=${t('summary.venues')} head=${t('manage.venue')} columns="full"
        total=${data.total}
        lines=${data.venues.map((m) => ({ key: m.id, name: pick(m.name) || m.id, m }))} /></div>
    <div class="part"><h2 id="by-group">${t('summary.groups')}</h2>
      <${MeasureTable} caption=${t('summary.groups')} head=${t('summary.group')} columns="grouped"
        lines=${data.groups.map((m) => ({ key: m.group, name: groupName(m.group), m }))} /></div>
    <${Written} from=${data.from} to=${data.to} />
    <${Explanation} />`;
};

/** @param {string} group */
function groupName(group) {
  const key = `summary.group.${group || 'residents'}`;
  return known(key) ? t(key) : group;
}

/** @param {{ m: Measures }} props */
const Totals = ({ m }) => {
  /** @param {'offered' | 'booked' | 'attended'} key @param {string} [note] */
  const figure = (key, note) => html`<div class=${'figure ' + key}><dt>${t(`summary.${key}`)}</dt>
    <dd class="num"><span>${hoursWord(m[key])}</span> <small>${t('summary.unit')}</small></dd>
    ${note && html`<dd class="note">${note}</dd>`}</div>`;
  return html`<dl class="card totals" aria-label=${t('summary.total')}>
    ${figure('offered')}
    ${figure('booked', t('summary.of.offered', { p: percent(m.booked, m.offered) }))}
    ${figure('attended', t('summary.of.booked', { p: percent(m.attended, m.booked) }))}
    <div class="figure"><dt>${t('summary.no_shows')}</dt><dd class="num"><span>${number(m.no_shows)}</span>
    </dd>
      <dd class="note">${t('summary.of.bookings', { p: percent(m.no_shows, m.bookings), n: m.bookings })}</dd>
      </div>
  </dl>`;
};

const Explanation = () => html`<section class="card part explain" aria-labelledby="explain"><h2 id="explain">
  ${t('summary.explain')}</h2>
  <dl>${/** @type {const} */ (['offered', 'booked', 'attended', 'no_shows']).map((k) => html`<div key=${k}>
    <dt>${t(`summary.${k}`)}</dt><dd>${t(`summary.explain.${k}`)}</dd></div>`)}</dl>
  <p class="muted">${t('summary.explain.when')}</p></section>`;
