// @ts-check
// Children and elders one books for: add, correct, remove.
import { formValues, html, Icon, useRef, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api, ApiError } from '../../lib/api.js';
import { today } from '../../lib/dates.js';
import { Confirm, Dialog } from '../../lib/dialog.js';
import { Chips, Field, focusFirstError } from '../../lib/forms.js';
import { ErrorNote, fieldError } from '../../lib/errors.js';
import { useLoad } from '../../lib/load.js';
import { loadSession } from '../../lib/session.js';
import { announce } from '../../lib/shell.js';

/** @typedef {{ id: string, relation: 'child' | 'elder', name: string, birth_year?: number }} Member */

const most = 10;

export const Family = () => {
  const { data, error, reload } = useLoad((signal) => (
    /** @type {Promise<{ items: Member[] }>} */ (api('/account/family', { signal }))), []);
  const [edited, setEdited] = useState(/** @type {Partial<Member> | null} */ (null));
  const [leaving, setLeaving] = useState(/** @type {Member | null} */ (null));
  const close = () => { setEdited(null); setLeaving(null); };
  const done = (/** @type {import('../../lib/i18n.js').Key} */ text) => {
    close();
    announce(t(text));
    reload();
    loadSession();
  };
  const family = data?.items ?? [];
  return html`<section class="card" id="family-card" aria-labelledby="family">
    <h2 id="family">${t('account.family')}</h2>
    <p class="hint">${t('account.family.why')}</p>
    <${ErrorNote} error=${error} retry=${reload} />
    <ul class="plain-list family">${family.map((m) => html`<li key=${m.id} class="row">
      <span><strong>${m.name}</strong> <span class="muted">${memberText(m)}</span></span>
      <span class="row"><button type="button" class="ghost icon-only" onClick=${() => setEdited(m)}
        aria-label=${t('account.family.edit.of', { name: m.name })}><${Icon} name="pencil" /></button>
      <button type="button" class="ghost icon-only" onClick=${() => setLeaving(m)}
        aria-label=${t('account.family.remove.of', { name: m.name })}><${Icon} name="trash-2"
          /></button></span>
    </li>`)}</ul>
    ${data && family.length < most && html`<p class="actions">
      <button type="button" class="secondary" onClick=${() => setEdited({ relation: 'child' })}>
        <${Icon} name="plus" />${t('account.family.add')}</button></p>`}
    ${edited && html`<${Edit} member=${edited} onDone=${done} onClose=${close} />`}
    ${leaving && html`<${Leave} member=${leaving} onDone=${done} onClose=${close} />`}
  </section>`;
};

/** @param {Member} m */
const memberText = (m) => t(m.relation === 'elder' ? 'whom.elder' : 'whom.child')
  + (m.birth_year ? ' · ' + t('account.family.born', { year: String(m.birth_year) }) : '');

/** The years one can be born in, the likeliest first. @param {'child' | 'elder'} relation */
function years(relation) {
  const year = Number(today().slice(0, 4));
  const [from, n] = relation === 'child' ? [year, 19] : [year - 50, 70];
  return Array.from({ length: n }, (_, i) => from - i);
}

/**
 * @param {{ member: Partial<Member>, onClose: () => void,
 *   onDone: (text: import('../../lib/i18n.js').Key) => void }} props
 */
const Edit = ({ member, onDone, onClose }) => {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [relation, setRelation] = useState(member.relation ?? 'child');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const submit = async (/** @type {Event} */ e) => {
    const { name, year } = formValues(e);
    setBusy(true);
    setError(null);
    try {
      const body = { relation, name, ...(year ? { birth_year: Number(year) } : {}) };
      await (member.id ? api(`/account/family/${member.id}`, { method: 'PATCH', body })
        : api('/account/family', { method: 'POST', body }));
      onDone(member.id ? 'account.family.changed' : 'account.family.added');
    } catch (err) {
      setError(err);
      setBusy(false);
      focusFirstError(form.current);
    }
  };
  const choices = years(relation);
  const other = member.birth_year && !choices.includes(member.birth_year) ? [member.birth_year] : [];
  return html`<${Dialog} title=${t(member.id ? 'account.family.edit' : 'account.family.add')}
    onClose=${onClose}>
    <form class="form" ref=${form} onSubmit=${submit} noValidate>
      <${Chips} legend=${t('account.family.relation')} name="relation" value=${relation}
        options=${[['child', t('whom.child')], ['elder', t('whom.elder')]]}
        onChange=${(/** @type {any} */ r) => setRelation(r)} />
      <${Field} label=${t('account.family.name')} hint=${t('account.family.name.hint')}
        error=${fieldError(error, 'name')}>${(/** @type {any} */ a) => html`
        <input name="name" autocomplete="off" maxlength="60" defaultValue=${member.name ?? ''} ...${a}
          />`}</${Field}>
      <${Field} label=${t('account.family.year')} optional=${relation === 'elder'}
        error=${fieldError(error, 'birth_year')}>${(/** @type {any} */ a) => html`<select name="year" ...${a}>
          <option value="">${t('account.family.year.none')}</option>
          ${[...choices, ...other].map((y) => html`<option key=${y} value=${y}
            selected=${y === member.birth_year}>${y}</option>`)}</select>`}</${Field}>
      <${ErrorNote} error=${error} skip=${['name', 'birth_year']} />
      <button class="large" disabled=${busy}>${t('account.save')}</button>
    </form></${Dialog}>`;
};

/**
 * @param {{ member: Member, onClose: () => void,
 *   onDone: (text: import('../../lib/i18n.js').Key) => void }} props
 */
const Leave = ({ member, onDone, onClose }) => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const remove = () => {
    setBusy(true);
    api(`/account/family/${member.id}`, { method: 'DELETE' }).then(() => onDone('account.family.removed'),
      (err) => {
      setError(err);
      setBusy(false);
    });
  };
  const booked = error instanceof ApiError && error.code.startsWith('still_');
  return html`<${Confirm} title=${t('account.family.remove.of', { name: member.name })} danger busy=${busy}
    text=${t('account.family.remove.text')} yes=${t('account.family.remove')} onYes=${remove}
      onClose=${onClose}>
    ${booked ? html`<div class="notice warn"><${Icon} name="calendar-days" />
      <p>${t('account.family.booked', { name: member.name })}</p>
      <a class="button secondary"
        href=${`/bookings?for=${member.id}`}>${t('account.family.booked.see')}</a></div>`
      : html`<${ErrorNote} error=${error} />`}</${Confirm}>`;
};
