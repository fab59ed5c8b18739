// @ts-check
// The rule books: of the venue and of spaces that have their own, now and from a date on; each as questions,
// and beside them what residents will read.
import { html, Icon, useState } from '../../lib/ui.js';
import { pick, t } from '../../lib/i18n.js';
import { getAt, pathName } from './draft.js';
import { Book } from './rulebook/book.js';
import { origin, ruled } from './rulebook/books.js';
import { Starts } from './rulebook/starts.js';

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
  const shelf = `${one ? one.space.id + ' ' : ''}${next ? 'next_rules' : 'rules'}`;
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
        <${Book} key=${whose + pathName(at)} form=${form} at=${at} space=${one?.space.id}
          base=${origin(form.stored, shelf)} />
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
