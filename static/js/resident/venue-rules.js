// @ts-check
// The rules of a venue in plain words: its own, and those of spaces with other ones.
import { html } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { today } from '../lib/dates.js';
import { Prose } from '../lib/prose.js';
import { RuleGroups } from '../lib/rule-groups.js';
import { longDate } from '../lib/words.js';
import { bookOf } from './terms.js';

/** @typedef {import('../types').Venue} Venue */
/** @typedef {import('../types').Space} Space */
/** @typedef {{ spaces: Space[], explained: import('../types').Explained[] }} OwnBook */

/** Spaces with the same rules of their own stand together. @param {Venue} venue @returns {OwnBook[]} */
function ownBooks(venue) {
  /** @type {Map<string, OwnBook>} */
  const books = new Map();
  for (const { space, explained } of venue.space_rules_explained ?? []) {
    const found = venue.spaces.find((s) => s.id === space);
    const key = JSON.stringify(explained);
    if (found) books.set(key, { explained, spaces: [...(books.get(key)?.spaces ?? []), found] });
  }
  return [...books.values()];
}

/** Whether some space that can be booked is under the venue's own rules. @param {Venue} venue */
const someCommon = (venue) => venue.spaces.some((s) => s.bookable
  && bookOf(venue, s).version === bookOf(venue).version);

/**
 * The rules in force for the space that is looked at, and folded up those of other spaces.
 * @param {{ venue: Venue, space: string }} props
 */
export const RuleBook = ({ venue, space }) => {
  const own = ownBooks(venue);
  const common = { spaces: /** @type {Space[]} */ ([]), explained: venue.rules_explained };
  const books = !own.length || someCommon(venue) ? [common, ...own] : own;
  const shown = own.find((b) => b.spaces.some((s) => s.id === space)) ?? books[0];
  const title = (/** @type {OwnBook} */ { spaces }) => (spaces.length
    ? t('venue.rules.of', { spaces: spaces.map((s) => pick(s.name)).join(t('comma')) })
    : t('venue.rules.others'));
  const alone = pick(venue.spaces.find((s) => s.id === space)?.name);
  return html`<section class="card info" aria-labelledby="rules">
    <h2 id="rules">${t('venue.rules')}</h2>
    ${books.length > 1 && html`<p class="rules-of"><strong>${shown === common && alone
      ? t('venue.rules.of', { spaces: alone }) : title(shown)}</strong></p>`}
    <${Told} venue=${venue} book=${shown} />
    ${books.filter((b) => b !== shown).map((b) => html`<details class="own-rules" key=${b.spaces[0]?.id}>
      <summary>${title(b)}</summary><${Told} venue=${venue} book=${b} /></details>`)}
  </section>`;
};

/** One rule book, its letter, and whether another follows. @param {{ venue: Venue, book: OwnBook }} props */
const Told = ({ venue, book: { spaces: [space], explained } }) => html`<${RuleGroups} rules=${explained} />
  <${LetterText} book=${bookOf(venue, space)} />
  <${Coming} next=${(space ?? venue).next_rules} zone=${venue.zone} />`;

/**
 * The letter that has to be accepted, to be read beforehand.
 * @param {{ book: import('../types').Rules }} props
 */
const LetterText = ({ book: { letter } }) => letter && html`<details class="own-rules">
  <summary>${t('venue.letter', { title: pick(letter.title) })}</summary>
  <${Prose} text=${pick(letter.body)} level=${3} /></details>`;

/**
 * That other rules follow, and when.
 * @param {{ next?: import('../types').Rules, zone: string }} props
 */
const Coming = ({ next, zone }) => next?.starts && next.starts > today(zone)
  ? html`<p class="hint">${t('venue.rules.next', { date: longDate(next.starts) })}</p>` : null;
