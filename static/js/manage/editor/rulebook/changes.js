// @ts-check
// What has changed in a rule book and is not saved, what is wrong with it, and ways to try it before.
import { html, Icon } from '../../../lib/ui.js';
import { t } from '../../../lib/i18n.js';
import { ErrorNote } from '../../../lib/errors.js';
import { getAt } from '../draft.js';
import { say } from './fields.js';
import { differs } from './group.js';
import { groups } from './schema-after.js';

/** @typedef {import('../../../types').Rules} Rules */

/**
 * @param {{ form: import('../inputs.js').Form, at: import('../draft.js').Path, base: Rules, error: unknown,
 *   faults: [string, string, string][], onAsk: (field: string) => void,
 *   onTry: (what: string) => void }} props
 */
export const Changes = ({ form, at, base, error, faults, onAsk, onTry }) => {
  const rules = /** @type {Rules} */ (getAt(form.draft, at));
  const changed = groups.filter((g) => differs(g, rules, base));
  const go = (/** @type {string} */ group) => document.getElementById('rules-' + group)?.focus();
  return html`<aside class="card rule-words" aria-labelledby="rule-changes"><h3 id="rule-changes">
    ${t('rulebook.changes')}</h3>
    <div role="status">${faults.length > 0 && html`<div class="rule-faults"><p><${Icon}
      name="triangle-alert" /><strong>${t('rulebook.faults', { n: faults.length })}</strong></p>
      <ul>${faults.map(([path, text, field]) => html`<li key=${path}><button type="button" class="link"
        onClick=${() => onAsk(field)}>${faultName(field)}${text}</button></li>`)}</ul></div>`}</div>
    ${changed.length ? html`<ul>${changed.map((g) => html`<li key=${g.id}><button type="button" class="link"
      onClick=${() => go(g.id)}>${say(`rulebook.group.${g.id}`)}</button></li>`)}</ul>
      <button type="button" class="ghost undo" id="undo-all" onClick=${() => form.set(at, { ...base,
        version: rules.version, starts: rules.starts })}>
        <${Icon} name="undo-2" />${t('rulebook.undo_all')}</button>`
      : html`<p>${t('rulebook.changes.none')}</p>`}
    <${ErrorNote} error=${error} />
    <p class="hint">${t('rulebook.changes.safe')}</p>
    <div class="rule-tries">
      <button type="button" class="secondary" id="preview" disabled=${faults.length > 0}
        onClick=${() => onTry('preview')}><${Icon} name="calendar-days" />${t('rulebook.preview')}</button>
      <button type="button" class="secondary" id="replay" disabled=${faults.length > 0}
        onClick=${() => onTry('replay')}><${Icon} name="rotate-ccw" />${t('rulebook.replay')}</button></div>
  </aside>`;
};

/** What a fault is about, in the words of the form. @param {string} field */
function faultName(field) {
  const key = `rulebook.f.${field}`;
  const label = say(key);
  return label === key ? '' : `${label}${t('rulebook.colon')}`;
}
