// @ts-check
// Dates travel as 'YYYY-MM-DD', times of day as 'HH:MM', moments as 'YYYY-MM-DDTHH:MM' (a server's moment is
// longer: only its first 16 characters, the venue's wall clock, are used). Date objects never leave this file
// and are only ever read as UTC, so the zone of somebody's phone cannot shift a day.

import { signal } from './ui.js';

/** The zone of the district's venues, for pages that are about no single venue. */
export const districtZone = 'Asia/Shanghai';

/** The server's clock minus this device's, in ms; what asked for now() is drawn again when it changes. */
const skew = signal(0);
const tolerance = 60_000; // answers that may be kept say the minute, so a right clock differs by up to one

/** Follows the server's clock: phones are often minutes or years wrong. @param {string} now RFC 3339 */
export function setServerNow(now) {
  const found = Date.parse(now) - Date.now();
  if (Math.abs(found - skew.peek()) > tolerance) skew.value = found;
}

/** Now on the venue's wall clock: 'YYYY-MM-DDTHH:MM'. @param {string} [zone] */
export function now(zone = districtZone) {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  }).format(new Date(Date.now() + skew.value));
  return text.replace(' ', 'T');
}

/**
 * The wall clock with its seconds, so long after a server's moment.
 * @param {string} moment @param {number} ms
 */
export const clockAfter = (moment, ms) => new Date(Date.parse(moment.slice(0, 19) + 'Z') + ms)
  .toISOString().slice(11, 19);

/** Today at the venue. @param {string} [zone] */
export const today = (zone) => now(zone).slice(0, 10);

/** The date of a moment. @param {string} moment */
export const dateOf = (moment) => moment.slice(0, 10);

/** The wall-clock time of a moment: 'HH:MM'. @param {string} moment */
export const timeOf = (moment) => moment.slice(11, 16);

/** @param {string} date @param {string} time 'HH:MM'; '24:00' is the start of the next day */
export const at = (date, time) => (time === '24:00' ? addDays(date, 1) + 'T00:00' : date + 'T' + time);

/** @param {string} date */
const utc = (date) => new Date(date + 'T00:00:00Z');

/** @param {string} date @param {number} days */
export function addDays(date, days) {
  const d = utc(date);
  d.setUTCDate(d.getUTCDate() + days);
  return d.toISOString().slice(0, 10);
}

/** Days from a to b. @param {string} a @param {string} b */
export const daysBetween = (a, b) => Math.round((utc(b).getTime() - utc(a).getTime()) / 86_400_000);

/** 0 is Sunday, as in Venue.hours. @param {string} date */
export const weekday = (date) => utc(date).getUTCDay();

/** The Monday on or before. @param {string} date */
export const monday = (date) => addDays(date, -((weekday(date) + 6) % 7));

/** @param {string} time 'HH:MM' */
export const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** @param {number} minute after midnight, 0 to 1440 */
export const timeAt = (minute) => [Math.floor(minute / 60), minute % 60]
  .map((n) => String(n).padStart(2, '0')).join(':');

/**
 * A date or a moment in words.
 * @param {string} moment @param {string} lang @param {Intl.DateTimeFormatOptions} options
 */
export function format(moment, lang, options) {
  const whole = moment.length > 10 ? moment.slice(0, 16) + ':00Z' : moment + 'T00:00:00Z';
  const style = { hourCycle: /** @type {const} */ ('h23'), ...options, timeZone: 'UTC' };
  return new Intl.DateTimeFormat(lang, style).format(new Date(whole));
}
