// @ts-check
// What can be booked here: rooms, seats, halls, areas. Each is a card that unfolds; adding is a dialog of
// few questions.
import { html, Icon, useState } from '../../lib/ui.js';
import { list as inWords, pick, t } from '../../lib/i18n.js';
import { Confirm, Dialog } from '../../lib/dialog.js';
import { goesWith, madeOf, removeSpace, treeOf } from './spaces-data.js';
import { adders } from './spaces-add.js';
import { SpaceFields } from './spaces-fields.js';
import { under } from './problems.js';

/** @typedef {import('./inputs.js').Form} Form */
/** @typedef {import('./spaces-data.js').Node} Node */
/** @typedef {import('../../types').Space} Space */

/** How a space is given away, in a few words. @param {Space} s */
export function useText(s) {
  if (s.allocation === 'any_of') return t('edit.use.any_of.short', { n: s.seats });
  return t(s.allocation === 'shared' ? 'edit.use.shared.short' : 'edit.use.exclusive.short', { n: s.seats });
}

/** @param {{ form: Form }} props */
export const Spaces = ({ form }) => {
  const [adding, setAdding] = useState('');
  const [removing, setRemoving] = useState('');
  const tree = treeOf(form.draft.spaces);
  const Adder = adders.find((a) => a.id === adding);
  return html`<div class="form">
    <p class="hint">${t('edit.spaces.hint')}</p>
    ${form.problems.has('spaces') && html`<p class="notice bad" data-invalid tabindex="-1">
      ${form.problems.get('spaces')}</p>`}
    ${!tree.length && html`<p class="empty card"><${Icon} name="armchair" /><br />${t('edit.spaces.none')}
    </p>`}
    <ul class="spaces">${tree.map((node) => html`
      <${SpaceCard} key=${node.space.id} form=${form} node=${node} onRemove=${setRemoving} />`)}</ul>
    <section class="card" aria-labelledby="add-space"><h3 id="add-space">${t('edit.spaces.add')}</h3>
      <ul class="adders">${adders.map((a) => html`<li key=${a.id}><button type="button" class="secondary"
        id=${'add-' + a.id}
        onClick=${() => setAdding(a.id)}><${Icon} name=${a.icon} />
        <span><strong>${t(a.title)}</strong><span class="hint">${t(a.hint)}</span></span></button></li>`)}
        </ul></section>
    ${Adder && html`<${Dialog} title=${t(Adder.title)} onClose=${() => setAdding('')}>
      <${Adder.form} venue=${form.draft} onAdd=${(/** @type {(v: any) => any} */ change) => {
        form.edit(change);
        setAdding('');
      }} /></${Dialog}>`}
    ${removing && html`<${RemoveSpace} form=${form} id=${removing} onClose=${() => setRemoving('')} />`}
  </div>`;
};

/** @param {{ form: Form, id: string, onClose: () => void }} props */
const RemoveSpace = ({ form, id, onClose }) => {
  const space = form.draft.spaces.find((s) => s.id === id);
  const seats = goesWith(form.draft, id).length - 1;
  return html`<${Confirm} danger title=${t('edit.spaces.remove.title', { name: pick(space?.name) })}
    text=${seats > 0 ? t('edit.spaces.remove.seats', { n: seats }) : t('edit.spaces.remove.text')}
    yes=${t('edit.spaces.remove.yes')} no=${t('edit.cancel')} onClose=${onClose}
    onYes=${() => { form.edit((v) => removeSpace(v, id)); onClose(); }} />`;
};

/** @param {{ form: Form, node: Node, onRemove: (id: string) => void }} props */
const SpaceCard = ({ form, node, onRemove }) => {
  const { space, index, parts } = node;
  const wrong = [...form.problems.keys()].some((p) => under(p, `spaces[${index}]`));
  const whole = madeOf(form.draft, space);
  const [open, setOpen] = useState(false);
  return html`<li class="card space">
    <details open=${open || wrong} onToggle=${(/** @type {any} */ e) => setOpen(e.target.open)}>
      <summary><span class="space-head"><strong>${pick(space.name) || t('edit.unnamed')}</strong>
        <span class="tags"><span class="tag">${t(`type.${space.type}`)}</span>
          <span class="tag">${useText(space)}</span>
          ${space.floor && html`<span class="tag">${space.floor}</span>`}
          ${!space.bookable && html`<span class="tag warn">${t('edit.bookable.not')}</span>`}
          ${wrong && html`<span class="tag bad"><${Icon} name="triangle-alert" />${t('edit.wrong')}</span>`}
          </span></span></summary>
      ${(open || wrong) && html`<${SpaceFields} form=${form} index=${index} onRemove=${onRemove} />`}
    </details>
    ${space.allocation !== 'any_of' && whole.length > 0 && html`<p class="hint made-of"><${Icon}
      name="info" />
      ${t('edit.whole', { parts: inWords(whole.map((s) => pick(s.name))) })}</p>`}
    ${space.allocation !== 'any_of' && parts.length > 0 && html`<ul class="spaces parts">
      ${parts.map((p) => html`
      <${SpaceCard} key=${p.space.id} form=${form} node=${p} onRemove=${onRemove} />`)}</ul>`}
  </li>`;
};
