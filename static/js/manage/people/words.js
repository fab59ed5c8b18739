// @ts-check
// Roles and what they are for, in words.
import { lang, list, pick, t } from '../../lib/i18n.js';
import { dateOf, format } from '../../lib/dates.js';

/** @typedef {import('../../types').StaffGrant} StaffGrant */
/** @typedef {import('../../types').StaffRole} StaffRole */
/** @typedef {import('../../types').VenueItem} VenueItem */

/** What people can be given, from least to most. @type {StaffRole[]} */
export const roles = ['attendant', 'counter', 'manager', 'officer', 'auditor', 'administrator'];

/** "24 November 2027". @param {string} moment a date or a moment */
export const dayText = (moment) => format(moment.length > 10 ? dateOf(moment) : moment, lang.value,
  { year: 'numeric', month: 'long', day: 'numeric' });

/**
 * Where a role counts: "whole district", "all of 紫阳", "Zhuzi Reading Room".
 * @param {{ areas: string[], venues: string[] }} grant @param {VenueItem[]} venues
 */
export function scopeText({ areas, venues: ids }, venues) {
  if (!areas.length && !ids.length) return t('roles.scope.district');
  const names = ids.map((id) => pick(venues.find((v) => v.id === id)?.name) || id);
  return list([...areas.map((area) => t('roles.scope.area', { area })), ...names]);
}

/** The areas of the district, in the order of their names. @param {VenueItem[]} venues */
export const areasOf = (venues) => [...new Set(venues.map((v) => v.area).filter(Boolean))].sort((a, b) =>
  a.localeCompare(b, 'zh'));

const month = 31 * 24 * 3_600_000;
/** Whether a role lapses within a month. @param {StaffGrant} grant @param {number} now */
export const lapsesSoon = (grant, now) => !!grant.lapses_at && Date.parse(grant.lapses_at) - now < month
  && !(grant.until && grant.until < grant.lapses_at.slice(0, 10));
