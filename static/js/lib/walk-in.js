// @ts-check
// Counting who comes in without booking: a tap for each, and a way to take the last one back.
import { html, Icon, useRef, useState } from './ui.js';
import { t } from './i18n.js';
import { api, ApiError, newKey } from './api.js';
import { now } from './dates.js';
import { Chips } from './forms.js';
import { ErrorNote } from './errors.js';
import { signedOut } from './session.js';
import { announce } from './shell.js';

/** @typedef {{ id: string, people: number, today: number, free: number }} Counted */

/** @typedef {'residents' | 'families' | 'elders' | 'disabled'} Walker */
/** Whom staff can tell apart at the door. @type {Walker[]} */
const everybody = ['residents', 'families', 'elders', 'disabled'];

/**
 * Whether somebody who is known may come in without a booking on any day, by their age or group.
 * @param {import('../types').Rules} rules @param {import('../types').Person} person
 */
export function isExempt({ exempt_age: age, exempt_groups: groups = [] }, { birth_year: year, group = '' }) {
  return Boolean(age && year && Number(now().slice(0, 4)) - year >= age) || groups.includes(group);
}

/**
 * @param {{ venue: string, today: number, groups?: Walker[], person?: string, onChange?: () => void }} props
 *   groups: who may come in without a booking; person: the account of the one who does, where it is known
 */
export const WalkIn = ({ venue, today, groups = everybody, person, onChange }) => {
  const [chosen, setGroup] = useState('residents');
  const group = groups.find((g) => g === chosen) ?? groups[0];
  const [last, setLast] = useState(/** @type {Counted | null} */ (null));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const key = useRef(''); // of a tap that was not answered yet
  const run = async (/** @type {() => Promise<void>} */ work) => {
    setBusy(true);
    setError(null);
    await work().catch((err) => { signedOut(err); setError(err); });
    setBusy(false);
  };
  const count = () => run(async () => {
    key.current ||= newKey();
    try {
      /** @type {Counted} */
      const counted = await api(`/venues/${venue}/walk-ins`, { method: 'POST',
        body: person ? { person } : { group }, key: key.current });
      key.current = '';
      setLast(counted);
      announce(t('walkin.done', { n: counted.today }));
      onChange?.();
    } catch (err) {
      if (err instanceof ApiError && !err.passing) key.current = '';
      throw err;
    }
  });
  const undo = () => run(async () => {
    if (!last) return;
    await api(`/venues/${venue}/walk-ins/${last.id}`, { method: 'DELETE' });
    setLast(null);
    announce(t('walkin.undone'));
    onChange?.();
  });
  const shown = last ? Math.max(today, last.today) : today;
  return html`<section class="card walk-in" aria-label=${t('walkin.title')}>
    <p class="walk-in-head"><strong>${t('walkin.title')}</strong>
      ${shown > 0 && html`<span class="num" id="walked-in">${t('walkin.today', { n: shown })}</span>`}</p>
    ${!person && html`<${Chips} legend=${t('walkin.group')} hideLegend name="walk-in-group" value=${group}
      onChange=${setGroup} options=${groups.map((g) => [g, t(`summary.group.${g}`)])} />`}
    <${ErrorNote} error=${error} />
    <div class="actions"><button type="button" class="large" id="walk-in" disabled=${busy} onClick=${count}>
        <${Icon} name="plus" />${t('walkin.one')}</button>
      ${last && html`<button type="button" class="secondary" id="walk-in-undo" disabled=${busy}
        onClick=${undo}>
        <${Icon} name="undo-2" />${t('walkin.undo')}</button>`}</div></section>`;
};
