// @ts-check
// A venue while it is edited: changes by path, what differs from the stored one, and how to bring somebody
// else's changes in. Pure functions; nothing given is changed.

import { started } from './rulebook/books.js';

/** @typedef {import('../../types').Venue} Venue */
/** Where in a venue: ['hours', 1, 0, 'end']. @typedef {readonly (string | number)[]} Path */
/** @typedef {'basics' | 'photos' | 'spaces' | 'hours' | 'days' | 'rules'} Section */

/** What each section of the editor is about. @type {Record<Section, readonly (keyof Venue)[]>} */
export const sections = {
  basics: ['retired', 'kind', 'name', 'about', 'area', 'address', 'phone', 'position', 'features'],
  photos: ['photos'],
  spaces: ['spaces', 'atoms'],
  hours: ['hours', 'on_holiday'],
  days: ['special', 'closures'],
  rules: ['rules', 'next_rules'],
};

/** @param {any} object @param {Path} path @returns {any} */
export const getAt = (object, path) => path.reduce((o, key) => o?.[key], object);

/**
 * A copy with another value at the path.
 * @param {any} object @param {Path} path @param {any} value @returns {any}
 */
export function setAt(object, [key, ...rest], value) {
  const copy = Array.isArray(object) ? [...object] : { ...object };
  copy[key] = rest.length ? setAt(copy[key], rest, value) : value;
  return copy;
}

/** The path as the server writes it: 'hours[1][0].end'. @param {Path} path @returns {string} */
export const pathName = (path) => path
  .map((key, i) => (typeof key === 'number' ? `[${key}]` : i ? '.' + key : key)).join('');

/** @param {unknown} a @param {unknown} b */
const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The spaces without their rule books, which are edited with the rules. @param {Venue} v */
const bare = (v) => v.spaces.map(({ rules: _, next_rules: __, ...rest }) => rest);

/** The rule books of the spaces. @param {Venue} v */
const booksOf = (v) => v.spaces.filter((s) => s.rules || s.next_rules)
  .map((s) => [s.id, s.rules, s.next_rules]);

/** The sections in which two versions differ. @param {Venue} a @param {Venue} b @returns {Section[]} */
export const changed = (a, b) => /** @type {Section[]} */ (Object.keys(sections)).filter((s) => {
  if (s === 'spaces') return !same(bare(a), bare(b)) || !same(a.atoms, b.atoms);
  return sections[s].some((key) => !same(a[key], b[key])) || (s === 'rules' && !same(booksOf(a), booksOf(b)));
});

/**
 * Takes somebody else's version and puts one's own changes on top: what only they changed is theirs, what I
 * changed stays mine. Spaces and their atoms go together, rules one by one.
 * @param {Venue} base what I began with @param {Venue} mine @param {Venue} theirs
 * @returns {{ venue: Venue, both: Section[] }} both: sections that we both changed, to look at again
 */
export function rebase(base, mine, theirs) {
  /** @type {any} */
  const venue = { ...theirs };
  /** @type {Section[]} */
  const both = [];
  for (const [section, keys] of /** @type {[Section, (keyof Venue)[]][]} */ (Object.entries(sections))) {
    const units = section === 'spaces' ? [keys] : keys.map((k) => [k]);
    for (const unit of units) {
      const iDid = unit.some((k) => !same(base[k], mine[k]));
      const theyDid = unit.some((k) => !same(base[k], theirs[k]) && !same(mine[k], theirs[k]));
      if (iDid && theyDid && !both.includes(section)) both.push(section);
      if (iDid) for (const k of unit) venue[k] = k === 'rules' ? mergeRules(base, mine, theirs) : mine[k];
    }
  }
  return { venue, both };
}

/** @param {Venue} base @param {Venue} mine @param {Venue} theirs */
function mergeRules(base, mine, theirs) {
  /** @type {any} */
  const rules = { ...theirs.rules };
  const [was, will] = /** @type {Record<string, unknown>[]} */ ([base.rules, mine.rules]);
  // what I took out is a change, too
  for (const key of new Set([...Object.keys(was), ...Object.keys(will)])) {
    if (key !== 'version' && !same(will[key], was[key])) rules[key] = will[key];
  }
  return rules;
}

/**
 * What is stored now with the content of before; photos are kept apart and stay.
 * @param {Venue} now @param {Venue} before @returns {Venue}
 */
export const back = (now, before) => rebase(now, { ...before, photos: now.photos }, now).venue;

/** What is sent: the venue without what only the server writes. @param {Venue} venue */
export function outgoing(venue) {
  const { rules_explained: _, space_rules_explained: __, today: ___, ...rest } = venue;
  return { ...rest, phone: rest.phone?.trim() };
}

/**
 * Fills in the lists an answer may leave out, so that the editor need not ask.
 * @param {Venue} v @returns {Venue}
 */
export const whole = (v) => ({
  ...started(v, v.today?.date ?? ''), about: v.about ?? { 'zh-CN': '' }, phone: v.phone ?? '',
  photos: v.photos ?? [],
  features: v.features ?? [],
  special: v.special ?? [], closures: v.closures ?? [], atoms: v.atoms ?? [],
  spaces: (v.spaces ?? []).map((s) => started(s, v.today?.date ?? '')),
  retired: v.retired ?? false,
});
