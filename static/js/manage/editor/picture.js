// @ts-check
// Makes a photo of any phone small enough to send: at most 1600 pixels a side, as a JPEG under one
// megabyte.

const longest = 1600;
const heaviest = 1_000_000; // bytes; the server takes a little more

/** @param {number} width @param {number} height @returns {[number, number]} */
export function fit(width, height) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** @param {HTMLCanvasElement} canvas @param {number} quality @returns {Promise<Blob>} */
const jpeg = (canvas, quality) => new Promise((resolve, reject) => {
  canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', quality);
});

/**
 * Rejects when the file is no picture this browser can read. An <img> turns photos the right way up on its
 * own.
 * @param {File} file @returns {Promise<Blob>}
 */
export async function shrink(file) {
  const url = URL.createObjectURL(file);
  try {
    const img = new Image();
    img.src = url;
    await img.decode();
    let [width, height] = fit(img.naturalWidth, img.naturalHeight);
    const canvas = document.createElement('canvas');
    for (;;) {
      canvas.width = width;
      canvas.height = height;
      const g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      g.fillStyle = '#fff'; // what is transparent would turn black
      g.fillRect(0, 0, width, height);
      g.drawImage(img, 0, 0, width, height);
      for (const quality of [0.85, 0.7, 0.55]) {
        const blob = await jpeg(canvas, quality);
        if (blob.size <= heaviest) return blob;
      }
      [width, height] = [Math.round(width * 0.75), Math.round(height * 0.75)];
    }
  } finally {
    URL.revokeObjectURL(url);
  }
}
