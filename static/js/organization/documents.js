// @ts-check
// The documents of a registration: sending with progress, replacing, deleting, saving a copy.
import { html, Icon, useRef, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api, ApiError, query } from '../lib/api.js';
import { upload } from '../lib/upload.js';
import { ErrorNote } from '../lib/errors.js';
import { Confirm } from '../lib/dialog.js';
import { announce } from '../lib/shell.js';
import { shrunk } from './shrink.js';
import { dayText, sizeText } from './words.js';

/** @typedef {import('../types').Organization} Organization */
/** @typedef {import('../types').OrganizationDocument} Document */
/** @typedef {{ name: string, share: number, error?: unknown, file: File, replaces: string }} Sending */

const most = 10;
const largest = 5 << 20;

/** @param {{ organization: Organization, onChange: () => void }} props */
export const Documents = ({ organization: o, onChange }) => {
  const [sending, setSending] = useState(/** @type {Sending | null} */ (null));
  const [removing, setRemoving] = useState(/** @type {Document | null} */ (null));
  const send = async (/** @type {File} */ file, replaces = '') => {
    const show = (/** @type {Partial<Sending>} */ more) =>
      setSending({ name: file.name, share: 0, file, replaces, ...more });
    show({});
    try {
      const blob = await shrunk(file);
      if (blob.size > largest) throw new ApiError(422, { code: 'document_large', params: { max: largest } });
      if (!blob.size) throw new ApiError(422, { code: 'document_empty' });
      const to = `/organizations/${o.id}/documents` + query({ name: file.name, replaces });
      await upload(to, blob, { onProgress: (share) => show({ share }) });
      setSending(null);
      announce(t('organization.documents.sent', { name: file.name }));
      onChange();
    } catch (error) {
      show({ error });
    }
  };
  const busy = Boolean(sending && !sending.error);
  return html`<section class="section" id="documents" aria-labelledby="documents-title">
    <h2 id="documents-title">${t('organization.documents')}</h2>
    <p class="muted">${t('organization.documents.hint')}</p>
    ${o.files.length > 0 && html`<ul class="files">${o.files.map((d) => html`<${File} key=${d.id} file=${d}
      busy=${busy}
      onReplace=${(/** @type {File} */ file) => send(file, d.id)}
        onRemove=${() => setRemoving(d)} />`)}</ul>`}
    ${sending && html`<${Progress} sending=${sending} onRetry=${() => send(sending.file, sending.replaces)}
      onClose=${() => setSending(null)} />`}
    ${o.files.length < most && html`<p><${Pick} id="add-document" look=${o.files.length ? 'secondary' : ''}
      busy=${busy}
      text=${t('organization.documents.add')} onPick=${send} /></p>`}
    ${removing && html`<${Remove} organization=${o} file=${removing} onClose=${() => setRemoving(null)}
      onDone=${() => { setRemoving(null); onChange(); }} />`}
  </section>`;
};

/**
 * A button that asks for a file.
 * @param {{ id?: string, text: string, label?: string, look?: string, busy: boolean, onPick: (file: File) =>
 * void }} props
 */
const Pick = ({ id, text, label, look = '', busy, onPick }) => {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const picked = () => {
    const file = input.current?.files?.[0];
    if (file) onPick(file);
    if (input.current) input.current.value = ''; // so that the same file can be chosen again
  };
  return html`<label class=${'button upload ' + look}><${Icon} name="upload" /><span>${text}</span>
    <input class="visually-hidden" ref=${input} id=${id} type="file" aria-label=${label ?? text}
      disabled=${busy}
      accept="application/pdf,image/jpeg,image/png" onChange=${picked} /></label>`;
};

/** @param {{ file: Document, busy: boolean, onReplace: (file: File) => void, onRemove: () => void }} props */
const File = ({ file: d, busy, onReplace, onRemove }) => html`<li class="file">
  <${Icon} name=${d.type === 'application/pdf' ? 'list' : 'image'} />
  <p class="file-name"><a href=${d.url} download>${d.name}</a>
    <span class="muted">${sizeText(d.size)} · ${dayText(d.at)}</span></p>
  <div class="file-tools"><${Pick} look="ghost" busy=${busy} text=${t('organization.documents.replace')}
      label=${t('organization.documents.replace.one', { name: d.name })} onPick=${onReplace} />
    <button type="button" class="ghost" aria-label=${t('organization.documents.remove.one', { name: d.name })}
      onClick=${onRemove}>
      <${Icon} name="trash-2" />${t('organization.documents.remove')}</button></div></li>`;

/** @param {{ sending: Sending, onRetry: () => void, onClose: () => void }} props */
const Progress = ({ sending, onRetry, onClose }) => {
  const percent = Math.round(sending.share * 100);
  if (sending.error) {
    const lost = sending.error instanceof ApiError && sending.error.passing;
    return html`<div class="sending"><p>${sending.name}</p><${ErrorNote} error=${sending.error} retry=${lost
      ? onRetry : undefined} />
      <button type="button" class="ghost" onClick=${onClose}>${t('close')}</button></div>`;
  }
  return html`<div class="sending" role="status"><p>${t(percent < 100 ? 'organization.documents.sending'
    : 'organization.documents.checking',
    { name: sending.name, n: percent })}</p>
    <progress max="100" value=${percent} aria-label=${sending.name}></progress></div>`;
};

/** @param {{ organization: Organization, file: Document, onDone: () => void, onClose: () => void }} props */
const Remove = ({ organization: o, file, onDone, onClose }) => {
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const remove = () => api(`/organizations/${o.id}/documents/${file.id}`, { method: 'DELETE' })
    .then(onDone, setError);
  return html`<${Confirm} title=${t('organization.documents.remove.one', { name: file.name })} danger
    text=${t('organization.documents.remove.text')} yes=${t('organization.documents.remove')} onYes=${remove}
      onClose=${onClose}>
    <${ErrorNote} error=${error} /></${Confirm}>`;
};
