// @ts-check
// My bookings: what comes next and what to do about it; what is over.
import { cls, html, Icon, useEffect, useState } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { now, timeOf } from '../lib/dates.js';
import { Chips } from '../lib/forms.js';
import { go, Heading, place } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { account, session, signInNeeded } from '../lib/session.js';
import { useLoad } from '../lib/load.js';
import { placesText } from '../lib/places.js';
import { momentText, nearDate, timeRange } from '../lib/words.js';
import { SignInForm } from './sign-in-form.js';
import { byText, ForTag } from './whom.js';

/** @typedef {import('../types').Booking} Booking */
/** @typedef {{ items: Booking[], next?: string }} Listed */

/** @type {Record<import('../types').State, string>} */
const looks = {
  confirmed: 'info', checked_in: 'good', away: 'warn', reported: 'bad',
  completed: '', cancelled: '', no_show: 'bad',
};

/** @param {{ state: import('../types').State }} props */
export const StateTag = ({ state }) => html`
  <span class=${'tag ' + looks[state]}>${t(`state.${state}`)}</span>`;

/** For whom it is and who did it, where that is not oneself. @param {{ booking: Booking }} props */
const ForLine = ({ booking: b }) => {
  const by = b.by && !b.by.self ? byText(b) : '';
  const tag = html`<${ForTag} booking=${b} />`;
  return b.holder.id === account()?.id && !by ? null : html`<p class="booking-for">${tag} ${by
    && html`<span class="muted">${by}</span>`}</p>`;
};

/** A server's moment on the venue's wall clock, to be compared with now(). @param {string} moment */
const wall = (moment) => moment.slice(0, 16);

/** What the holder has to do next, in words. @param {Booking} b @returns {string} */
export function nextStep(b) {
  if (b.state === 'checked_in') return t('mine.next.in', { time: timeOf(b.end) });
  if (b.state === 'away') return t('mine.next.away', { time: timeOf(b.back_by ?? b.end) });
  if (b.state === 'reported') return t('mine.next.reported', { time: timeOf(b.return_by ?? b.end) });
  if (b.state !== 'confirmed' || b.no_check_in) return '';
  const { opens, closes } = b.check_in;
  if (now() < wall(opens)) return t('mine.next.early', { time: momentText(opens) });
  return now() < wall(closes) ? t('mine.next.open', { time: timeOf(closes) }) : t('mine.next.late');
}

/**
 * @param {{ past: boolean, whose: string, after: string }} q @param {AbortSignal} [signal]
 * @returns {Promise<Listed>}
 */
const mine = ({ past, whose, after }, signal) => (
  api('/bookings' + query({ past, for: whose, limit: 20, after }), { signal }));

export default function BookingsPage() {
  const asked = new URLSearchParams(place.value.search);
  const past = asked.has('past');
  const whose = asked.get('for') ?? '';
  const first = useLoad((signal) => mine({ past, whose, after: '' }, signal), [past, whose]);
  const [more, setMore] = useState(/** @type {Listed | null} */ (null));
  useEffect(() => setMore(null), [past, whose]);
  if (signInNeeded(first.error)) {
    return html`<div class="narrow"><${Heading} text=${t('mine.title')} />
      <div class="card"><${SignInForm} why=${t('mine.need')} onDone=${first.reload} /></div></div>`;
  }
  const earlier = more?.items ?? [];
  const all = [...(first.data?.items ?? []), ...earlier];
  const off = (/** @type {Booking} */ b) => Number(!past && b.state === 'cancelled');
  const items = all.sort((a, b) => off(a) - off(b)); // what is still to come stands before what was given up
  const next = more ? more.next : first.data?.next;
  const load = () => mine({ past, whose, after: next ?? '' })
    .then((page) => setMore({ items: [...earlier, ...page.items], next: page.next }));
  const tab = (/** @type {boolean} */ is, /** @type {string} */ href, /** @type {string} */ text) => html`
    <a class="tab" href=${href} aria-current=${is ? 'page' : undefined}>${text}</a>`;
  return html`<div class="narrow"><${Heading} text=${t('mine.title')} />
    <nav class="tabs" aria-label=${t('mine.title')}>
      ${tab(!past, here(false, whose), t('mine.upcoming'))}${tab(past, here(true, whose),
        t('mine.past'))}</nav>
    <${Whose} value=${whose} past=${past} />
    <${ErrorNote} error=${first.error} retry=${first.reload} />
    ${first.busy && !items.length && html`<p class="loading">${t('loading')}</p>`}
    ${first.data && !first.busy && !items.length && html`<div class="empty"><${Icon} name="calendar-days" />
      <p>${t(past ? 'mine.none.past' : 'mine.none')}</p>
      <a class="button" href="/">${t('mine.find')}</a></div>`}
    <ul class="stack">${items.map((b) => html`<${Item} key=${b.id} booking=${b} />`)}</ul>
    ${next && html`<p class="actions">
      <button type="button" class="secondary" onClick=${load}>${t('mine.more')}</button></p>`}
  </div>`;
}

/** The address of this page. @param {boolean} past @param {string} whose */
const here = (past, whose) => '/bookings' + query({ ...(past ? { past: 1 } : {}), for: whose });

/**
 * Whose bookings are shown, for those who act for others: oneself and the family, one of them, or one of the
 * organizations, also where one only sees its bookings.
 * @param {{ value: string, past: boolean }} props
 */
const Whose = ({ value, past }) => {
  const others = session.value?.acts_for ?? [];
  const me = account();
  if (!me || !others.length) return null;
  const family = others.some((o) => o.kind === 'family');
  /** @type {[string, any][]} */
  const options = [
    ['', t(family ? 'mine.whom.all' : 'mine.whom.me')],
    ...(family ? [/** @type {[string, any]} */ ([me.id, t('mine.whom.me')])] : []),
    ...others.map((o) => /** @type {[string, any]} */ ([o.id, o.name])),
  ];
  return html`<${Chips} legend=${t('mine.whom')} name="whose" value=${value} options=${options}
    onChange=${(/** @type {string} */ id) => go(here(past, id))} />`;
};

/** @param {{ booking: Booking }} props */
const Item = ({ booking: b }) => {
  const step = nextStep(b);
  const gone = b.state === 'away' || b.state === 'reported';
  const open = gone || (b.state === 'confirmed' && now() >= wall(b.check_in.opens));
  const party = b.party > 1 && ` · ${t('mine.party', { n: b.party })}`;
  return html`<li class=${cls('card booking', b.state === 'cancelled' && 'quiet')}>
    <div class="row"><h2 class="when"><a class="whole" href=${`/bookings/${b.id}`}>
      <span>${nearDate(b.start)}</span> <span class="num">${timeRange(b.start, b.end)}</span></a></h2>
      <${StateTag} state=${b.state} /></div>
    <${ForLine} booking=${b} />
    <p>${pick(b.venue.name)} · ${placesText(b)}${party}</p>
    ${step && html`<p class=${open ? 'step now' : 'step'}><${Icon} name="clock" />${step}</p>`}
    ${b.state === 'confirmed' && b.can.pass && html`<span class="button" aria-hidden="true">
      <${Icon} name="qr-code" />${t('mine.pass')}</span>`}
  </li>`;
};
