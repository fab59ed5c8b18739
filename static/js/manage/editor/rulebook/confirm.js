// @ts-check
// Before rules are saved: what changes, in the words residents read, and what does not.
import { html, Icon } from '../../../lib/ui.js';
import { lang, pick, t } from '../../../lib/i18n.js';
import { Dialog } from '../../../lib/dialog.js';
import { ErrorNote } from '../../../lib/errors.js';
import { useLoad } from '../../../lib/load.js';
import { longDate } from '../../../lib/words.js';
import { checkRules } from './check.js';
import { books, origin } from './books.js';
import { sentences } from './words.js';

/** @typedef {import('../../../types').Venue} Venue */
/** @typedef {import('../../../types').Rules} Rules */
/** @typedef {{ name: string, starts?: string, gone: string[], come: string[], ended: boolean }} Change */

/** @param {unknown} a @param {unknown} b */
const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * The rule books that differ, with the sentences that go and come.
 * @param {Venue} base @param {Venue} draft @param {AbortSignal} signal @returns {Promise<Change[]>}
 */
async function changesOf(base, draft, signal) {
  const [before, after] = [books(base), books(draft)];
  const keys = [...new Set([...after.keys(), ...before.keys()])].filter((k) => !same(before.get(k)?.rules,
    after.get(k)?.rules));
  const read = async (/** @type {Rules} */ rules) => sentences((await checkRules(
    { venue: base.id, rules: { ...rules, starts: undefined } }, undefined, signal)).explained, lang.value);
  return Promise.all(keys.map(async (key) => {
    const [was, will] = [before.get(key), after.get(key)];
    const [from, to] = await Promise.all([read(origin(base, key)), read(origin(draft, key))]);
    const { space } = /** @type {import('./books.js').Shelved} */ (will ?? was);
    return { name: space ? pick(space.name) : t('rulebook.whole'), starts: key.endsWith('next_rules')
      ? will?.rules.starts : undefined,
      gone: from.filter((s) => !to.includes(s)), come: to.filter((s) => !from.includes(s)), ended: !will };
  }));
}

/** @param {{ base: Venue, draft: Venue, busy: boolean, onYes: () => void, onClose: () => void }} props */
export const ConfirmRules = ({ base, draft, busy, onYes, onClose }) => {
  const { data, error, reload } = useLoad((signal) => changesOf(base, draft, signal), []);
  return html`<${Dialog} title=${t('rulebook.confirm')} wide onClose=${onClose}>
    <${ErrorNote} error=${error} retry=${reload} />
    ${!data && !error && html`<p class="loading">${t('loading')}</p>`}
    ${data?.map((c, i) => html`<section key=${i} class="rule-change"><h3>${c.name}</h3>
      <p>${c.starts ? t('rulebook.confirm.from', { date: longDate(c.starts) }) : t(c.ended
        ? 'rulebook.confirm.ended' : 'rulebook.confirm.now')}</p>
      ${c.gone.length > 0 && html`<p class="label">${t('rulebook.confirm.gone')}</p><ul class="gone">
        ${c.gone.map((s) => html`<li key=${s}>${s}</li>`)}</ul>`}
      ${c.come.length > 0 && html`<p class="label">${t('rulebook.confirm.come')}</p><ul class="come">
        ${c.come.map((s) => html`<li key=${s}>${s}</li>`)}</ul>`}
      ${!c.gone.length && !c.come.length && html`<p class="muted">${t('rulebook.confirm.same')}</p>`}
        </section>`)}
    <p class="notice"><${Icon} name="info" /><span>${t('rulebook.confirm.kept')}</span></p>
    <div class="actions"><button type="button" class="secondary" onClick=${onClose}>
      ${t('rulebook.confirm.no')}</button>
      <button type="button" id="confirm-rules" disabled=${busy || (!data && !error)} onClick=${onYes}>
        <${Icon} name="save" />${t('rulebook.confirm.yes')}</button></div></${Dialog}>`;
};
