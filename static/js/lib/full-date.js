// @ts-check
// Moments as pages after the first say them; apart from words.js, so that the first need not load them.
import { dateOf, format, timeOf, today } from './dates.js';
import { lang } from './i18n.js';
import { momentText } from './words.js';

/**
 * "Tuesday 1 December 2026": what a date field says, whose own writing follows the browser; '' for nothing.
 * @param {string} moment
 */
export const fullDate = (moment) => (/^\d{4}-\d\d-\d\d/.test(moment) ? format(dateOf(moment), lang.value,
  { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' }) : '');

/** "14:30" of today, else with its date. @param {string} moment */
export const nearTime = (moment) => (dateOf(moment) === today() ? timeOf(moment) : momentText(moment));
