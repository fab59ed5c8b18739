// @ts-check
// One booking: its pass, what to do and when, and the ways to change it.
import { html, Icon, useEffect, useState } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { Heading, place } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { dropPass } from '../lib/offline.js';
import { placesText } from '../lib/places.js';
import { signInNeeded } from '../lib/session.js';
import { announce } from '../lib/shell.js';
import { clearSlip, printSlip } from '../lib/slip.js';
import { longDate, momentText, shortDate, timeRange } from '../lib/words.js';
import { Absence, Promises, Verbs } from './attend.js';
import { StateTag } from './bookings.js';
import { CancelDialog, MoveDialog } from './change.js';
import { Code } from './pass.js';
import { doneText } from './reserve.js';
import { SignInForm } from './sign-in-form.js';
import { ForTag, otherName } from './whom.js';

/** @typedef {import('../types').Booking} Booking */

/** @param {{ id: string }} props */
export default function BookingPage({ id }) {
  const { data, error, reload, set } = useLoad(
    (signal) => /** @type {Promise<Booking>} */ (api(`/bookings/${id}`, { signal })), [id]);
  if (signInNeeded(error)) {
    return html`<div class="narrow"><${Heading} text=${t('signin.title')} />
      <div class="card"><${SignInForm} why=${t('mine.need')} onDone=${reload} /></div></div>`;
  }
  return html`<div class="narrow">
    <p class="back-line"><a class="back" href="/bookings">
      <${Icon} name="chevron-left" />${t('mine.title')}</a></p>
    ${data ? html`<${Shown} booking=${data} onChange=${set} />`
      : error ? html`<${Heading} text=${t('pass.title')} /><${ErrorNote} error=${error} retry=${reload} />`
        : html`<p class="loading">${t('loading')}</p>`}</div>`;
}

/** Whether the pass opens a door, now or later. @param {Booking} b */
const isLive = (b) => ['confirmed', 'checked_in', 'away', 'reported'].includes(b.state);

/** @param {{ booking: Booking, onChange: (b: Booking) => void }} props */
const Shown = ({ booking: b, onChange }) => {
  const fresh = new URLSearchParams(place.value.search).has('new');
  const live = isLive(b);
  useEffect(() => { if (!live) dropPass(b.id); }, [live]);
  return html`<${Heading} text=${live && b.can.pass ? t('pass.title') : t('pass.booking')} />
    ${fresh && live && html`<div class="notice good"><${Icon} name="circle-check" />
      <p>${doneText(b)}</p></div>`}
    <article class="card pass" aria-label=${t('pass.title')}>
      ${otherName(b) && html`<p class="pass-for"><${ForTag} booking=${b} /></p>`}
      ${live && html`<div class="no-print"><${Absence} booking=${b} />
        <${Verbs} booking=${b} onChange=${onChange} /></div>`}
      ${live && b.can.pass ? html`<${Code} booking=${b} when=${windowText(b)} />`
        : html`<p class="pass-state"><${StateTag} state=${b.state} /> ${!live && endText(b)}</p>`}
      <${Facts} booking=${b} />
    </article>
    ${live && html`<${Promises} booking=${b} />`}
    <${Changes} booking=${b} onChange=${onChange} />`;
};

/** Why a booking is over, and which rule it broke. @param {Booking} b */
function endText({ state, violation }) {
  if (violation && state !== 'no_show') {
    return t('pass.violation', { what: t(`rule.value.violation.${violation}`) });
  }
  if (state === 'cancelled') return t('pass.cancelled');
  return t(state === 'no_show' ? 'pass.missed' : 'pass.over');
}

/** When to check in, or when it was done. @param {Booking} b */
function windowText({ state, start, check_in: { opens, closes }, check_in_at: at, no_check_in: never }) {
  if (never) return t('rule.no_check_in');
  if (state !== 'confirmed') return t('pass.in', { time: momentText(at ?? start) });
  return t('pass.window', { when: `${shortDate(opens)} ${timeRange(opens, closes)}` });
}

/** @param {{ booking: Booking }} props */
const Facts = ({ booking: b }) => html`<dl class="facts">
  <div><dt>${t('pass.when')}</dt>
    <dd>${longDate(b.start)} <span class="num">${timeRange(b.start, b.end)}</span></dd></div>
  <div><dt>${t('pass.where')}</dt><dd><a href=${`/venues/${b.venue.id}`}>${pick(b.venue.name)}</a><br />
    <span class="muted">${pick(b.venue.address)}</span></dd></div>
  <div><dt>${t('pass.spaces')}</dt><dd>${placesText(b)}</dd></div>
  ${b.party > 1 && html`<div><dt>${t('pass.party')}</dt><dd>${t('mine.party', { n: b.party })}</dd></div>`}
  ${b.purpose && html`<div><dt>${t('pass.purpose')}</dt><dd>${b.purpose}</dd></div>`}
  ${b.holder.name && html`<div><dt>${t('pass.holder')}</dt><dd>${b.holder.name}</dd></div>`}
  ${b.by && html`<div><dt>${t('pass.by')}</dt>
    <dd>${t(b.by.staff ? 'pass.by.staff' : 'pass.by.other', { name: b.by.name })}</dd></div>`}
</dl>`;

/**
 * The ways on: only those that would not be refused.
 * @param {{ booking: Booking, onChange: (b: Booking) => void }} props
 */
const Changes = ({ booking: b, onChange }) => {
  const [dialog, setDialog] = useState(/** @type {'' | 'move' | 'cancel'} */ (''));
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const close = () => setDialog('');
  useEffect(() => clearSlip, [b.id]);
  const done = (/** @type {Booking} */ next, /** @type {import('../lib/i18n.js').Key} */ text) => {
    close();
    onChange(next);
    announce(t(text));
  };
  if (!isLive(b)) {
    return html`<p class="actions no-print">
      <a class="button" href=${`/venues/${b.venue.id}`}>${t('pass.again')}</a>
      ${b.violation && html`<a class="button secondary" href="/standing">${t('book.standing')}</a>`}</p>`;
  }
  return html`<div class="ways-on no-print"><${ErrorNote} error=${error} />
    <div class="actions">
      ${b.can.move && html`<button type="button" class="secondary" onClick=${() => setDialog('move')}>
        <${Icon} name="calendar-days" />${t('pass.move')}</button>`}
      ${b.can.cancel && html`<button type="button" class="secondary" onClick=${() => setDialog('cancel')}>
        <${Icon} name="x" />${t('pass.cancel')}</button>`}
      ${b.can.pass && html`<button type="button" class="secondary"
        onClick=${() => printSlip(b).catch(setError)}>
        <${Icon} name="printer" />${t('pass.print')}</button>`}
    </div>
    ${b.state === 'confirmed' && !b.can.cancel
      && html`<p class="hint">${t(b.can.pass ? 'pass.locked' : 'pass.member')}</p>`}
    ${dialog === 'move' && html`<${MoveDialog} booking=${b} onDone=${done} onClose=${close} />`}
    ${dialog === 'cancel' && html`<${CancelDialog} booking=${b} onDone=${done} onClose=${close} />`}
  </div>`;
};
