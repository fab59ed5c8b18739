// @ts-check
// What a booking got, in words.
import { pick, t } from './i18n.js';

/** @typedef {import('../types').Text} Text */

/** Seats with their room, else the space itself. @param {import('../types').Booking} b */
export const placesText = ({ space, assigned }) => placesIn(assigned.length ? assigned : [space]);

/** Places with the room that the first is in. @param {{ name: Text, under?: Text }[]} places */
export function placesIn(places) {
  const [room, names] = [pick(places[0]?.under), places.map((s) => pick(s.name))];
  return room && !names[0].startsWith(room) ? `${room} ${names.join(t('comma'))}` : names.join(t('comma'));
}
