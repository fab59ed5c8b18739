// @ts-check
// One's strikes: what happened, what it counts, until when; what a suspension covers; appeals.
import { html, Icon, useState } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { Chips } from '../lib/forms.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { Heading, place, setSearch } from '../lib/router.js';
import { account, acting, booksFor, loadSession, session } from '../lib/session.js';
import { announce } from '../lib/shell.js';
import { SignInForm } from './sign-in-form.js';
import { Held, Past, StrikeCard, violations } from '../standing/words.js';
import { AppealDialog } from './appeal.js';
import { Appeals } from './appeals.js';

/** @typedef {import('../types').Standing} Standing */
/** @typedef {import('../types').Strike} Strike */

export default function StandingPage() {
  if (!session.value) return html`<div class="narrow"><p class="loading">${t('loading')}</p></div>`;
  if (!account()) {
    return html`<div class="narrow"><${Heading} text=${t('standing.title')} />
      <div class="card"><${SignInForm} why=${t('standing.need')} onDone=${loadSession} /></div></div>`;
  }
  const others = booksFor();
  const asked = new URLSearchParams(place.value.search).get('for') ?? acting()?.id ?? '';
  const whose = others.some((o) => o.id === asked) ? asked : '';
  return html`<div class="narrow standing"><${Heading} text=${t('standing.title')} />
    ${others.length > 0 && html`<${Chips} legend=${t('standing.whose')} name="whose" value=${whose}
      options=${[['', t('standing.me')], ...others.map((o) => [o.id, o.name])]}
      onChange=${(/** @type {string} */ id) => setSearch(id ? query({ for: id }) : '')} />`}
    <${Record} key=${whose} whose=${whose} /></div>`;
}

/** @param {{ whose: string }} props */
const Record = ({ whose }) => {
  const { data, error, reload } = useLoad((signal) => (
    /** @type {Promise<Standing>} */ (api('/account/standing' + query({ for: whose }), { signal }))),
      [whose]);
  const [appealed, setAppealed] = useState(/** @type {Strike | null} */ (null));
  const [round, setRound] = useState(0);
  if (!data) {
    return error ? html`<${ErrorNote} error=${error} retry=${reload} />` : html`<p
      class="loading">${t('loading')}</p>`;
  }
  const done = () => {
    setAppealed(null);
    announce(t('standing.appeal.sent'));
    setRound(round + 1);
    reload();
  };
  const list = violations(data.strikes);
  const warned = new Set(data.warnings.map((w) => w.violation));
  return html`<${Now} standing=${data} />
    <section class="section" aria-labelledby="strikes"><h2 id="strikes">${t('standing.strikes')}</h2>
      ${!list.length && html`<p class="muted">${t('standing.strikes.none')}</p>`}
      <ul class="strikes">${list.map((v) => html`<${StrikeCard} key=${v.first.violation} violation=${v}
        warned=${warned.has(v.first.violation)}>
        <${Ways} strike=${v.first} onAppeal=${() => setAppealed(v.first)} /></${StrikeCard}>`)}</ul>
      <${Past} list=${data.suspensions.filter((s) => !s.in_force)} /></section>
    <${Appeals} whose=${whose} round=${round} />
    ${appealed && html`<${AppealDialog} strike=${appealed} whose=${whose} onDone=${done}
      onClose=${() => setAppealed(null)} />`}`;
};

/** Whether one can book now. @param {{ standing: Standing }} props */
const Now = ({ standing }) => {
  const held = standing.suspensions.filter((s) => s.in_force);
  if (held.length) {
    return held.map((s) => html`<${Held} key=${s.id} suspension=${s}>
      <p>${t('standing.suspended.appeal')}</p></${Held}>`);
  }
  const counts = standing.strikes.some((s) => s.state === 'active');
  return html`<p class=${'notice ' + (counts ? 'warn' : 'good')}><${Icon} name=${counts ? 'info' : 'check'} />
    <span>${t(counts ? 'standing.open' : 'standing.clean')}</span></p>`;
};

/** What can be done about a strike. @param {{ strike: Strike, onAppeal: () => void }} props */
const Ways = ({ strike: s, onAppeal }) => html`
  ${s.earn_back && s.state === 'active' && html`<p class="hint">${t('standing.earn',
    { how: pick(s.earn_back.how) })}</p>`}
  ${s.appealed && html`<p><span class="tag info">${t('standing.appeal.waits')}</span></p>`}
  ${s.appealable && html`<p class="actions"><button type="button" class="secondary" onClick=${onAppeal}>
    ${t('standing.appeal')}</button></p>`}`;
