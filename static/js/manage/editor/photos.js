// @ts-check
// Photos: adding and removing takes effect at once; their order is saved with the rest.
import { html, Icon, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { Confirm } from '../../lib/dialog.js';
import { ErrorNote } from '../../lib/errors.js';
import { announce } from '../../lib/shell.js';
import { shrink } from './picture.js';

/** @typedef {{ id: string, url: string }} Photo */

const most = 20; // of one venue, as the server has it

/**
 * @param {{ venue: string, photos: Photo[], onStored: (change: (photos: Photo[]) => Photo[]) => void,
 *   onOrder: (photos: Photo[]) => void }} props
 *   onStored: the server already has it; onOrder: a change like any other, to be saved
 */
export const Photos = ({ venue, photos, onStored, onOrder }) => {
  const [busy, setBusy] = useState(0);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const [unreadable, setUnreadable] = useState('');
  const [removing, setRemoving] = useState(/** @type {Photo | null} */ (null));
  /** @param {File} file */
  const upload = async (file) => {
    const body = await shrink(file).catch(() => null);
    if (!body) return setUnreadable(file.name);
    const made = /** @type {Photo} */ (await api(`/venues/${venue}/photos`,
      { method: 'POST', body, timeout: 60_000 }));
    onStored((have) => [...have.filter((p) => p.id !== made.id), made]);
    announce(t('edit.photos.added'));
  };
  const choose = async (/** @type {Event} */ e) => {
    const input = /** @type {HTMLInputElement} */ (e.target);
    const files = [...input.files ?? []];
    input.value = '';
    setError(null);
    setUnreadable('');
    setBusy(files.length);
    for (const [i, file] of files.entries()) {
      try {
        await upload(file);
      } catch (err) {
        setError(err);
        break;
      }
      setBusy(files.length - i - 1);
    }
    setBusy(0);
  };
  const remove = async (/** @type {Photo} */ photo) => {
    setRemoving(null);
    setError(null);
    try {
      await api(`/venues/${venue}/photos/${photo.id}`, { method: 'DELETE' });
      onStored((have) => have.filter((p) => p.id !== photo.id));
    } catch (err) {
      setError(err);
    }
  };
  const move = (/** @type {number} */ from, /** @type {number} */ to) => {
    const next = photos.filter((_, i) => i !== from);
    next.splice(to, 0, photos[from]);
    onOrder(next);
  };
  return html`<div class="card form">
    <p class="hint">${t('edit.photos.hint')}</p>
    <${ErrorNote} error=${error} />
    ${unreadable && html`<p class="notice bad" role="alert">
      ${t('edit.photos.unreadable', { name: unreadable })}</p>`}
    ${!photos.length && html`<p class="empty"><${Icon} name="image" /><br />${t('edit.photos.none')}</p>`}
    <ol class="photos">${photos.map((p, i) => html`<${PhotoCard} key=${p.id} photo=${p} place=${i}
      of=${photos.length}
      onMove=${(/** @type {number} */ to) => move(i, to)} onRemove=${() => setRemoving(p)} />`)}</ol>
    ${photos.length >= most ? html`<p class="hint">${t('edit.photos.full', { n: most })}</p>`
      : html`<p><label class="button secondary upload"><${Icon} name="upload" />
        <span>${busy ? t('edit.photos.busy', { n: busy }) : t('edit.photos.add')}</span>
        <input class="visually-hidden" id="photo-file" type="file" accept="image/*" multiple
          disabled=${busy > 0} onChange=${choose} /></label></p>`}
    ${removing && html`<${Confirm} danger title=${t('edit.photos.remove.title')}
      text=${t('edit.photos.remove.text')}
      yes=${t('edit.photos.remove')} no=${t('edit.cancel')} onYes=${() => remove(removing)}
      onClose=${() => setRemoving(null)} />`}
  </div>`;
};

/**
 * @param {{ photo: Photo, place: number, of: number, onMove: (to: number) => void, onRemove: () => void }}
 *   props
 */
const PhotoCard = ({ photo, place, of, onMove, onRemove }) => {
  const name = t('edit.photos.nth', { n: place + 1, of });
  return html`<li><img src=${photo.url} alt=${name} loading="lazy" />
    ${place === 0 && html`<span class="tag good">${t('edit.photos.cover')}</span>`}
    <div class="photo-ways">
      <button type="button" class="ghost icon-only" disabled=${place === 0} onClick=${() => onMove(place - 1)}
        aria-label=${t('edit.photos.earlier', { name })}><${Icon} name="chevron-left" /></button>
      <button type="button" class="ghost icon-only" disabled=${place === of - 1}
        onClick=${() => onMove(place + 1)}
        aria-label=${t('edit.photos.later', { name })}><${Icon} name="chevron-right" /></button>
      ${place > 0 && html`<button type="button" class="ghost" aria-label=${t('edit.photos.first', { name })}
        onClick=${() => onMove(0)}>${t('edit.photos.make')}</button>`}
      <button type="button" class="ghost icon-only" onClick=${onRemove}
        aria-label=${t('edit.photos.remove.of', { name })}><${Icon} name="trash-2" /></button>
    </div></li>`;
};
