// @ts-check
// Somebody at the counter: the form that makes them, and the card of whoever is being served.
import { html, Icon, useEffect, useRef, useState, valueOf } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { ApiError, query } from '../../lib/api.js';
import { ErrorNote, fieldError } from '../../lib/errors.js';
import { Field, focusFirstError } from '../../lib/forms.js';
import { may } from '../../lib/session.js';
import { useOnce } from '../../lib/once.js';
import { Found } from './find.js';
import { Key } from './keys.js';
import { BoundName } from './real-name.js';

/** @typedef {import('../../types').Person} Person */
/** @typedef {import('../../types').FoundPerson} FoundPerson */
/** @typedef {{ name: string, phone: string, birth_year: string, note: string }} Draft */

/** What was typed into the search as the beginning of a form. @param {string} typed @returns {Draft} */
export function draftOf(typed) {
  const words = typed.trim().split(/\s+/);
  const digits = (/** @type {string} */ w) => /^[+\d-]+$/.test(w);
  const phone = words.filter(digits).join('');
  return {
    name: words.filter((w) => !digits(w)).join(' '),
    phone: phone.replace(/\D/g, '').length > 4 ? phone : '', // the last four digits are no number
    birth_year: '', note: '',
  };
}

/** Whoever has the number already, of a refusal. @param {unknown} err @returns {FoundPerson | null} */
const whoHas = (err) => (err instanceof ApiError && err.code === 'person_exists'
  ? /** @type {FoundPerson} */ (/** @type {unknown} */ (err.params)) : null);

/** The fields that show their own errors. */
const own = ['name', 'phone', 'birth_year', 'note'];

/**
 * @param {{ venue: string, start: Draft, onMade: (person: Person) => void, onChoose: (id: string) => void,
 *   onBack: () => void }} props
 */
export const NewPerson = ({ venue, start, onMade, onChoose, onBack }) => {
  const [draft, setDraft] = useState(start);
  const [paper, setPaper] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const send = useOnce();
  const there = whoHas(error);
  useEffect(() => {
    const first = start.name ? 'phone' : 'name';
    form.current?.querySelector(/** @type {'input'} */ (`input[name=${first}]`))?.focus();
  }, []);
  const submit = async (/** @type {Event} */ e) => {
    e.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(null);
    const { name, phone, note } = draft;
    const year = Number(draft.birth_year.trim());
    const said = { ...(phone && { phone }), ...(year && { birth_year: year }), ...(note && { note }),
      consent: paper ? 'paper' : 'oral' };
    try {
      onMade(await send('/people', { venue, name, ...said }));
    } catch (err) {
      setError(err);
      setBusy(false);
      if (!whoHas(err)) focusFirstError(form.current);
    }
  };
  /** @param {keyof Draft} name @param {any} more attributes of the input */
  const input = (name, more) => (/** @type {any} */ a) => html`<input name=${name} value=${draft[name]}
    autocomplete="off" ...${a} ...${more}
    onInput=${(/** @type {Event} */ e) => setDraft({ ...draft, [name]: valueOf(e) })} />`;
  return html`<form class="form" ref=${form} onSubmit=${submit} noValidate aria-labelledby="new-person">
    <h2 id="new-person">${t('counter.new')}</h2>
    <${Field} label=${t('counter.name')} error=${fieldError(error, 'name')}>
      ${input('name', { maxlength: 60, required: true })}</${Field}>
    <${Field} label=${t('counter.phone')} optional hint=${t('counter.phone.hint')}
      error=${there ? '' : fieldError(error, 'phone')}>
      ${input('phone', { type: 'tel', maxlength: 30 })}</${Field}>
    ${there && html`<${Exists} person=${there} onChoose=${onChoose} />`}
    <${Field} label=${t('counter.birth')} optional error=${fieldError(error, 'birth_year')}>
      ${input('birth_year', { inputmode: 'numeric', maxlength: 4, class: 'short' })}</${Field}>
    <${Field} label=${t('counter.note')} optional hint=${t('counter.note.hint')}
      error=${fieldError(error, 'note')}>${input('note', { maxlength: 100 })}</${Field}>
    <p class="hint">${t('counter.consent')}
      ${' '}<a href="/privacy/text" target="_blank">${t('counter.consent.read')}</a></p>
    <label class="check"><input type="checkbox" checked=${paper}
      onChange=${(/** @type {Event} */ e) => setPaper(/** @type {HTMLInputElement} */ (e.target).checked)} />
      <span>${t('counter.consent.paper')}</span></label>
    <${ErrorNote} error=${there ? null : error} skip=${own} />
    <div class="actions">
      <button class="large" aria-disabled=${busy}>
        ${t(busy ? 'counter.making' : 'counter.make')}<${Key}>Enter ↵</${Key}></button>
      <button type="button" class="secondary large" onClick=${onBack}>
        ${t('back')}<${Key}>Esc</${Key}></button>
    </div></form>`;
};

/**
 * The number is somebody's: very likely theirs.
 * @param {{ person: FoundPerson, onChoose: (id: string) => void }} props
 */
const Exists = ({ person, onChoose }) => {
  const ref = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { ref.current?.querySelector('button')?.focus(); }, [person.id]);
  return html`<div class="notice warn counter-exists" role="alert" ref=${ref}>
    <p>${t('counter.exists')}</p>
    <p><${Found} person=${person} /></p>
    <button type="button" class="large" onClick=${() => onChoose(person.id)}>
      ${t('counter.exists.take')}<${Key}>Enter ↵</${Key}></button></div>`;
};

/** +8613800138000 -> 138 0013 8000. @param {string} phone */
export const readable = (phone) => phone.replace(/^\+86(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3');

/** Who is being served. @param {{ person: Person, venue: string, onNext: () => void }} props */
export const PersonCard = ({ person: p, venue, onNext }) => html`<section class="card counter-person"
  aria-labelledby="served">
  <p class="muted">${t('counter.serving')}</p>
  <h2 id="served">${p.name || (p.phone && readable(p.phone)) || t('counter.unnamed')}</h2>
  <p class="counter-apart">
    <span class="num">${p.phone ? readable(p.phone) : t('counter.nophone')}</span>
    ${p.birth_year && html`<span class="num">${t('counter.born', { year: String(p.birth_year) })}</span>`}
    ${p.kind === 'organization' && html`<span class="tag info">${t('counter.organization')}</span>`}</p>
  <${BoundName} person=${p} venue=${venue} />
  ${p.note && html`<p class="counter-note"><${Icon} name="info" />${p.note}</p>`}
  ${may('edit_venue', venue) && html`<p><a href=${'/manage/standing' + query({ venue, person: p.id })}>
    ${t('counter.strikes')}</a></p>`}
  <button type="button" class="secondary" onClick=${onNext}>
    <${Icon} name="undo-2" />${t('counter.other')}<${Key}>Esc</${Key}></button>
</section>`;
