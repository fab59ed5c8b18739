// @ts-check
// What the real bookings of the last month would have met under rules that nobody has saved yet.
import { html, Icon } from '../../../lib/ui.js';
import { pick, t } from '../../../lib/i18n.js';
import { api } from '../../../lib/api.js';
import { addDays, today } from '../../../lib/dates.js';
import { Dialog } from '../../../lib/dialog.js';
import { ErrorNote } from '../../../lib/errors.js';
import { useLoad } from '../../../lib/load.js';
import { longDate, momentText, timeRange } from '../../../lib/words.js';
import { refusal } from './preview.js';

/** @typedef {import('../../../types').RuleReplay} RuleReplay */
/** @typedef {import('../../../types').ReplayedRule} ReplayedRule */

/**
 * @param {{ venue: string, space?: string, rules: import('../../../types').Rules, onClose: () => void }} props
 */
export const Replay = ({ venue, space, rules, onClose }) => {
  const [from, to] = [addDays(today(), -30), today()];
  const { data, error, reload } = useLoad((signal) => /** @type {Promise<RuleReplay>} */ (api(
    `/venues/${venue}/rule-replays`, { method: 'POST', body: { space, rules, from, to }, signal })), []);
  return html`<${Dialog} title=${t('rulebook.replay')} wide onClose=${onClose}>
    <p>${t('rulebook.replay.about', { from: longDate(from), to: longDate(to) })}</p>
    <${ErrorNote} error=${error} retry=${reload} />
    ${!data && !error && html`<p class="loading">${t('loading')}</p>`}
    ${data && html`<${Outcome} replay=${data} />`}
  </${Dialog}>`;
};

/** @param {{ replay: RuleReplay }} props */
const Outcome = ({ replay }) => {
  const all = replay.accepted + replay.refused;
  if (!all) return html`<p class="notice">${t('rulebook.replay.none')}</p>`;
  return html`<div id="replayed"><p class="replay-sum"><strong>${t('rulebook.replay.accepted',
    { n: replay.accepted, all })}</strong>
      ${replay.refused > 0 ? t('rulebook.replay.refused', { n: replay.refused }) : t('rulebook.replay.all')}
        </p>
    <meter min="0" max=${all} value=${replay.accepted} aria-label=${t('rulebook.replay.accepted',
      { n: replay.accepted, all })}></meter>
    ${replay.partial && html`<p class="hint">${t('rulebook.replay.partial')}</p>`}
    <ul class="replayed">${replay.by_rule.map((r) => html`<${Refused} key=${r.code} rule=${r} />`)}</ul>
      </div>`;
};

/** @param {{ rule: ReplayedRule }} props */
const Refused = ({ rule }) => html`<li class="entry"><p><${Icon} name="circle-x" />
  <strong>${t('rulebook.replay.times', { n: rule.count })}</strong> ${refusal(rule.code,
    rule.examples[0]?.params)}</p>
  <details class="more"><summary>${t('rulebook.replay.examples')}</summary><ul>
    ${rule.examples.map((e, i) => html`<li key=${i}>
    ${t('rulebook.replay.example', { space: pick(e.space.name), date: longDate(e.start),
      time: timeRange(e.start, e.end),
      made: momentText(e.made_at), n: e.party })}</li>`)}</ul></details></li>`;
