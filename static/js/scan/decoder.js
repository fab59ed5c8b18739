// @ts-check
// Reads QR codes in a worker, so that the picture of the camera never stutters.

/** What a picture says: '' where no code was found. @typedef {{ text: string, error?: string }} Found */

/** @type {Worker | undefined} */
let worker;
/** @type {Map<number, (found: Found) => void>} */
const waiting = new Map();
let last = 0;

function start() {
  worker = new Worker(new URL('./decode.worker.js', import.meta.url), { type: 'module' });
  worker.addEventListener('message', (/** @type {MessageEvent} */ e) => {
    waiting.get(e.data.id)?.(e.data);
    waiting.delete(e.data.id);
  });
  worker.addEventListener('error', () => { // it could not be loaded: nobody waits for ever
    for (const done of waiting.values()) done({ text: '', error: 'worker' });
    waiting.clear();
    worker = undefined;
  });
  return worker;
}

/**
 * Looks for a QR code in a frame of the camera or in a photo.
 * @param {ImageData | Blob} image
 * @param {{ thorough?: boolean }} [options] thorough: slower, for a single photo
 * @returns {Promise<Found>}
 */
export function decode(image, { thorough = false } = {}) {
  return new Promise((resolve) => {
    const id = ++last;
    waiting.set(id, resolve);
    (worker ?? start()).postMessage({ id, image, thorough });
  });
}

/** Fetches and compiles the reader ahead, while somebody still aims. */
export const warmUp = () => decode(new ImageData(8, 8));
