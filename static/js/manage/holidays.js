// @ts-check
// The national holiday calendar: everybody on the staff reads it, administrators keep it.
import { cls, html, Icon, useState } from '../lib/ui.js';
import { lang, t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { format, today } from '../lib/dates.js';
import { Heading } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { may, signedOut } from '../lib/session.js';
import { announce } from '../lib/shell.js';
import { Guard } from './editor/guard.js';
import { datesOf, festivals, ofYear, putFestival, putYears, yearsOf } from './holidays/calendar.js';
import { FestivalForm, ImportForm } from './holidays/forms.js';
import { Year } from './holidays/year.js';

/** @typedef {import('./holidays/calendar.js').Holiday} Holiday */
/** @typedef {import('./holidays/calendar.js').Festival} Festival */
/** @typedef {{ revision?: number, days: Holiday[] }} Calendar */

export default function HolidaysPage() {
  const { data, error, reload } = useLoad(
    (signal) => /** @type {Promise<Calendar>} */ (api('/holidays', { signal })), []);
  return html`<${Heading} text=${t('holidays.title')} /><p class="lead">${t('holidays.hint')}</p>
    ${data ? html`<${Keeper} key=${data.revision} stored=${data} onReload=${reload} />`
      : error ? html`<${ErrorNote} error=${error} retry=${reload} />` : html`<p class="loading">
        ${t('loading')}</p>`}`;
}

/** The calendar in hand. @param {{ stored: Calendar, onReload: () => void }} props */
const Keeper = ({ stored, onReload }) => {
  const [days, setDays] = useState(stored.days);
  const [year, setYear] = useState(Number(today().slice(0, 4)));
  const [editing, setEditing] = useState(/** @type {Festival | 'new' | 'import' | null} */ (null));
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const [busy, setBusy] = useState(false);
  const mine = may('edit_calendar');
  const dirty = JSON.stringify(days) !== JSON.stringify(stored.days);
  const close = () => setEditing(null);
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      await api('/holidays', { method: 'PUT', body: { revision: stored.revision, days } });
      announce(t('edit.saved'));
      onReload();
    } catch (err) {
      signedOut(err);
      setError(err);
    }
    setBusy(false);
  };
  const take = (/** @type {Holiday[]} */ other) => {
    setDays(putYears(days, other));
    setYear(yearsOf(other)[0]);
    close();
  };
  return html`<div class="row"><${YearNav} year=${year} days=${days} onChange=${setYear} />
    <div class="holiday-ways">${mine && html`
        <button type="button" id="add-festival" onClick=${() => setEditing('new')}>
          <${Icon} name="plus" />${t('holidays.add')}</button>
        <button type="button" class="secondary" id="import" onClick=${() => setEditing('import')}>
          <${Icon} name="upload" />${t('holidays.import')}</button>`}
      <button type="button" class="secondary" id="export" onClick=${() => download(days)}>
        <${Icon} name="download" />${t('holidays.export')}</button></div></div>
    ${!ofYear(days, year).length && html`<p class="notice warn"><${Icon} name="info" /><span>
      ${t('holidays.unknown', { year: String(year) })}</span></p>`}
    <${ErrorNote} error=${error} />
    <div class="holidays"><${Festivals} list=${festivals(days, year)} editable=${mine} onEdit=${setEditing}
        onRemove=${(/** @type {Festival} */ f) => setDays(putFestival(days, year, f.name, null))} />
      <${Year} year=${year} days=${days} /></div>
    ${mine && html`<div class=${cls('save-bar', dirty && 'dirty')}>
      <p role="status">${t(dirty ? 'edit.unsaved' : 'edit.nothing')}</p>
      <button type="button" class="ghost" disabled=${!dirty || busy} onClick=${() => setDays(stored.days)}>
        ${t('edit.discard')}</button>
      <button type="button" class="large" id="save" disabled=${!dirty || busy} onClick=${save}>
        <${Icon} name="save" />${t(busy ? 'edit.saving' : 'edit.save')}</button></div>
      <${Guard} id="" dirty=${dirty} />`}
    ${editing === 'import' ? html`<${ImportForm} onDone=${take} onClose=${close} />`
      : editing && html`<${FestivalForm} year=${year} festival=${editing === 'new' ? null : editing}
        onClose=${close}
        onDone=${(/** @type {Festival} */ f) => {
          setDays(putFestival(days, year, editing === 'new' ? '' : editing.name, f));
          close();
        }} />`}`;
};

/** @param {{ year: number, days: Holiday[], onChange: (year: number) => void }} props */
const YearNav = ({ year, days, onChange }) => html`<div class="date-nav year-nav" role="group"
  aria-label=${t('holidays.year')}>
  <button type="button" class="secondary icon-only" aria-label=${t('holidays.prev')}
    onClick=${() => onChange(year - 1)}>
    <${Icon} name="chevron-left" /></button>
  <h2 aria-live="polite">${format(`${year}-01-01`, lang.value, { year: 'numeric' })}</h2>
  <button type="button" class="secondary icon-only" aria-label=${t('holidays.next')}
    onClick=${() => onChange(year + 1)}>
    <${Icon} name="chevron-right" /></button>
  <span class="muted">${t('holidays.count', { n: ofYear(days, year).filter((d) => !d.work).length })}</span>
  </div>`;

/** @param {string} date */
const short = (date) => format(date, lang.value, { month: 'short', day: 'numeric', weekday: 'short' });

/**
 * @param {{ list: Festival[], editable: boolean, onEdit: (f: Festival) => void,
 *   onRemove: (f: Festival) => void }} props
 */
const Festivals = ({ list, editable, onEdit, onRemove }) => html`<ul class="festivals">${list.map((f) => html`
  <li class="card" key=${f.name}><h3>${f.name} <span class="tag good">
    ${t('holidays.days', { n: datesOf(f.off).length })}</span></h3>
    <p><strong class="off">${t('holidays.off.mark')}
      </strong> ${f.off.map(([from, to]) => (from === to ? short(from)
      : `${short(from)} – ${short(to)}`)).join(t('comma'))}</p>
    ${f.work.length > 0 && html`<p><strong class="work">${t('holidays.work.mark')}
      </strong> ${f.work.map(short).join(t('comma'))}</p>`}
    ${editable && html`<p class="festival-ways">
      <button type="button" class="ghost" aria-label=${t('holidays.edit.of', { name: f.name })}
        onClick=${() => onEdit(f)}>
        <${Icon} name="pencil" />${t('venues.edit')}</button>
      <button type="button" class="ghost remove" aria-label=${t('holidays.remove.of', { name: f.name })}
        onClick=${() => onRemove(f)}><${Icon} name="trash-2" />${t('edit.spaces.remove.yes')}</button></p>`}
        </li>`)}</ul>`;

/** Saves the calendar as a file that can be taken over elsewhere. @param {Holiday[]} days */
function download(days) {
  const url = URL.createObjectURL(new Blob([JSON.stringify({ days }, null, 1)],
    { type: 'application/json' }));
  const a = document.createElement('a');
  a.href = url;
  a.download = 'holidays.json';
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
