// @ts-check
// Passkeys: the browser's own dialogs (WebAuthn), and JSON on the way to the server. The browsers we serve
// lack the
// newer methods that translate between the two, so it is done here.
import { api } from './api.js';
import { signIn } from './session.js';

/** Whether this browser can make and use passkeys here: not without HTTPS, nor at an IP address. */
export const canPasskeys = () => 'PublicKeyCredential' in window && 'credentials' in navigator
  && !/^[\d.]+$|^\[/.test(location.hostname);

/** @param {ArrayBuffer} buffer as base64url */
const encode = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

/** @param {string} text base64url */
const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) =>
  c.charCodeAt(0));

/** @param {any[]} [list] of credentials */
const decodeIds = (list) => list?.map((one) => ({ ...one, id: decode(one.id) }));

/** What the browser answered, as the server reads it. @param {any} made a PublicKeyCredential */
function answer(made) {
  const { response } = made;
  const fields = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
  const encoded = fields.filter((f) => response[f]).map((f) => [f, encode(response[f])]);
  return {
    id: made.id, rawId: encode(made.rawId), type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response: {
      ...Object.fromEntries(encoded),
      ...(response.getTransports ? { transports: response.getTransports() } : {}),
    },
  };
}

/** Whether somebody closed the browser's dialog, which needs no words. @param {unknown} err */
export const dismissed = (err) => err instanceof DOMException && ['NotAllowedError',
  'AbortError'].includes(err.name);

/** Makes a passkey on this device and adds it to the account. @param {string} name */
export async function addPasskey(name) {
  const { options } = /** @type {any} */ (await api('/account/passkeys/options', { method: 'POST' }));
  const made = await navigator.credentials.create({
    publicKey: {
      ...options, challenge: decode(options.challenge), user: { ...options.user,
        id: decode(options.user.id) },
      excludeCredentials: decodeIds(options.excludeCredentials),
    },
  });
  return api('/account/passkeys', { method: 'POST', body: { name, passkey: answer(made) } });
}

/**
 * Asks for a passkey: its answer to a challenge of the server.
 * @param {{ quietly?: boolean, signal?: AbortSignal }} [how] quietly: only offered where the browser fills in
 *   forms
 */
export async function showPasskey({ quietly, signal } = {}) {
  const { options } = /** @type {any} */ (await api('/session/passkey-challenges', { method: 'POST',
    signal }));
  const shown = await navigator.credentials.get({
    publicKey: {
      ...options, challenge: decode(options.challenge), allowCredentials: decodeIds(options.allowCredentials),
    },
    ...(quietly ? { mediation: /** @type {any} */ ('conditional') } : {}),
    signal,
  });
  return answer(shown);
}

/** Signs in with a passkey. @param {{ quietly?: boolean, signal?: AbortSignal }} [how] */
export async function signInByPasskey(how) {
  await signIn({ passkey: await showPasskey(how) });
}

/** Whether the browser can offer passkeys where it fills in forms. */
export async function canOfferQuietly() {
  try {
    const known = /** @type {any} */ (window).PublicKeyCredential?.isConditionalMediationAvailable;
    return Boolean(known && await known.call(/** @type {any} */ (window).PublicKeyCredential));
  } catch {
    return false;
  }
}
