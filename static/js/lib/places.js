// @ts-check
// What a booking got, in words.
import { pick, t } from './i18n.js';

/** Seats with their room, else the space itself. @param {import('../types').Booking} b */
export function placesText({ space, assigned }) {
  const names = assigned.map((s) => pick(s.name));
  if (!names.length) return pick(space.name);
  const room = pick(assigned[0].under);
  return room && !names[0].startsWith(room) ? `${room} ${names.join(t('comma'))}` : names.join(t('comma'));
}
