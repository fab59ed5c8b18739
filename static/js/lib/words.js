// @ts-check
// Dates, durations and hours as people say them, in the language shown.
import { dateOf, format, timeOf, today, addDays } from './dates.js';
import { lang, t } from './i18n.js';

/** 90 -> "1 hour 30 minutes". @param {number} total minutes */
export function duration(total) {
  const days = total >= 1440 && total % 1440 === 0 ? total / 1440 : 0;
  if (days) return t('dur.days', { n: days });
  const [hours, minutes] = [Math.floor(total / 60), total % 60];
  const parts = [];
  if (hours) parts.push(t('dur.hours', { n: hours }));
  if (minutes || !hours) parts.push(t('dur.minutes', { n: minutes }));
  return parts.join(' ');
}

/**
 * A date, with its year where that is not this one.
 * @param {string} moment @param {Intl.DateTimeFormatOptions} style
 */
const dated = (moment, style) => format(moment, lang.value,
  { ...style, year: parseInt(moment) === parseInt(today()) ? undefined : 'numeric' });

/** "Wednesday 25 November". @param {string} moment */
export const longDate = (moment) => dated(moment, { month: 'long', day: 'numeric', weekday: 'long' });

/** "25 Nov". @param {string} moment */
export const shortDate = (moment) => dated(moment, { month: 'short', day: 'numeric' });

/**
 * A date in words, said to be today or tomorrow where it is.
 * @param {'' | 'option.'} sort of its words @param {string} moment @param {string} date
 */
const near = (sort, moment, date) => {
  if (dateOf(moment) === today()) return t(`date.${sort}today`, { date });
  return dateOf(moment) === addDays(today(), 1) ? t(`date.${sort}tomorrow`, { date }) : date;
};

/** "today", "tomorrow", or the long date; with it in brackets where it helps. @param {string} moment */
export const nearDate = (moment) => near('', moment, longDate(moment));

/** "Today, Tue 24 Nov": short enough for a select on a phone. @param {string} date */
export const optionDate = (date) => near('option.', date,
  dated(date, { month: 'short', day: 'numeric', weekday: 'short' }));

/**
 * "09:00–11:00"; the end names its date where that is another day.
 * @param {string} start
 * @param {string} end
 */
export function timeRange(start, end) {
  const same = dateOf(start) === dateOf(end);
  return `${timeOf(start)}–${same ? '' : shortDate(end) + ' '}${timeOf(end)}`;
}

/** "Today, Tuesday 24 November, 09:00–11:00". @param {string} start @param {string} end */
export function whenText(start, end) {
  return t('date.when', { date: nearDate(start), time: timeRange(start, end) });
}

/** "25 Nov, 09:00". @param {string} moment */
export const momentText = (moment) => t('date.at', { date: shortDate(moment), time: timeOf(moment) });

/**
 * "08:00–12:00, 14:00–22:00", or the word for closed.
 * @param {import('../types').Interval[] | undefined} open
 */
export const hoursText = (open) => (open?.length
  ? open.map((o) => `${o.start}–${o.end}`).join(t('comma'))
  : t('closed'));
