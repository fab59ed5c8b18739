// @ts-check
// The questions of one kind: first how they are answered now, in the words residents read; the questions
// themselves when somebody wants to change them.
import { html, Icon } from '../../../lib/ui.js';
import { pick, t } from '../../../lib/i18n.js';
import { getAt, pathName } from '../draft.js';
import { under } from '../problems.js';
import { Fields, say } from './fields.js';
import { aboutField } from './about.js';
import { groups } from './schema-after.js';

/** @typedef {import('../inputs.js').Form} Form */
/** @typedef {import('../draft.js').Path} Path */
/** @typedef {import('../../../types').Rules} Rules */
/** @typedef {import('./schema.js').RuleField} RuleField */
/** @typedef {import('./schema.js').RuleGroup} RuleGroup */
/** A sentence, and what it is about. @typedef {{ code: string, text: string }} Said */

const all = groups.flatMap((g) => [...g.plain, ...g.more]);
/** @param {RuleGroup} group */
export const fieldsOf = (group) => [...group.plain, ...group.more];

/** Whether the answers of a group differ. @param {RuleGroup} group @param {any} a @param {any} b */
export const differs = (group, a, b) => fieldsOf(group).some(({ key }) =>
  JSON.stringify(a?.[key] ?? null) !== JSON.stringify(b?.[key] ?? null));

/**
 * A rule book with the answers of a group from another one.
 * @param {RuleGroup} group @param {any} rules @param {any} from @returns {Rules}
 */
export function restored(group, rules, from) {
  const next = { ...rules };
  for (const { key } of fieldsOf(group)) {
    if (from?.[key] === undefined) delete next[key];
    else next[key] = from[key];
  }
  return next;
}

/**
 * @param {{ form: Form, at: Path, group: RuleGroup, base: Rules, said?: Said[], was?: Said[], language:
 *   string,
 *   open: boolean, asked: string, onOpen: (open: boolean) => void, onAsk: (field: string) => void }} props
 *   base: the rule book as stored; was: what it said; asked: the question somebody looks for
 */
export const Group = ({ form, at, group, base, said, was, language, open, asked, onOpen, onAsk }) => {
  const rules = /** @type {any} */ (getAt(form.draft, at));
  const changed = differs(group, rules, base);
  const name = pathName(at);
  const faulty = fieldsOf(group).some(({ key }) => [...form.problems.keys()]
    .some((path) => under(path, `${name}.${key}`)));
  const shown = open || faulty;
  const gone = changed && said && was ? was.filter((s) => !said.some((x) => x.text === s.text)) : [];
  const used = group.more.some((f) => f.key === asked || (rules[f.key] !== undefined && rules[f.key] !== ''));
  return html`<section class="card rule-group" id=${'group-' + group.id}
    aria-labelledby=${'rules-' + group.id}>
    <div class="rule-group-head"><h3 id=${'rules-' + group.id} tabindex="-1">
      ${say(`rulebook.group.${group.id}`)}</h3>
      ${changed && html`<span class="tag info">${t('edit.changed')}</span>`}
      <button type="button" class="secondary small" name=${'open-' + group.id} aria-expanded=${shown}
        aria-describedby=${'rules-' + group.id} disabled=${faulty} onClick=${() => onOpen(!open)}>
        <${Icon} name=${shown ? 'chevron-down' : 'pencil'} />
        ${t(shown ? 'rulebook.close' : 'rulebook.change')}</button>
      </div>
    ${said?.length ? html`<ul class="rule-said" lang=${language}>${said.map((s, i) => html`<li key=${i}>
      <button type="button" class="link" onClick=${() => onAsk(aboutField(s.code, group, rules))}>${s.text}
        </button></li>`)}</ul>`
    : html`<p class="muted">${!said ? t('loading') : (group.id === 'name' && pick(rules.name))
      || say(`rulebook.none.${group.id}`)}</p>`}
    ${gone.length > 0 && html`<p class="label">${t('rulebook.was')}</p><ul class="gone" lang=${language}>
      ${gone.map((s) => html`<li key=${s.text}>${s.text}</li>`)}</ul>`}
    ${changed && html`<button type="button" class="ghost small undo" name=${'undo-' + group.id}
      onClick=${() => form.set(at, restored(group, rules, base))}><${Icon} name="undo-2" />
      ${t('rulebook.undo')}</button>`}
    ${shown && html`<div class="rule-questions">
      ${group.plain.length > 0 && html`<div class="rule-fields"><${Fields} form=${form} at=${at}
        fields=${group.plain} beside=${all} /></div>`}
      ${group.more.length > 0 && html`<details class="more" open=${used || !group.plain.length}>
        <summary>${t('rulebook.more')}</summary>
        <div class="rule-fields"><${Fields} form=${form} at=${at} fields=${group.more} beside=${all} /></div>
        </details>`}</div>`}</section>`;
};
