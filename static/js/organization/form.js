// @ts-check
// The form of a registration, for a new one and for changes; the credit code is checked while it is typed.
import { formValues, html, Icon, useRef, useState, valueOf } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api, ApiError } from '../lib/api.js';
import { Field, focusFirstError, Select } from '../lib/forms.js';
import { ErrorNote } from '../lib/errors.js';
import { checkCode, normal } from './code.js';
import { kinds, problemOf, withoutCode } from './words.js';

/** @typedef {import('../types').Organization} Organization */

/** @type {Record<string, import('../lib/i18n.js').Key>} */
const labels = {
  name: 'organization.name', contact: 'organization.contact', phone: 'organization.phone',
  email: 'organization.email', address: 'organization.address', about: 'organization.about',
};
const fields = ['name', 'code', 'kind', 'contact', 'phone', 'email', 'address', 'about'];

/**
 * @param {{ organization?: Organization, onDone: (saved: Organization) => void, onCancel?: () => void }}
 *   props organization: what is changed; none: a new one
 */
export const OrganizationForm = ({ organization: old, onDone, onCancel }) => {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [kind, setKind] = useState(old?.kind ?? 'association');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const submit = async (/** @type {Event} */ e) => {
    const body = { ...formValues(e), ...(old && { revision: old.revision }) };
    setBusy(true);
    setError(null);
    try {
      onDone(old ? await api('/organizations/' + old.id, { method: 'PUT', body })
        : await api('/organizations', { method: 'POST', body }));
    } catch (err) {
      setError(err);
      focusFirstError(form.current);
    }
    setBusy(false);
  };
  const shown = error instanceof ApiError
    && error.errors.some((e) => fields.includes(e.location.replace(/^body\./, '')));
  return html`<form class="form" ref=${form} onSubmit=${submit} novalidate>
    <${Text} name="name" value=${old?.proposed ?? old?.name} error=${error} hint max=${60}
      complete="organization" />
    <${Select} label=${t('organization.kind')} name="kind" value=${kind} error=${problemOf(error, 'kind')}
      options=${kinds.map((k) => [k, t(`organization.kind.${k}`)])} onChange=${setKind} />
    <${CodeField} value=${old?.code ?? ''} optional=${withoutCode.includes(kind)}
      error=${problemOf(error, 'code')} />
    <div class="form-row">
      <${Text} name="contact" value=${old?.contact} error=${error} max=${60} complete="name" />
      <${Text} name="phone" value=${old?.phone} error=${error} max=${26} complete="tel" mode="tel" /></div>
    <${Text} name="email" value=${old?.email} error=${error} max=${200} optional complete="email"
      mode="email" />
    <${Text} name="address" value=${old?.address} error=${error} max=${200} optional
      complete="street-address" />
    <${Text} name="about" value=${old?.about} error=${error} max=${500} optional hint />
    ${!shown && html`<${ErrorNote} error=${error} />`}
    ${old?.verified && html`<p class="notice"><${Icon} name="info" />
      <span>${t('organization.amend.note')}</span></p>`}
    <div class="actions">
      ${onCancel && html`<button type="button" class="secondary"
        onClick=${onCancel}>${t('organization.cancel')}</button>`}
      <button class="large" disabled=${busy}>
        ${t(old ? 'organization.save' : 'organization.found')}</button></div></form>`;
};

/**
 * @param {{ name: 'name' | 'contact' | 'phone' | 'email' | 'address' | 'about', value?: string,
 *   error: unknown, max: number, hint?: boolean, optional?: boolean, complete?: string, mode?: string }}
 *   props
 */
const Text = ({ name, value = '', error, max, hint, optional, complete, mode }) => html`
  <${Field} label=${t(labels[name])} optional=${optional} error=${problemOf(error, name)}
    hint=${hint && t(name === 'name' ? 'organization.name.hint' : 'organization.about.hint')}>
    ${(/** @type {any} */ a) => html`<input name=${name} maxlength=${max} defaultValue=${value}
      inputmode=${mode} autocomplete=${complete} ...${a} />`}</${Field}>`;

/** @param {{ value: string, optional: boolean, error: string }} props */
const CodeField = ({ value, optional, error }) => {
  const [typed, setTyped] = useState(value);
  const [left, setLeft] = useState(false);
  const { wrong, position } = checkCode(typed);
  const live = typed && (wrong === 'character' || wrong === 'length' || wrong === 'check'
    || (wrong === 'short' && left));
  const words = live ? t(`err.code_${wrong === 'short' ? 'length' : wrong}`, { position: position ?? 0 })
    : '';
  const good = typed && !wrong;
  return html`<${Field} label=${t('organization.code')} optional=${optional} error=${words || error}
    hint=${good ? html`<span class="code-good">
      <${Icon} name="circle-check" />${t('organization.code.good')}</span>`
      : t(optional ? 'organization.code.none' : 'organization.code.hint', { n: normal(typed).length })}>
    ${(/** @type {any} */ a) => html`<input name="code" class="credit-code" maxlength="30" value=${typed}
      autocapitalize="characters"
      autocomplete="off" spellcheck=${false} ...${a} onBlur=${() => setLeft(true)}
      onInput=${(/** @type {Event} */ e) => setTyped(valueOf(e))} />`}</${Field}>`;
};
