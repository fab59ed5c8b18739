// @ts-check
// A dialog with one booking, or with all of a room in an hour; staff check in and out from it.
import { html, Icon, useState } from '../../lib/ui.js';
import { pick, t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { timeOf } from '../../lib/dates.js';
import { whenText } from '../../lib/words.js';
import { Dialog } from '../../lib/dialog.js';
import { ErrorNote } from '../../lib/errors.js';
import { useLoad } from '../../lib/load.js';
import { may } from '../../lib/session.js';
import { Actions } from './actions.js';
import { StateTag } from './states.js';
import { BookingItem } from './daylist.js';
import { spaced } from './day.js';

/** @typedef {import('../../types').Booking} Booking */
/** @typedef {import('./day.js').Bar} Bar */
/** @typedef {import('./timetable.js').Chosen} Chosen */

/** @param {{ term: string, children?: any }} props */
const Line = ({ term, children }) => html`<div><dt>${term}</dt><dd>${children}</dd></div>`;

/** @param {{ booking: Booking, onChanged: () => void }} props */
const Facts = ({ booking: b, onChanged }) => {
  const here = may('check_in', b.venue.id);
  const seats = b.assigned.map((s) => pick(s.name)).join(t('comma'));
  return html`<dl class="facts">
      <${Line} term=${t('board.state')}><${StateTag} state=${b.state} /></${Line}>
      <${Line} term=${t('pass.number')}><strong class="num number">${spaced(b.number)}</strong></${Line}>
      <${Line} term=${t('pass.holder')}>${b.holder.name || t('board.noname')}${b.by?.staff
        && html` <span class="muted">${t('board.bystaff')}</span>`}</${Line}>
      <${Line} term=${t('pass.party')}>${b.party}</${Line}>
      <${Line} term=${t('pass.spaces')}>
        ${pick(b.space.name)}${seats !== pick(b.space.name) && html` · ${seats}`}</${Line}>
      <${Line} term=${t('pass.when')}>${whenText(b.start, b.end)}</${Line}>
      ${b.purpose && html`<${Line} term=${t('pass.purpose')}>${b.purpose}</${Line}>`}
      ${b.state === 'confirmed' && !b.no_check_in && html`<${Line} term=${t('board.window')}>
        ${t('board.window.text', { opens: timeOf(b.check_in.opens), closes: timeOf(b.check_in.closes) })}
        </${Line}>`}
      ${b.back_by && html`<${Line} term=${t('board.back.by')}>${timeOf(b.back_by)}</${Line}>`}
      ${b.return_by && html`<${Line} term=${t('board.back.by')}>${timeOf(b.return_by)}</${Line}>`}
      ${b.violation && html`<${Line} term=${t('board.violation')}>
        ${t(`rule.value.violation.${b.violation}`)}</${Line}>`}
      ${b.check_in_at && html`<${Line} term=${t('board.in.at')}>${timeOf(b.check_in_at)}</${Line}>`}
      ${b.check_out_at && html`<${Line} term=${t('board.out.at')}>${timeOf(b.check_out_at)}</${Line}>`}
    </dl>
    ${here && html`<${Actions} booking=${b} onChanged=${onChanged} />`}`;
};

/** @param {{ id: string, onChanged: () => void }} props */
const One = ({ id, onChanged }) => {
  const { data, error, reload } = useLoad(
    (signal) => /** @type {Promise<Booking>} */ (api('/bookings/' + id, { signal })), [id]);
  if (!data) return error ? html`<${ErrorNote} error=${error} retry=${reload} />` : html`<p class="loading">
    ${t('loading')}</p>`;
  return html`<${Facts} booking=${data} onChanged=${() => { reload(); onChanged(); }} />`;
};

/**
 * @param {{ chosen: Chosen, spaces: Map<string, import('../../types').Space>, onChanged: () => void,
 *   onClose: () => void }} props
 */
export const Details = ({ chosen, spaces, onChanged, onClose }) => {
  const [id, setId] = useState(chosen.bars.length === 1 ? chosen.bars[0].id : '');
  const several = chosen.bars.length !== 1;
  return html`<${Dialog} title=${chosen.title} onClose=${onClose}>
    ${id && several && html`<button type="button" class="link" onClick=${() => setId('')}>
      <${Icon} name="chevron-left" />${t('board.back')}</button>`}
    ${id ? html`<${One} key=${id} id=${id} onChanged=${onChanged} />`
      : chosen.bars.length ? html`<ul class="booking-list">${chosen.bars.map((b) => html`
          <${BookingItem} key=${b.id} bar=${b} spaces=${spaces} onOpen=${() => setId(b.id)} />`)}</ul>`
        : html`<p class="empty">${t('board.none')}</p>`}
  </${Dialog}>`;
};
