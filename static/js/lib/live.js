// @ts-check
// The pass of a booking as a phone shows it: a QR code whose last part is another one every half minute, from
// a list that the server has given ahead, so that it goes on changing where the network does not reach.
import { api, ApiError } from './api.js';
import { clockAfter } from './dates.js';
import { keepLive, keptLive } from './offline.js';

/**
 * @typedef {object} Pass
 * @property {string} token
 * @property {{ seconds: number, from: number, codes: string[] }} live
 * @property {string[]} check_in_by what counts at the door; none: everything but a tap on the phone
 * @property {string} now the server's clock when it was asked
 * @property {number} skew the server's clock minus this device's, in milliseconds
 */

/**
 * Asks for the pass; without a network it is the one kept on this device, if any.
 * @param {string} id of the booking @returns {Promise<Pass>}
 */
export async function loadPass(id) {
  try {
    const got = /** @type {Pass} */ (await api(`/bookings/${id}/pass`));
    const pass = { ...got, skew: Date.parse(got.now) - Date.now() };
    await keepLive(id, pass);
    return pass;
  } catch (err) {
    const kept = err instanceof ApiError && err.passing ? await keptLive(id) : null;
    if (!kept) throw err;
    return kept;
  }
}

/** The slot of this moment, by the server's clock. @param {Pass} pass */
const slotOf = ({ live, skew }) => Math.floor((Date.now() + skew) / 1000 / live.seconds);

/** The wall clock of the venue, with its seconds. @param {Pass} pass */
export const clockNow = ({ now, skew }) => clockAfter(now, Date.now() + skew - Date.parse(now));

/** What the QR code says now; live: with the code of this moment. @param {Pass} pass */
export function shownNow(pass) {
  const slot = slotOf(pass);
  const code = pass.live.codes[slot - pass.live.from];
  return { live: !!code, text: code ? `${pass.token}.${slot.toString(36)}.${code}` : pass.token };
}

/** Whether half of the codes are used, so that it is time to ask for more. @param {Pass} pass */
export const halfUsed = (pass) => slotOf(pass) - pass.live.from >= pass.live.codes.length / 2;

/** Whether the code that changes is what lets people in. @param {Pass} pass */
export const liveCounts = ({ check_in_by: by }) => !by.length || by.includes('pass');

/** Whether a picture of the pass lets people in, too. @param {Pass} pass */
export const pictureCounts = ({ check_in_by: by }) => !by.length || by.includes('slip');

/**
 * A QR code as the address of a picture, with the width at which every module has as many pixels as any other. Error
 * correction is M, as the server draws it.
 * @param {string} text
 */
export async function drawn(text) {
  const { encode } = await import('../../vendor/qr.js');
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const runs = data.flatMap((row, y) => [...row.map(Number).join('').matchAll(/1+/g)]
    .map(({ index: x, 0: { length: n } }) => `M${x} ${y}h${n}v1h-${n}z`)).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">`
    + `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${runs}"/></svg>`;
  return { src: 'data:image/svg+xml,' + encodeURIComponent(svg), width: size * 4 };
}
