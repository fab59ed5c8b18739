// @ts-check
// The only script that may compile WebAssembly: the server gives this file a policy of its own.
import { prepareZXingModule, readBarcodes } from '../../vendor/zxing-reader.js';

const wasm = new URL('../../vendor/zxing_reader.wasm', import.meta.url).href;
prepareZXingModule({ overrides: { locateFile: () => wasm } });

self.addEventListener('message', async (/** @type {MessageEvent} */ e) => {
  const { id, image, thorough } = e.data;
  try {
    const found = await readBarcodes(image, { formats: ['QRCode'], maxNumberOfSymbols: 1,
      tryHarder: thorough });
    self.postMessage({ id, text: found.find((f) => f.isValid)?.text ?? '' });
  } catch (err) {
    self.postMessage({ id, text: '', error: String(err) });
  }
});
