// @ts-check
// The photo of an appeal: chosen, made small, sent with progress.
import { html, Icon, useRef } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { ApiError } from '../lib/api.js';
import { upload } from '../lib/upload.js';
import { shrunk } from '../organization/shrink.js';

const largest = 5 << 20;

/** @param {string} appeal @param {File} file @param {(share: number) => void} onProgress */
export async function sendPhoto(appeal, file, onProgress) {
  const blob = await shrunk(file);
  if (blob.size > largest) throw new ApiError(422, { code: 'photo_large' });
  await upload(`/account/appeals/${appeal}/photo`, blob, { method: 'PUT', onProgress });
}

/**
 * A button that asks for a photo. @param {{ text: string, busy?: boolean, onPick: (file: File) => void }}
 *   props
 */
export const PickPhoto = ({ text, busy, onPick }) => {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const picked = () => {
    const file = input.current?.files?.[0];
    if (file) onPick(file);
    if (input.current) input.current.value = ''; // so that the same file can be chosen again
  };
  return html`<label class="button upload secondary"><${Icon} name="image" /><span>${text}</span>
    <input class="visually-hidden" ref=${input} type="file" accept="image/jpeg,image/png,image/webp"
      aria-label=${text} disabled=${busy} onChange=${picked} /></label>`;
};
