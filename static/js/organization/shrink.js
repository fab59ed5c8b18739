// @ts-check
// A photo of a certificate is made small enough for a bad network before it is sent. What the browser cannot
// read goes as
// it is, and the server says what is wrong with it.

const longest = 2400; // pixels: small print on A4 stays readable
const small = 1_500_000; // bytes that need no work

/** @param {File} file @returns {Promise<Blob>} */
export async function shrunk(file) {
  const sendable = ['image/jpeg', 'image/png', 'application/pdf'].includes(file.type);
  if (!file.type.startsWith('image/') || file.type === 'image/svg+xml' || (sendable
    && file.size <= small)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
    return made && (made.size < file.size || !sendable) ? made : file;
  } catch {
    return file;
  }
}
