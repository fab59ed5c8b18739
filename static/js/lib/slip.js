// @ts-check
// A booking on paper: the code at least 45 mm wide, place, time and number in large type, what to do, and
// nothing of the page around it. It fits A6 and receipt rolls of 58 and 80 mm.
import { html, render } from './ui.js';
import { api } from './api.js';
import { pick, t } from './i18n.js';
import { now, timeOf } from './dates.js';
import { say } from './rules.js';
import { longDate, momentText, timeRange } from './words.js';

/** @typedef {import('../types').Booking} Booking */

/**
 * A name as others may read it: paper gets lost. What is masked already stays as it is.
 * @param {string} name @param {'person' | 'organization'} [kind]
 */
export function masked(name, kind = 'person') {
  if (kind === 'organization' || name.includes('*')) return name;
  return name.trim().split(/\s+/).map((word) => {
    const letters = [...word];
    if (!/^\p{Script=Han}/u.test(word)) return letters.length ? letters[0] + '***' : '';
    return letters.length < 3 ? letters[0] + '*' : letters[0] + '*' + letters[letters.length - 1];
  }).join(' ');
}

/** The room and the seats, a line each. @param {Booking} b @returns {string[]} */
function places({ space, assigned }) {
  const names = assigned.map((s) => pick(s.name));
  if (!names.length) return [pick(space.name)];
  const room = pick(assigned[0].under);
  return room && !names[0].startsWith(room) ? [room, names.join(t('comma'))] : [names.join(t('comma'))];
}

/** What to do with it. @param {Booking} b @param {string[]} by */
function todo({ state, check_in: { opens, closes } }, by) {
  if (state !== 'confirmed') return t('slip.in');
  const window = { opens: timeOf(opens), closes: timeOf(closes) };
  return !by.length || by.includes('slip') ? t('slip.window', window) : say('slip.means', { ...window, means: by });
}

/** @param {{ booking: Booking, by: string[] }} props by: what counts at the door, none: everything */
const Slip = ({ booking: b, by }) => html`<article class="slip">
  <h1>${pick(b.venue.name)}</h1>
  <img src=${`/api/v1/bookings/${b.id}/pass.svg`} alt=${t('pass.alt', { number: b.number })} />
  <p class="slip-number"><span>${t('pass.number')}</span>
    <strong>${b.number.slice(0, 4)} ${b.number.slice(4)}</strong></p>
  <p class="slip-place">${places(b).map((line) => html`<span>${line}</span>`)}</p>
  <p class="slip-date">${longDate(b.start)}</p>
  <p class="slip-time">${timeRange(b.start, b.end)}</p>
  <p class="slip-todo">${todo(b, by)}</p>
  <dl>
    <div><dt>${t('pass.holder')}</dt><dd>${masked(b.holder.name, b.holder.kind)}
      ${b.party > 1 && html` · ${t('mine.party', { n: b.party })}`}</dd></div>
    ${b.by?.staff && html`<div><dt>${t('slip.by')}</dt><dd>${masked(b.by.name)}</dd></div>`}
    <div><dt>${t('pass.where')}</dt><dd>${pick(b.venue.address)}</dd></div>
    <div><dt>${t('slip.printed')}</dt><dd>${momentText(now())}</dd></div>
  </dl></article>`;

/** Where slips are drawn: beside the page, seen on paper only. */
function sheet() {
  const there = document.getElementById('slip');
  if (there) return there;
  const made = document.createElement('div');
  made.id = 'slip';
  return document.body.appendChild(made);
}

/** Prints the slip of a booking. Rejects when its picture could not be had. @param {Booking} booking */
export async function printSlip(booking) {
  const pass = /** @type {{ check_in_by: string[] }} */ (await api(`/bookings/${booking.id}/pass`));
  const paper = sheet();
  render(html`<${Slip} key=${booking.id + booking.revision} booking=${booking}
    by=${pass.check_in_by} />`, paper);
  await /** @type {HTMLImageElement} */ (paper.querySelector('img')).decode();
  document.documentElement.dataset.print = 'slip'; // from now on paper shows the slip alone
  print();
}

/** Paper shows the page again. */
export function clearSlip() {
  delete document.documentElement.dataset.print;
  const paper = document.getElementById('slip');
  if (paper) render(null, paper);
}
