// @ts-check
// What the code on a seat or a room opens: how the place stands now, in large type, and one button for what
// comes next. Signing in happens inside, so that whoever stands there need not scan twice.
import { cls, html, Icon, useEffect, useState } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api, ApiError, query } from '../lib/api.js';
import { now } from '../lib/dates.js';
import { Heading } from '../lib/router.js';
import { ErrorNote, explain } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { account, acting, signedOut } from '../lib/session.js';
import { announce } from '../lib/shell.js';
import { nearTime } from '../lib/full-date.js';
import { Absence } from './attend.js';
import { Own } from './at-own.js';
import { BookHere } from './at-book.js';
import { SignInForm } from './sign-in-form.js';

/** @typedef {import('../types').SeatCode} SeatCode */

/** The tone and the icon of each state. @type {Record<SeatCode['state'], [string, string]>} */
const looks = {
  free: ['good', 'circle-check'], booked: ['warn', 'clock'], in_use: ['off', 'user'],
  away: ['warn', 'door-open'], reported: ['warn', 'clock-alert'], kept: ['off', 'clock'],
  closed: ['off', 'ban'], not_bookable: ['off', 'ban'],
};

/** @param {{ code: string }} props */
export default function AtPage({ code }) {
  const holder = acting()?.id ?? '';
  const { data, error, reload } = useLoad((signal) => /** @type {Promise<SeatCode>} */ (
    api(`/codes/${code}` + query({ for: holder }), { signal })), [code, holder, account()?.id]);
  const [signing, setSigning] = useState(false);
  useAgain(data, reload);
  if (!data) {
    return html`<div class="narrow"><${Heading} text=${t('at.title')} />${error
      ? html`<${ErrorNote} error=${error} retry=${reload} />` : html`<p
        class="loading">${t('loading')}</p>`}</div>`;
  }
  const name = pick(data.space.under) ? `${pick(data.space.under)} ${pick(data.space.name)}`
    : pick(data.space.name);
  const mine = data.mine[0];
  return html`<div class="narrow at">
    <p class="at-venue">${pick(data.venue.name)}</p>
    <${Heading} text=${name} />
    ${!mine && html`<${State} at=${data} />`}
    ${error && html`<${ErrorNote} error=${error} retry=${reload} />`}
    ${signing ? html`<div class="card"><${SignInForm} why=${t('at.why')}
        onDone=${() => { setSigning(false); reload(); }} /></div>`
      : mine ? html`<${Absence} booking=${mine} />
        <${Own} at=${data} booking=${mine} onChange=${reload} />`
        : html`<${Ways} at=${data} onSignIn=${() => setSigning(true)} onChange=${reload} />`}
  </div>`;
}

/**
 * Asks again when the state is about to change. @param {SeatCode | undefined} at @param {() => void} reload
 */
function useAgain(at, reload) {
  const moments = at ? [at.until, at.next, at.mine[0]?.back_by, at.mine[0]?.return_by,
    at.mine[0]?.check_in.opens] : [];
  const next = moments.map((m) => (m ?? '').slice(0, 16)).filter((m) => m > now()).sort()[0];
  useEffect(() => {
    if (!next) return undefined;
    const wait = Date.parse(next + 'Z') - Date.parse(now() + 'Z') + 2000;
    const timer = setTimeout(reload, Math.min(wait, 600_000));
    return () => clearTimeout(timer);
  }, [at]);
}

/** @param {{ at: SeatCode }} props */
const State = ({ at }) => {
  const [tone, icon] = looks[at.state];
  const until = at.state === 'free' ? at.next : at.until;
  const times = until && (at.state === 'free' ? t('at.next', { time: nearTime(until) })
    : t(at.state === 'closed' ? 'at.opens' : at.state === 'away' || at.state === 'reported' ? 'at.back'
      : 'at.until',
      { time: nearTime(until) }));
  return html`<div class=${cls('at-state', tone)} role="status"><${Icon} name=${icon} />
    <strong>${t(`at.state.${at.state}`)}</strong>${times && html`<span>${times}</span>`}</div>`;
};

/**
 * What somebody can do who has nothing here: book it, or say that it is empty.
 * @param {{ at: SeatCode, onSignIn: () => void, onChange: () => void }} props
 */
const Ways = ({ at, onSignIn, onChange }) => {
  const free = at.state === 'free';
  return html`${at.offer && (free || ['booked', 'in_use', 'kept'].includes(at.state))
    ? html`<${BookHere} at=${at} onSignIn=${onSignIn} onChange=${onChange} />`
    : free && at.refusal && html`<div class="notice warn"><${Icon} name="info" />
        <p>${t('at.not', { why: refusalText(at) })}</p></div>`}
    ${at.can_report && html`<${Report} at=${at} onSignIn=${onSignIn} onChange=${onChange} />`}
    <p class="actions"><a class="button secondary"
      href=${'/venues/' + at.venue.id}>${t('at.others')}</a></p>`;
};

/** @param {SeatCode} at */
const refusalText = (at) => at.refusal ? explain(new ApiError(422, at.refusal)) : '';

/** @param {{ at: SeatCode, onSignIn: () => void, onChange: () => void }} props */
const Report = ({ at, onSignIn, onChange }) => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const report = async () => {
    if (!account()) return onSignIn();
    setBusy(true);
    setError(null);
    try {
      /** @type {{ return_by?: string }} */
      const { return_by: by } = await api(`/codes/${at.code}/report`, { method: 'POST' });
      announce(t('at.report.done', { time: by ? nearTime(by) : '' }));
      onChange();
    } catch (err) {
      if (signedOut(err)) onSignIn();
      else setError(err);
    }
    setBusy(false);
    return undefined;
  };
  return html`<section class="card"><h2>${t('at.report.title')}</h2><p>${t('at.report.text')}</p>
    <${ErrorNote} error=${error} />
    <button type="button" class="large secondary" disabled=${busy} onClick=${report}>
      <${Icon} name="search" />${t('at.report')}</button></section>`;
};
