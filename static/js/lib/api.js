// @ts-check
// The only place that talks to the network. Refusals become ApiError; errors.js puts them into words.
import { setServerNow } from './dates.js';

/** @typedef {import('../types').Problem} Problem */

/** A request that did not succeed: refused by the server, or never answered. */
export class ApiError extends Error {
  /** @param {number} status 0: no answer @param {Problem} problem */
  constructor(status, problem) {
    super(problem.code || 'http_' + status);
    /** The HTTP status, 0 when nothing came back. */
    this.status = status;
    /** What went wrong, for machines: 'space_taken', 'offline', 'timeout', 'http_502'. */
    this.code = problem.code || (status >= 500 ? 'server' : 'http_' + status);
    /** The server's own English sentence; shown only where there is no text for the code. */
    this.detail = problem.detail ?? '';
    this.params = problem.params ?? {};
    /** The input it is about ('start', 'party'), '' for none. */
    this.field = problem.field ?? '';
    this.errors = problem.errors ?? [];
    this.alternatives = problem.alternatives ?? [];
    this.requestId = problem.request_id ?? '';
  }

  /** Whether the same request may well succeed later, so that trying again makes sense. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** @typedef {'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} Method */
/**
 * @typedef {object} Options
 * @property {Method} [method] GET unless said
 * @property {unknown} [body] sent as JSON; a Blob is sent as it is, with its own type
 * @property {string} [key] Idempotency-Key: make it once per attempt of the person with newKey(), keep it for
 *   retries
 * @property {AbortSignal} [signal] an abort rejects with the browser's own AbortError, see aborted()
 * @property {number} [timeout] milliseconds until the answer counts as lost, 20 s unless said
 */

/** How long a person waits for an answer before being told that the network is slow. */
const patience = 20_000;

/**
 * Calls /api/v1. Resolves with the JSON answer (null when there is none), rejects with ApiError.
 * @template T
 * @param {string} path such as '/venues' @param {Options} [options] @returns {Promise<T>}
 */
export async function api(path, { method = 'GET', body, key, signal, timeout = patience } = {}) {
  const limit = new AbortController();
  const stop = () => limit.abort();
  const clock = setTimeout(stop, timeout);
  signal?.addEventListener('abort', stop);
  try {
    const { type, data } = encode(body);
    const headers = { Accept: 'application/json', ...type, ...(key ? { 'Idempotency-Key': key } : {}) };
    const res = await fetch('/api/v1' + path, { method, headers, body: data, signal: limit.signal });
    const text = await res.text();
    const json = parse(text);
    if (json?.code === 'consent_required') dispatchEvent(new Event('consent')); // session.js asks
    if (!res.ok) throw new ApiError(res.status, json ?? {});
    if (json?.now) setServerNow(json.now);
    return json;
  } catch (err) {
    if (err instanceof ApiError || signal?.aborted) throw err;
    throw new ApiError(0, { code: limit.signal.aborted ? 'timeout' : 'offline' });
  } finally {
    clearTimeout(clock);
    signal?.removeEventListener('abort', stop);
  }
}

/** @param {unknown} body @returns {{ type: Record<string, string>, data?: Blob | string }} */
function encode(body) {
  if (body === undefined) return { type: {} };
  if (body instanceof Blob) return { type: { 'Content-Type': body.type }, data: body };
  return { type: { 'Content-Type': 'application/json' }, data: JSON.stringify(body) };
}

/** @param {string} text */
function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null; // a proxy's own error page
  }
}

/** Whether a rejection is only the caller's own abort, which nobody needs to hear of. @param {unknown} err */
export const aborted = (err) => err instanceof DOMException && err.name === 'AbortError';

/** A fresh Idempotency-Key. crypto.randomUUID is absent without HTTPS, so it is not used. */
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))]
  .map((b) => b.toString(16).padStart(2, '0')).join('');

/**
 * A query string of what is set: '' , null, false and undefined are left out.
 * @param {Record<string, string | number | boolean | null | undefined>} params
 */
export function query(params) {
  const unset = ['', null, undefined, false];
  const set = Object.entries(params).filter(([, v]) => !unset.includes(/** @type {any} */ (v)));
  return set.length ? '?' + new URLSearchParams(set.map(([k, v]) => [k, String(v)])) : '';
}
