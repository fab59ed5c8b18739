// @ts-check
// What people ask about a venue before they go: hours, facilities, rules in words, how to find it.
import { html, Icon } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { addDays, dateOf, timeOf, today } from '../lib/dates.js';
import { hoursText, longDate, momentText, shortDate } from '../lib/words.js';

/** @typedef {import('../types').Venue} Venue */
/** @typedef {import('../types').Closure} Closure */

/** Monday first, as calendars here do. */
const weekdays = /** @type {const} */ ([1, 2, 3, 4, 5, 6, 0]);

/** Weekdays with the same hours stand in one row. @param {Venue} venue */
function weekRows(venue) {
  /** @type {{ days: (typeof weekdays)[number][], hours: string }[]} */
  const rows = [];
  for (const day of weekdays) {
    const hours = hoursText(venue.hours[day]);
    const last = rows[rows.length - 1];
    if (last?.hours === hours) last.days.push(day);
    else rows.push({ days: [day], hours });
  }
  return rows.map(({ days, hours }) => {
    const [first, last] = [days[0], days[days.length - 1]];
    const ends = days.length > 1 ? `${t(`day.${first}`)}–${t(`day.${last}`)}` : t(`day.${first}`);
    return { days: days.length === 7 ? t('venue.daily') : ends, hours };
  });
}

/** @param {{ venue: Venue }} props */
export const Hours = ({ venue }) => {
  const { on_holiday: holiday } = venue;
  const special = (venue.special ?? []).filter((s) => s.date >= today()).slice(0, 5);
  const closures = (venue.closures ?? []).filter((c) => c.end.slice(0, 10) >= today()).slice(0, 5);
  return html`<section class="card info" aria-labelledby="hours"><h2 id="hours">${t('venue.hours')}</h2>
    <dl class="facts">
      ${venue.today && html`<div class="now"><dt>${t('venue.today')}</dt><dd>${hoursText(venue.today.hours)}
        ${venue.today.holiday && html` <span class="tag warn">${venue.today.holiday}</span>`}</dd></div>`}
      ${weekRows(venue).map((r) => html`<div key=${r.days}><dt>${r.days}</dt>
        <dd class="num">${r.hours}</dd></div>`)}
    </dl>
    ${holiday?.holiday === 'closed' && html`<p>${t('venue.holiday.closed')}</p>`}
    ${holiday?.holiday === 'special'
      && html`<p>${t('venue.holiday.special', { hours: hoursText(holiday.holiday_hours) })}</p>`}
    ${holiday?.make_up === 'workday' && html`<p>${t('venue.makeup.workday')}</p>`}
    ${special.length > 0 && html`<h3>${t('venue.special')}</h3>
      <ul class="plain-list">${special.map((s) => html`<li key=${s.date}>
        ${longDate(s.date)}${t('colon')}${hoursText(s.hours)} ${pick(s.reason)}</li>`)}</ul>`}
    ${closures.length > 0 && html`<h3>${t('venue.closures')}</h3>
      <ul class="plain-list">${closures.map((c) => html`<li key=${c.id}>
        ${closureTime(c)} ${closedSpaces(venue, c)} ${pick(c.reason)}</li>`)}</ul>`}
  </section>`;
};

/**
 * Whole days are named without times; the last one is the day before the end.
 * @param {Closure} c
 */
function closureTime({ start, end }) {
  const whole = timeOf(start) === '00:00' && timeOf(end) === '00:00';
  if (!whole) return t('venue.closures.item', { start: momentText(start), end: momentText(end) });
  const last = addDays(dateOf(end), -1);
  const same = last === dateOf(start);
  return same ? shortDate(start)
    : t('venue.closures.item', { start: shortDate(start), end: shortDate(last) });
}

/**
 * The spaces a closure is about, in brackets; '' for the whole venue.
 * @param {Venue} venue
 * @param {Closure} c
 */
function closedSpaces(venue, { spaces = [] }) {
  const names = spaces.map((id) => pick(venue.spaces.find((s) => s.id === id)?.name) || id);
  return names.length ? `(${names.join(t('comma'))})` : '';
}

/** @type {Record<string, string>} */
const featureIcons = {
  step_free: 'accessibility', lift: 'move-vertical', accessible_toilet: 'toilet', hearing_loop: 'ear',
  wifi: 'wifi', power: 'plug', projector: 'projector', piano: 'piano', mirror_wall: 'rectangle-vertical',
  sound_system: 'speaker',
  drinking_water: 'droplets', parking: 'car', nursing_room: 'baby', air_conditioning: 'wind',
};

/** @param {{ features?: import('../types').Feature[] }} props */
export const Features = ({ features = [] }) => features.length > 0 && html`
  <section class="card info" aria-labelledby="features">
  <h2 id="features">${t('venue.features')}</h2><ul class="features">${features.map((f) => html`<li key=${f}>
    <${Icon} name=${featureIcons[f] ?? 'check'} />${t(`feature.${f}`)}</li>`)}</ul></section>`;

/** The venue on the map most people here have. @param {Venue} venue */
const mapAddress = ({ position, name }) => position && 'https://uri.amap.com/marker?' + new URLSearchParams({
  position: `${position.lon},${position.lat}`, name: name['zh-CN'], coordinate: 'wgs84', callnative: '1',
});

/** Address and phone, each with its way on. @param {{ venue: Venue }} props */
export const Contact = ({ venue }) => html`<ul class="contact">
  <li><${Icon} name="map-pin" /><span>${pick(venue.address)}
    ${venue.position && html` <a href=${mapAddress(venue)} target="_blank" rel="noopener noreferrer">
      ${t('venue.map')}
      <${Icon} name="external-link" /></a>`}</span></li>
  ${venue.phone && html`<li><${Icon} name="phone" />
    <a href=${'tel:' + venue.phone.replace(/[^\d+]/g, '')}>${venue.phone}</a></li>`}
</ul>`;
