// @ts-check
// Texts are ES modules, so tsc proves that every language has every key and every key asked for exists.
// The chosen language is a signal: a component that called t() is drawn again when it changes.
import { remember, remembered, signal } from './ui.js';
import zh from '../../i18n/zh-CN.js';

/** @typedef {typeof import('../../i18n/zh-CN.js').default} Texts */
/** @typedef {typeof import('../../i18n/booking.zh-CN.js').default} BookingTexts */
/** @typedef {typeof import('../../i18n/manage.zh-CN.js').default} ManageTexts */
/** @typedef {typeof import('../../i18n/account.zh-CN.js').default} AccountTexts */
/** @typedef {typeof import('../../i18n/privacy.zh-CN.js').default} PrivacyTexts */
/** @typedef {typeof import('../../i18n/organization.zh-CN.js').default} OrganizationTexts */
/** @typedef {typeof import('../../i18n/security.zh-CN.js').default} SecurityTexts */
/** @typedef {typeof import('../../i18n/roles.zh-CN.js').default} RolesTexts */
/** @typedef {typeof import('../../i18n/audit.zh-CN.js').default} AuditTexts */
/** @typedef {typeof import('../../i18n/counter.zh-CN.js').default} CounterTexts */
/** @typedef {typeof import('../../i18n/rules.zh-CN.js').default} RulesTexts */
/** @typedef {typeof import('../../i18n/standing.zh-CN.js').default} StandingTexts */
/** @typedef {typeof import('../../i18n/rulebook.zh-CN.js').default} RulebookTexts */
/** @typedef {typeof import('../../i18n/seats.zh-CN.js').default} SeatsTexts */
/**
 * @typedef {'booking' | 'manage' | 'account' | 'privacy' | 'organization' | 'security' | 'roles' | 'audit'
 *   | 'rules' | 'counter' | 'rulebook' | 'standing' | 'seats'} Area
 */
/** @typedef {keyof Texts | keyof BookingTexts | keyof ManageTexts
 *   | keyof AccountTexts | keyof PrivacyTexts | keyof OrganizationTexts
 *   | keyof SecurityTexts | keyof RolesTexts | keyof AuditTexts
 *   | keyof CounterTexts | keyof RulesTexts | keyof StandingTexts | keyof RulebookTexts
 *   | keyof SeatsTexts} Key */
/** @typedef {import('../types').Lang} Lang */
/** @typedef {() => Promise<{ default: Record<string, string> }>} Loader */

/** @type {Record<Lang, Record<string, string>>} */
const catalogue = { 'zh-CN': { ...zh }, en: {} };
/** What is still to be fetched for English. @type {Loader[]} */
let waiting = [() => import('../../i18n/en.js')];

const chosen = signal(/** @type {Lang} */ ('zh-CN'));
/** A language spoken for a moment. @type {Lang | undefined} */
let other;

/** The language shown now. */
export const lang = { get value() { return other ?? chosen.value; } };

/**
 * Speaks another language until it is called without one; see words.js of the rule books. @param {Lang}
 *   [next]
 */
export const speak = (next) => { other = next; };

export async function loadEnglish() {
  const loaders = waiting;
  waiting = [];
  const modules = await Promise.all(loaders.map((load) => load()));
  for (const texts of modules) Object.assign(catalogue.en, texts.default);
}

/** Shows everything in another language and keeps the choice on this device. @param {Lang} next */
export async function setLang(next) {
  if (next === 'en') await loadEnglish();
  chosen.value = next;
  remember('lang', next);
  document.documentElement.lang = next;
}

/**
 * Adds the texts of pages that not everybody opens. Resolves when they can be shown; before mount() nobody
 * need wait.
 * @param {Record<string, string>} chinese @param {Loader} english
 */
export async function addTexts(chinese, english) {
  Object.assign(catalogue['zh-CN'], chinese);
  waiting.push(english);
  if (lang.value === 'en') await loadEnglish();
}

/**
 * The texts of one of the areas that are fetched with the pages that need them, in a language.
 * @param {Area} area @param {Lang} language @returns {Promise<{ default: Record<string, string> }>}
 */
const module = (area, language) => import(`../../i18n/${area}.${language}.js`);

/** @type {Partial<Record<Area, Promise<void>>>} */
const fetched = {};
/**
 * The texts of an area, fetched once. Resolves when they can be shown.
 * @param {Area} area
 */
export function texts(area) {
  const loading = fetched[area] ??= module(area, 'zh-CN')
    .then((chinese) => addTexts(chinese.default, () => module(area, 'en')));
  loading.catch(() => { delete fetched[area]; }); // no network: the next page asks again
  return loading;
}

/**
 * A page together with the texts it needs. @param {() => Promise<{ default: any }>} load @param {Area[]}
 *   names
 */
export const withTexts = (load, ...names) => async () =>
  (await Promise.all([load(), ...names.map(texts)]))[0];

/** Resolves when the first language can be shown: the one chosen on this device, else Chinese. */
export const ready = () => setLang(remembered('lang') === 'en' ? 'en' : 'zh-CN');

/**
 * A text in the language shown. `{name}` is replaced from params (numbers are grouped); `{n|one day|# days}`
 * picks by the plural category of n.
 * @param {Key} key @param {Record<string, string | number>} [params] @returns {string}
 */
export function t(key, params = {}) {
  const text = catalogue[lang.value][key] ?? catalogue['zh-CN'][key] ?? key;
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name, one, other) => {
    const value = params[name] ?? '';
    const shown = typeof value === 'number' ? number(value) : value;
    if (one === undefined) return shown;
    const single = new Intl.PluralRules(lang.value).select(Number(value)) === 'one';
    return (single ? one : other).replace('#', shown);
  });
}

/**
 * Whether there is a text of this name; for keys made from a server's code.
 * @param {string} key
 * @returns {key is Key}
 */
export const known = (key) => key in catalogue['zh-CN'];

/** A number as the language writes it. @param {number} value @param {Intl.NumberFormatOptions} [options] */
export const number = (value, options) => new Intl.NumberFormat(lang.value, options).format(value);

/**
 * The text of a bilingual field of the API; Chinese where there is no English.
 * @param {Text | undefined} text
 */
export const pick = (text) => text?.[lang.value] || text?.['zh-CN'] || '';
/** @typedef {import('../types').Text} Text */

/** A list in words: "Monday, Tuesday and Friday". @param {string[]} parts */
export const list = (parts) => new Intl.ListFormat(lang.value, { type: 'conjunction' }).format(parts);
