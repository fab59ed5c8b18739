// @ts-check
// Sending something that must happen once, whatever the network does.
import { useRef } from './ui.js';
import { api, ApiError, newKey } from './api.js';

/**
 * The same request again keeps its Idempotency-Key until it was answered, so that a double tap or a retry on
 * a bad network makes one booking, or one person.
 */
export function useOnce() {
  const last = useRef({ request: '', key: '' });
  /** @template T @param {string} path @param {unknown} body @returns {Promise<T>} */
  const send = async (path, body) => {
    const request = path + JSON.stringify(body);
    if (last.current.request !== request) last.current = { request, key: newKey() };
    try {
      return await api(path, { method: 'POST', body, key: last.current.key });
    } catch (err) {
      if (err instanceof ApiError && !err.passing) last.current = { request: '', key: '' };
      throw err;
    }
  };
  return send;
}
