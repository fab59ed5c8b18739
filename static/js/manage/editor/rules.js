// @ts-check
// The rule books: of the venue and of spaces that have their own, now and from a date on; each as questions,
// and beside them what residents will read.
import { html, Icon, useState } from '../../lib/ui.js';
import { pick, t } from '../../lib/i18n.js';
import { getAt, pathName } from './draft.js';
import { ruled } from './rulebook/books.js';
import { faultsAt, useCheck } from './rulebook/check.js';
import { Fields, say } from './rulebook/fields.js';
import { groups } from './rulebook/schema-after.js';
import { Preview } from './rulebook/preview.js';
import { Replay } from './rulebook/replay.js';
import { Starts } from './rulebook/starts.js';
import { Templates } from './rulebook/templates.js';
import { Words } from './rulebook/words.js';

/** @typedef {import('./inputs.js').Form} Form */
/** @typedef {import('./draft.js').Path} Path */
/** @typedef {import('../../types').Rules} Rules */

/** @param {{ form: Form }} props */
export const RuleBookForm = ({ form }) => {
  const [whose, setWhose] = useState('');
  const [later, setLater] = useState(false);
  const spaces = ruled(form.draft);
  const one = spaces.find((s) => s.space.id === whose);
  const home = /** @type {Path} */ (one ? ['spaces', one.index] : []);
  const next = later && getAt(form.draft, [...home, 'next_rules']);
  const at = [...home, next ? 'next_rules' : 'rules'];
  const rules = /** @type {Rules | undefined} */ (getAt(form.draft, at));
  return html`<div class="rulebook">
    ${spaces.length > 0 && html`<div class="field short"><label for="whose">${t('rulebook.whose')}</label>
      <select id="whose" onChange=${(/** @type {any} */ e) => setWhose(e.target.value)}>
        <option value="" selected=${!one}>${t('rulebook.whole')}</option>
        ${spaces.map(({ space }) => html`<option key=${space.id} value=${space.id}
          selected=${space.id === whose}>
          ${pick(space.name)} ${t(space.rules ? 'rulebook.own' : 'rulebook.follows')}</option>`)}</select>
            </div>`}
    ${rules ? html`<${Starts} form=${form} home=${home} later=${!!next} onLater=${setLater} />
        <${Book} key=${whose + pathName(at)} form=${form} at=${at} space=${one?.space.id} />
        ${one && html`<button type="button" class="ghost remove" onClick=${() => form.edit((v) => ({ ...v,
          spaces: v.spaces.map((s, i) => (i === one.index ? { ...s, rules: undefined,
            next_rules: undefined } : s)) }))}>
          <${Icon} name="undo-2" />${t('rulebook.follow')}</button>`}`
      : html`<div class="card"><p>${t('rulebook.following', { name: pick(one?.space.name) })}</p>
        <button type="button" id="own-rules" onClick=${() => form.set(at, { ...form.draft.rules,
          starts: undefined })}>
          <${Icon} name="plus" />${t('rulebook.make_own')}</button></div>`}
  </div>`;
};

/** One rule book. @param {{ form: Form, at: Path, space: string | undefined }} props */
const Book = ({ form, at, space }) => {
  const [open, setOpen] = useState('');
  const { id } = form.draft;
  // not one that is only typed yet
  const known = form.stored.spaces.some((s) => s.id === space) ? space : undefined;
  const rules = /** @type {Rules} */ (getAt(form.draft, at));
  const { check, error } = useCheck(id, known, rules);
  const name = pathName(at);
  const faults = faultsAt(check, name);
  const told = { ...form, problems: new Map([...form.problems, ...faults]) };
  const close = () => setOpen('');
  return html`<div class="rule-form"><div class="form">
      <button type="button" class="secondary" id="templates" onClick=${() => setOpen('templates')}>
        <${Icon} name="library" />${t('rulebook.templates')}</button>
      ${groups.map((g) => html`<${Group} key=${g.id} form=${told} at=${at} group=${g} />`)}</div>
    <${Words} check=${check} error=${error} faults=${faults} book=${name}>
      <button type="button" class="secondary" id="preview" disabled=${faults.length > 0}
        onClick=${() => setOpen('preview')}>
        <${Icon} name="calendar-days" />${t('rulebook.preview')}</button>
      <button type="button" class="secondary" id="replay" disabled=${faults.length > 0}
        onClick=${() => setOpen('replay')}>
        <${Icon} name="rotate-ccw" />${t('rulebook.replay')}</button></${Words}>
    ${open === 'templates' && html`<${Templates} onClose=${close} onChoose=${(/** @type {Rules} */ book) => {
      form.set(at, { ...book, version: rules.version, starts: rules.starts });
      close();
    }} />`}
    ${open === 'preview' && html`<${Preview} venue=${id} space=${known} rules=${rules} onClose=${close} />`}
    ${open === 'replay' && html`<${Replay} venue=${id} space=${known} rules=${rules} onClose=${close} />`}
  </div>`;
};

/** @param {{ form: Form, at: Path, group: import('./rulebook/schema.js').RuleGroup }} props */
const Group = ({ form, at, group }) => {
  const all = groups.flatMap((g) => [...g.plain, ...g.more]);
  const rules = getAt(form.draft, at);
  const used = group.more.some((f) => rules[f.key] !== undefined && rules[f.key] !== '');
  return html`<section class="card form" aria-labelledby=${'rules-' + group.id}><h3 id=${'rules-' + group.id}>
      ${say(`rulebook.group.${group.id}`)}</h3>
    ${group.plain.length > 0 && html`<div class="rule-fields"><${Fields} form=${form} at=${at}
      fields=${group.plain} beside=${all} /></div>`}
    ${group.more.length > 0 && html`<details class="more" open=${used}><summary>${t('rulebook.more')}
      </summary>
      <div class="rule-fields"><${Fields} form=${form} at=${at} fields=${group.more} beside=${all} /></div>
        </details>`}</section>`;
};
