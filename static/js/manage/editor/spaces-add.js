// @ts-check
// The dialogs that add spaces: a room, a room of seats, a hall that can be divided, a row of panels.
import { formValues, html, Icon, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { Field } from '../../lib/forms.js';
import { Explained } from './hours.js';
import { addParts, addRoom, addSeats, numbered } from './spaces-data.js';

/** @typedef {import('../../types').Venue} Venue */
/** @typedef {import('../../lib/i18n.js').Key} Key */
/** @typedef {{ venue: Venue, onAdd: (change: (v: Venue) => Venue) => void }} Props */

/**
 * @param {{ name: string, label: string, value?: string, hint?: string, optional?: boolean, language?: string
 *   }} props
 */
const Text = ({ name, label, value, hint, optional, language }) => html`<${Field} label=${label} hint=${hint}
  optional=${optional}>
  ${(/** @type {any} */ a) => html`<input ...${a} name=${name} defaultValue=${value} required=${!optional}
    maxlength="80"
    lang=${language} autocomplete="off" />`}</${Field}>`;

/**
 * @param {{ name: string, label: string, value: number, max: number, hint?: string, onInput?: (n: number) =>
 *   void }} props
 */
const Count = ({ name, label, value, max, hint, onInput }) => html`<${Field} label=${label} hint=${hint}
  class="number-field">
  ${(/** @type {any} */ a) => html`<input ...${a} name=${name} type="number" min="1" max=${max} required
    defaultValue=${value}
    onInput=${(/** @type {any} */ e) => onInput?.(Number(e.target.value))} />`}</${Field}>`;

/**
 * The name in both languages and the floor: what every space has.
 * @param {{ label: string, children?: any }} props
 */
const Names = ({ label, children }) => html`<div class="form-row pair">
    <${Text} name="zh" label=${t('edit.zh', { label })} language="zh-CN" />
    <${Text} name="en" label=${t('edit.en', { label })} optional language="en" /></div>
  ${children}<${Text} name="floor" label=${t('edit.floor')} optional hint=${t('edit.floor.hint')} />`;

const Submit = () => html`<div class="actions"><button class="large"><${Icon} name="plus" />${t('edit.add')}
</button></div>`;

/** @param {Record<string, string>} f @param {string} [zh] @param {string} [en] */
const textOf = (f, zh = 'zh', en = 'en') => ({ 'zh-CN': f[zh], ...(f[en] ? { en: f[en] } : {}) });

/** @param {Props} props */
const RoomForm = ({ venue, onAdd }) => {
  const outside = venue.kind === 'square' || venue.kind === 'corridor';
  const [use, setUse] = useState(outside ? 'shared' : 'exclusive');
  const submit = (/** @type {Event} */ e) => {
    const f = formValues(e);
    const type = outside ? 'open_area' : Number(f.people) >= 50 ? 'hall' : 'room';
    const allocation = use === 'shared' ? 'shared' : 'exclusive';
    const wish = { name: textOf(f), type, seats: Number(f.people), allocation, floor: f.floor || undefined };
    onAdd((v) => addRoom(v, /** @type {Parameters<typeof addRoom>[1]} */ (wish)));
  };
  return html`<form class="form" onSubmit=${submit}><${Names} label=${t('edit.name')}>
      <${Count} name="people" label=${t('edit.people')} value=${outside ? 50 : 12} max=${100000} /></${Names}>
    <fieldset><legend class="label">${t('edit.use')}</legend><${Explained} name="use" value=${use}
      onChange=${setUse} options=${[
      ['exclusive', t('edit.use.exclusive'), t('edit.use.exclusive.hint')],
      ['shared', t('edit.use.shared'), t('edit.use.shared.hint')]]} /></fieldset>
    <${Submit} /></form>`;
};

/** @param {Props} props */
const SeatsForm = ({ onAdd }) => {
  const [count, setCount] = useState(24);
  const [prefix, setPrefix] = useState('A-');
  const submit = (/** @type {Event} */ e) => {
    const f = formValues(e);
    const wish = { name: textOf(f), prefix: f.prefix, count: Number(f.count), floor: f.floor || undefined };
    onAdd((v) => addSeats(v, wish));
  };
  return html`<form class="form" onSubmit=${submit}><${Names} label=${t('edit.name')}>
    <div class="form-row"><${Count} name="count" label=${t('edit.seats.count')} value=${24} max=${1000}
      onInput=${setCount} />
      <${Field} label=${t('edit.seats.prefix')}>${(/** @type {any} */ a) => html`<input ...${a} name="prefix"
        maxlength="20"
        value=${prefix} onInput=${(/** @type {any} */ e) => setPrefix(e.target.value)} />`}</${Field}></div>
    <p class="hint" role="status">${count > 0 && t('edit.seats.preview',
      { first: numbered(prefix, 1, count), last: numbered(prefix, count, count), n: count })}</p></${Names}>
        <${Submit} /></form>`;
};

/** @param {Props} props */
const HallForm = ({ onAdd }) => {
  const [n, setN] = useState(2);
  const parts = Array.from({ length: n }, (_, i) => i);
  const submit = (/** @type {Event} */ e) => {
    const f = formValues(e);
    onAdd((v) => addParts(v, { whole: textOf(f), type: 'hall', partType: 'hall', floor: f.floor || undefined,
      parts: parts.map((i) => ({ name: textOf(f, 'zh' + i, 'en' + i), seats: Number(f['people' + i]) })) }));
  };
  return html`<form class="form" onSubmit=${submit}><p class="hint">${t('edit.hall.explain')}</p><${Names}
    label=${t('edit.hall.whole')} />
    ${parts.map((i) => html`<fieldset class="entry" key=${i}><legend class="label">
      ${t('edit.hall.part', { n: i + 1 })}</legend>
      <div class="form-row pair"><${Text} name=${'zh' + i} label=${t('edit.zh', { label: t('edit.name') })}
        language="zh-CN" />
        <${Text} name=${'en' + i} label=${t('edit.en', { label: t('edit.name') })} optional language="en" />
        </div>
      <${Count} name=${'people' + i} label=${t('edit.people')} value=${30} max=${100000} /></fieldset>`)}
    <p class="row"><button type="button" class="secondary" disabled=${n >= 6} onClick=${() => setN(n + 1)}>
        <${Icon} name="plus" />${t('edit.hall.more')}</button>
      ${n > 2 && html`<button type="button" class="ghost" onClick=${() => setN(n - 1)}>${t('edit.hall.less')}
      </button>`}</p>
    <${Submit} /></form>`;
};

/** @param {Props} props */
const PanelsForm = ({ onAdd }) => {
  const submit = (/** @type {Event} */ e) => {
    const f = formValues(e);
    const of = Number(f.count);
    const parts = Array.from({ length: of }, (_, i) => ({
      name: { 'zh-CN': numbered(f.prefix, i + 1, of), en: 'Panel ' + (i + 1) }, seats: Number(f.people),
    }));
    const whole = f.zh ? textOf(f) : null;
    onAdd((v) => addParts(v, { whole, type: 'open_area', partType: 'panel', parts }));
  };
  return html`<form class="form" onSubmit=${submit}>
    <div class="form-row"><${Count} name="count" label=${t('edit.panels.count')} value=${12} max=${500} />
      <${Text} name="prefix" label=${t('edit.panels.prefix')} value=${t('edit.panels.prefix.value')} /></div>
    <${Count} name="people" label=${t('edit.panels.people')} value=${10} max=${1000} />
    <p class="hint">${t('edit.panels.whole.hint')}</p>
    <div class="form-row pair"><${Text} name="zh"
      label=${t('edit.zh', { label: t('edit.panels.whole') })} optional language="zh-CN" />
      <${Text} name="en" label=${t('edit.en', { label: t('edit.panels.whole') })} optional language="en" />
      </div>
    <${Submit} /></form>`;
};

/** @type {{ id: string, icon: string, title: Key, hint: Key, form: any }[]} */
export const adders = [
  { id: 'seats', icon: 'armchair', title: 'edit.add.seats', hint: 'edit.add.seats.hint', form: SeatsForm },
  { id: 'room', icon: 'door-open', title: 'edit.add.room', hint: 'edit.add.room.hint', form: RoomForm },
  { id: 'hall', icon: 'presentation', title: 'edit.add.hall', hint: 'edit.add.hall.hint', form: HallForm },
  { id: 'panels', icon: 'rectangle-vertical', title: 'edit.add.panels', hint: 'edit.add.panels.hint',
    form: PanelsForm },
];
