// @ts-check
// One-time codes, to sign in with or to prove a new address.
import { api } from './api.js';

/** Sends a one-time code to a phone number or an e-mail address. @param {string} to */
export const sendCode = (to) => api('/sign-in-codes', { method: 'POST', body: { to } });
