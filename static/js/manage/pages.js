// @ts-check
// The staff's pages and what each needs. Navigation and the guard at the door both read this one table.
import { may } from '../lib/session.js';

/** @typedef {import('../types').Action} Action */
/** @typedef {import('../lib/i18n.js').Key} Key */

/** @type {{ href: string, text: Key, need: Action }[]} */
export const pages = [
  { href: '/manage/board', text: 'manage.nav.board', need: 'view_board' },
  { href: '/scan', text: 'manage.nav.scan', need: 'check_in' },
  { href: '/manage/counter', text: 'manage.nav.counter', need: 'book_for_others' },
  { href: '/manage/standing', text: 'manage.nav.standing', need: 'edit_venue' },
  { href: '/manage/venues', text: 'manage.nav.venues', need: 'edit_venue' },
  { href: '/manage/summary', text: 'manage.nav.summary', need: 'view_summary' },
  { href: '/manage/organizations', text: 'manage.nav.organizations', need: 'verify_organizations' },
  { href: '/manage/holidays', text: 'manage.nav.holidays', need: 'edit_venue' },
  { href: '/manage/devices', text: 'manage.nav.devices', need: 'manage_devices' },
  { href: '/manage/people', text: 'manage.nav.people', need: 'manage_accounts' },
  { href: '/manage/privacy', text: 'manage.nav.privacy', need: 'edit_consent' },
  { href: '/manage/audit', text: 'manage.nav.audit', need: 'view_audit' },
];

/** The links of the header: only what the person may open. @returns {[string, Key][]} */
export const links = () => pages.filter((p) => may(p.need)).map((p) => [p.href, p.text]);

/** The first page the person may open, '' for none. */
export const firstPage = () => pages.find((p) => may(p.need))?.href ?? '';
