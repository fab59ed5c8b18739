// @ts-check
// What the real requests of the last month, also those that were refused, would have met under rules
// that nobody has saved yet.
import { html, Icon } from '../../../lib/ui.js';
import { known, pick, t } from '../../../lib/i18n.js';
import { api } from '../../../lib/api.js';
import { addDays, today } from '../../../lib/dates.js';
import { Dialog } from '../../../lib/dialog.js';
import { ErrorNote } from '../../../lib/errors.js';
import { useLoad } from '../../../lib/load.js';
import { longDate, momentText, timeRange } from '../../../lib/words.js';
import { refusal } from './preview.js';

/** @typedef {import('../../../types').RuleReplay} RuleReplay */
/** @typedef {import('../../../types').ReplayedRule} ReplayedRule */
/** @typedef {import('../../../types').ReplayExample} ReplayExample */

/** @param {{ trial: import('./check.js').Trial, onClose: () => void }} props */
export const Replay = ({ trial, onClose }) => {
  const { venue, ...tried } = trial;
  const [from, to] = [addDays(today(), -30), today()];
  const { data, error, reload } = useLoad((signal) => /** @type {Promise<RuleReplay>} */ (api(
    `/venues/${venue}/rule-replays`, { method: 'POST', body: { ...tried, from, to }, signal })), []);
  return html`<${Dialog} title=${t('rulebook.replay')} wide onClose=${onClose}>
    <p>${t('rulebook.replay.about', { from: longDate(from), to: longDate(to) })}</p>
    <${ErrorNote} error=${error} retry=${reload} />
    ${!data && !error && html`<p class="loading">${t('loading')}</p>`}
    ${data && html`<${Outcome} replay=${data} />`}
  </${Dialog}>`;
};

/** @param {{ replay: RuleReplay }} props */
const Outcome = ({ replay }) => {
  const { unmet } = replay;
  const booked = replay.accepted + replay.refused;
  const refused = unmet.served + unmet.refused;
  if (!booked && !refused) return html`<p class="notice">${t('rulebook.replay.none')}</p>`;
  return html`<div id="replayed">
    <p class="replay-sum"><strong>${balance(unmet.served, replay.refused)}</strong></p>
    ${replay.partial && html`<p class="hint">${t('rulebook.replay.partial')}</p>`}
    ${booked > 0 && html`<section><h3>${t('rulebook.replay.booked')}</h3>
      <${Share} n=${replay.accepted} all=${booked} word="rulebook.replay.accepted" />
      ${replay.refused > 0 && html`<p>${t('rulebook.replay.refused', { n: replay.refused })}</p>`}
      <${Reasons} list=${replay.by_rule} /></section>`}
    ${refused > 0 && html`<section><h3>${t('rulebook.replay.unmet')}</h3>
      <${Share} n=${unmet.served} all=${refused} word="rulebook.replay.served" />
      <${Examples} list=${unmet.examples} />
      ${unmet.refused > 0 && html`<p>${t('rulebook.replay.still', { n: unmet.refused })}</p>`}
      <${Reasons} list=${unmet.by_rule} /></section>`}
    ${unmet.met > 0 && html`<p class="hint">${t('rulebook.replay.met', { n: unmet.met })}</p>`}
    ${unmet.counted > 0 && html`<p class="hint">${t('rulebook.replay.counted', { n: unmet.counted })}</p>`}
  </div>`;
};

/** What the change comes to, in a sentence. @param {number} more @param {number} fewer */
const balance = (more, fewer) => (!more && !fewer ? t('rulebook.replay.same')
  : t('rulebook.replay.balance', { more, fewer }));

/** How many of all. @param {{ n: number, all: number, word: import('../../../lib/i18n.js').Key }} props */
const Share = ({ n, all, word }) => {
  const text = t(word, { n, all });
  return html`<p>${text}</p><meter min="0" max=${all} value=${n} aria-label=${text}></meter>`;
};

/** @param {{ list: ReplayedRule[] }} props */
const Reasons = ({ list }) => list.length > 0 && html`<ul class="replayed">${list.map((r) => html`<li
  key=${r.code} class="entry">
  <p><${Icon} name="circle-x" /> <strong>${t('rulebook.replay.times', { n: r.count })}</strong>
    ${why(r)}</p>
  <${Examples} list=${r.examples} /></li>`)}</ul>`;

/** Why requests are refused, whosever they are. @param {ReplayedRule} rule */
const why = ({ code, examples }) => {
  const key = `rulebook.replay.why.${code}`;
  return known(key) ? t(key) : refusal(code, examples[0]?.params);
};

/** @param {{ list: ReplayExample[] }} props */
const Examples = ({ list }) => list.length > 0 && html`<details class="more">
  <summary>${t('rulebook.replay.examples')}</summary>
  <ul>${list.map((e, i) => html`<li key=${i}>${t('rulebook.replay.example', { space: pick(e.space.name),
    date: longDate(e.start), time: timeRange(e.start, e.end), made: momentText(e.made_at), n: e.party })}
    ${e.then && html` <span class="muted">${then(e)}</span>`}</li>`)}</ul></details>`;

/** What refused it when it was made. @param {ReplayExample} e */
const then = (e) => (full(e.then) ? t('rulebook.replay.then_full')
  : t('rulebook.replay.then_rule', { n: e.rules ?? 0 }));

/** Whether it says that others had the place. @param {string} [code] */
const full = (code) => code === 'space_taken' || code === 'session_full';
