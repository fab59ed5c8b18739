// @ts-check
// Sending a file with progress, which fetch cannot show. Everything else goes through api.js.
import { ApiError } from './api.js';

/** How long nothing at all may move before the network counts as lost. */
const silence = 45_000;

/**
 * Sends a file as it is and resolves with the JSON answer; rejects with ApiError.
 * @template T
 * @param {string} path @param {Blob} file
 * @param {{ onProgress?: (share: number) => void, method?: 'POST' | 'PUT', signal?: AbortSignal }} [options]
 *   share: 0 to 1
 * @returns {Promise<T>}
 */
export function upload(path, file, { onProgress, method = 'POST', signal } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let watch = 0;
    const alive = () => {
      clearTimeout(watch);
      watch = setTimeout(() => request.abort(), silence);
    };
    const lost = () => reject(new ApiError(0, { code: navigator.onLine ? 'upload_lost' : 'offline' }));
    request.open(method, '/api/v1' + path);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', (e) => {
      alive();
      if (e.lengthComputable) onProgress?.(e.loaded / e.total);
    });
    request.addEventListener('load', () => answered(request, resolve, reject));
    request.addEventListener('error', lost);
    request.addEventListener('abort', lost);
    request.addEventListener('loadend', () => clearTimeout(watch));
    signal?.addEventListener('abort', () => request.abort());
    alive();
    request.send(file);
  });
}

/**
 * @param {XMLHttpRequest} request @param {(value: any) => void} resolve
 * @param {(err: ApiError) => void} reject
 */
function answered(request, resolve, reject) {
  let json = null;
  try {
    json = JSON.parse(request.responseText);
  } catch {
    // a proxy's own error page
  }
  if (request.status >= 200 && request.status < 300) resolve(json);
  else reject(new ApiError(request.status, json ?? {}));
}
