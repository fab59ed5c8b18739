// @ts-check
// A new version of the privacy text, in both languages, with a preview; nothing counts until it is put into
// force.
import { html, useRef, useState, valueOf } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { Confirm } from '../../lib/dialog.js';
import { Field, focusFirstError } from '../../lib/forms.js';
import { ErrorNote, fieldError } from '../../lib/errors.js';
import { Prose } from '../../lib/prose.js';
import { signedOut } from '../../lib/session.js';
import { announce } from '../../lib/shell.js';
import { Guard } from '../editor/guard.js';

/** @typedef {import('../../types').PrivacyText} PrivacyText */

/** @param {{ from: PrivacyText, onDone: () => void, onClose: () => void }} props */
export const Write = ({ from, onDone, onClose }) => {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [draft, setDraft] = useState({ zh: from.body['zh-CN'], en: from.body.en ?? '', changed: '' });
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const n = from.version + 1;
  const dirty = draft.zh !== from.body['zh-CN'] || draft.en !== (from.body.en ?? '');
  const set = (/** @type {Partial<typeof draft>} */ part) => setDraft({ ...draft, ...part });
  const publish = async () => {
    setBusy(true);
    setError(null);
    try {
      const body = { after: from.version, changed: draft.changed, body: { 'zh-CN': draft.zh, en: draft.en } };
      await api('/privacy/texts', { method: 'POST', body });
      announce(t('privacy.manage.published', { n }));
      onDone();
    } catch (err) {
      signedOut(err);
      setError(err);
      focusFirstError(form.current);
    }
    setAsking(false);
    setBusy(false);
  };
  const ask = (/** @type {Event} */ e) => {
    e.preventDefault();
    setAsking(true);
  };
  return html`<form class="form" ref=${form} onSubmit=${ask}>
    <p class="hint">${t('privacy.manage.form')}</p>
    <${Both} name="zh" label=${t('privacy.manage.zh')} value=${draft.zh} tag="zh-CN"
      error=${fieldError(error, 'zh-CN')} onInput=${(/** @type {string} */ zh) => set({ zh })} />
    <${Both} name="en" label=${t('privacy.manage.en')} value=${draft.en} tag="en"
      error=${fieldError(error, 'en')} onInput=${(/** @type {string} */ en) => set({ en })} />
    <${Field} label=${t('privacy.manage.changed')} error=${fieldError(error, 'changed')}>${(
      /** @type {any} */ a) => html`<input name="changed" maxlength="200" required value=${draft.changed}
        onInput=${(/** @type {Event} */ e) => set({ changed: valueOf(e) })} ...${a} />`}</${Field}>
    <${ErrorNote} error=${error} skip=${['zh-CN', 'en', 'changed']} />
    <div class="actions"><button type="button" class="secondary" onClick=${onClose}>
        ${t('privacy.manage.discard')}</button>
      <button id="publish" disabled=${!dirty || busy}>${t('privacy.manage.publish', { n })}</button></div>
    <${Guard} id="" dirty=${dirty && !busy} />
    ${asking && html`<${Confirm} title=${t('privacy.manage.publish.title', { n })}
      text=${t('privacy.manage.publish.text')} yes=${t('privacy.manage.publish.yes')} busy=${busy}
      onYes=${publish} onClose=${() => setAsking(false)} />`}</form>`;
};

/**
 * A text beside what it will look like.
 * @param {{ name: string, label: string, tag: string, value: string, error: string,
 *   onInput: (value: string) => void }} props
 */
const Both = ({ name, label, tag, value, error, onInput }) => html`<div class="privacy-two">
  <${Field} label=${label} error=${error}>${(/** @type {any} */ a) => html`
    <textarea name=${name} lang=${tag} required maxlength="20000" value=${value}
      onInput=${(/** @type {Event} */ e) => onInput(valueOf(e))} ...${a}></textarea>`}</${Field}>
  <section class="card preview" lang=${tag} tabindex="0"
    aria-label=${`${t('privacy.manage.preview')}: ${label}`}>
    <h2>${t('privacy.manage.preview')}</h2><${Prose} text=${value} level=${3} /></section></div>`;
