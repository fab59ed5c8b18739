// @ts-check
// A date with everything, apart from words.js because the first page has none.
import { dateOf, format } from './dates.js';
import { lang } from './i18n.js';

/**
 * "Tuesday 1 December 2026": what a date field says, whose own writing follows the browser; '' for nothing.
 * @param {string} moment
 */
export const fullDate = (moment) => (/^\d{4}-\d\d-\d\d/.test(moment) ? format(dateOf(moment), lang.value,
  { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' }) : '');
