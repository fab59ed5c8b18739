// The part of zxing-wasm that the client uses.
export interface ReadResult { text: string; format: string; isValid: boolean; error: string }
export interface ReaderOptions { formats?: string[]; maxNumberOfSymbols?: number; tryHarder?: boolean;
  tryInvert?: boolean }
export function readBarcodes(image: ImageData | Blob | ArrayBuffer | Uint8Array,
  options?: ReaderOptions): Promise<ReadResult[]>;
export function prepareZXingModule(options: { overrides?: { locateFile?: (path: string,
  prefix: string) => string } }): void;
