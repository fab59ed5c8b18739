// @ts-check
// The fields of one space, and the seats of a room.
import { html, Icon, useState } from '../../lib/ui.js';
import { pick, t } from '../../lib/i18n.js';
import { Dialog } from '../../lib/dialog.js';
import { Field } from '../../lib/forms.js';
import { Explained } from './hours.js';
import { Check, Choice, FeatureBoxes, Problem, problemAt, TextInput, TextPair } from './inputs.js';
import { addMembers, removeSpace, resize } from './spaces-data.js';

/** @typedef {import('./inputs.js').Form} Form */
/** @typedef {import('../../types').Space} Space */

export const spaceTypes = /** @type {const} */ (['room', 'hall', 'open_area', 'panel', 'seat']);

/** @param {{ form: Form, index: number, onRemove: (id: string) => void }} props */
export const SpaceFields = ({ form, index, onRemove }) => {
  const space = form.draft.spaces[index];
  const path = ['spaces', index];
  const group = space.allocation === 'any_of';
  return html`<div class="form space-fields">
    <${TextPair} form=${form} path=${[...path, 'name']} label=${t('edit.name')} />
    <div class="form-row">
      <${Choice} form=${form} path=${[...path, 'type']} label=${t('edit.type')}
        options=${spaceTypes.map((s) => [s, t(`type.${s}`)])} />
      <${TextInput} form=${form} path=${[...path, 'floor']} label=${t('edit.floor')} optional length=${20} />
    </div>
    ${group ? html`<${Members} form=${form} group=${space} />` : html`<${Use} form=${form} index=${index} />`}
    ${['allocation', 'atoms', 'parent', 'id'].map((k) => html`<${Problem} key=${k} form=${form}
      path=${[...path, k]} />`)}
    <${Check} form=${form} path=${[...path, 'bookable']} label=${t('edit.bookable')}
      hint=${t('edit.bookable.hint')} />
    <details class="more"><summary>${t('edit.space.features')}</summary>
      <${FeatureBoxes} form=${form} path=${[...path, 'features']} /></details>
    <button type="button" class="ghost remove" onClick=${() => onRemove(space.id)}>
      <${Icon} name="trash-2" />${t('edit.spaces.remove', { name: pick(space.name) })}</button>
  </div>`;
};

/** How many people, and whether one party has it all. @param {{ form: Form, index: number }} props */
const Use = ({ form, index }) => {
  const space = form.draft.spaces[index];
  return html`<fieldset><legend class="label">${t('edit.use')}</legend>
      <${Explained} name=${'use' + space.id} value=${space.allocation} options=${[
        ['exclusive', t('edit.use.exclusive'), t('edit.use.exclusive.hint')],
        ['shared', t('edit.use.shared'), t('edit.use.shared.hint')]]}
        onChange=${(/** @type {'exclusive' | 'shared'} */ allocation) =>
          form.edit((v) => resize(v, index, { allocation }))} />
    </fieldset>
    <${Field} label=${t('edit.people')} class="number-field"
      error=${problemAt(form, ['spaces', index, 'seats'])}>
      ${(/** @type {any} */ a) => html`<input ...${a} type="number" min="1" max="100000"
        value=${space.seats || ''}
        onInput=${(/** @type {any} */ e) => form.edit((v) =>
          resize(v, index, { seats: Math.trunc(Number(e.target.value)) }))} />`}
    </${Field}>`;
};

/** The seats of a room: to see, to rename, to add in one go. @param {{ form: Form, group: Space }} props */
const Members = ({ form, group }) => {
  const [more, setMore] = useState('1');
  const [chosen, setChosen] = useState('');
  const members = form.draft.spaces.map((space, index) => ({ space, index }))
    .filter((m) => m.space.parent === group.id);
  const one = members.find((m) => m.space.id === chosen);
  const n = Math.min(500, Math.max(0, Math.trunc(Number(more)) || 0));
  return html`<div><p class="label">${t('edit.members', { n: members.length })}</p>
    <p class="hint">${t('edit.use.any_of.hint')}</p>
    <ul class="members">${members.map(({ space, index }) => html`<li key=${space.id}>
      <button type="button" class="secondary"
        aria-invalid=${[...form.problems.keys()].some((p) => p.startsWith(`spaces[${index}].`))
        ? 'true' : undefined} onClick=${() => setChosen(space.id)}>
        ${pick(space.name)}${!space.bookable && html`
        <${Icon} name="ban" /><span class="visually-hidden">${t('edit.bookable.not')}</span>`}</button>
        </li>`)}</ul>
    <div class="add-members"><${Field} label=${t('edit.members.more')}>
      ${(/** @type {any} */ a) => html`<input ...${a} type="number"
        min="1" max="500" value=${more} onInput=${(/** @type {any} */ e) => setMore(e.target.value)} />`}
        </${Field}>
      <button type="button" class="secondary" disabled=${!n}
        onClick=${() => form.edit((v) => addMembers(v, group.id, n))}>
        <${Icon} name="plus" />${t('edit.members.add', { n })}</button></div>
    ${one && html`<${Dialog} title=${pick(one.space.name) || t('edit.unnamed')}
      onClose=${() => setChosen('')}>
      <div class="form"><${TextPair} form=${form} path=${['spaces', one.index, 'name']}
        label=${t('edit.name')} />
        <${Check} form=${form} path=${['spaces', one.index, 'bookable']} label=${t('edit.bookable')}
          hint=${t('edit.bookable.seat')} />
        <${FeatureBoxes} form=${form} path=${['spaces', one.index, 'features']} />
        <div class="actions"><button type="button" class="secondary remove" onClick=${() => {
          setChosen('');
          form.edit((v) => removeSpace(v, one.space.id));
        }}><${Icon} name="trash-2" />${t('edit.members.remove')}</button>
        <button type="button" onClick=${() => setChosen('')}>${t('edit.ok')}</button></div></div>
        </${Dialog}>`}
  </div>`;
};
