// @ts-check
// Years of birth: asked right where the rules need one that nobody has given, and kept for the next time.
import { html, useState, valueOf } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api, ApiError } from '../lib/api.js';
import { fieldError } from '../lib/errors.js';
import { Field } from '../lib/forms.js';
import { account, acting, booksFor, loadSession } from '../lib/session.js';

/** @typedef {import('../types').Rules} Rules */
/** @typedef {{ id: string, name: string }} Somebody */

/** Whether the rules ask how old people are. @param {Pick<Rules, 'min_age' | 'max_age'>} book */
export const asksAges = (book) => Boolean(book.min_age || book.max_age);

/**
 * Those of the people in a booking whose years the rules ask for and nobody has given. Who comes as the
 * guardian of others need not say theirs; where real names are asked for, one's own comes with that.
 * @param {Pick<Rules, 'min_age' | 'max_age' | 'real_name_only'>} book
 * @param {string[]} along account ids of who comes with the holder @returns {Somebody[]}
 */
export function yearless(book, along) {
  const me = account();
  const whom = acting();
  if (!me || !asksAges(book)) return [];
  const family = booksFor().filter((o) => o.kind === 'family' && (o.id === whom?.id || along.includes(o.id)));
  const alone = !whom && !family.length && !me.birth_year && !book.real_name_only;
  return alone ? [{ id: me.id, name: me.name }] : family.filter((o) => !o.birth_year);
}

/** Keeps the year of oneself or of a family member. @param {Somebody} who @param {number} year */
async function keepOwn({ id }, year) {
  const member = booksFor().find((o) => o.id === id);
  if (!member) return api('/account', { method: 'PATCH', body: { birth_year: year } });
  const { relation, name } = member;
  return api(`/account/family/${id}`, { method: 'PATCH', body: { relation, name, birth_year: year } });
}

/**
 * What is typed, and how it is kept: one after the other, stopping at the first that is refused.
 * @param {(who: Somebody, year: number) => Promise<unknown>} [keep]
 */
export function useYears(keep = keepOwn) {
  const [typed, setTyped] = useState(/** @type {Record<string, string>} */ ({}));
  const [at, setAt] = useState('');
  const save = async (/** @type {Somebody[]} */ people) => {
    for (const who of people) {
      const year = (typed[who.id] ?? '').trim();
      setAt(who.id);
      if (!/^\d{4}$/.test(year)) throw new ApiError(422, { code: 'birth_year_needed', field: 'birth_year' });
      await keep(who, Number(year));
    }
    if (people.length && keep === keepOwn) await loadSession();
  };
  const type = (/** @type {string} */ id, /** @type {string} */ year) => setTyped({ ...typed, [id]: year });
  return { typed, at, type, save };
}

/**
 * @param {{ people: Somebody[], years: ReturnType<typeof useYears>, error: unknown }} props
 */
export const YearFields = ({ people, years, error }) => people.map((p) => html`
  <${Field} key=${p.id} label=${p.id === account()?.id ? t('years.own') : t('years.of', { name: p.name })}
    hint=${t('years.why')} error=${years.at === p.id ? fieldError(error, 'birth_year') : ''}>
    ${(/** @type {any} */ a) => html`<input name="birth_year" class="short" inputmode="numeric" maxlength="4"
      autocomplete="off" value=${years.typed[p.id] ?? ''} ...${a}
      onInput=${(/** @type {Event} */ e) => years.type(p.id, valueOf(e))} />`}</${Field}>`);
