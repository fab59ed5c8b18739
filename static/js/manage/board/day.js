// @ts-check
// A board's day as rows of a table: pure functions of what the API answers.

/** @typedef {import('../../types').Space} Space */
/** @typedef {import('../../types').State} State */
/**
 * @typedef {object} BoardBooking
 * @property {string} id @property {string} number @property {string} [space] @property {string[]} assigned
 * @property {string} start @property {string} end @property {State} state @property {string} holder_name
 * @property {number} party
 */
/**
 * @typedef {object} BoardDay
 * @property {{ id: string, name: import('../../types').Text }} venue @property {string} date
 * @property {string} now
 * @property {number} in @property {number} booked_now @property {number} capacity @property {number}
 *   walked_in
 * @property {import('../../lib/walk-in.js').Walker[]} walk_in who may come in without a booking
 * @property {Space[]} spaces
 * @property {BoardBooking[]} bookings @property {number} [left_out] how many more there are
 */
/**
 * A booking on the day's own minutes, cut at both midnights.
 * @typedef {BoardBooking & { from: number, to: number }} Bar
 */
/**
 * One row. group: seats of one room, counted together; crowd: a shared area, people counted; single: one
 * booking at a time.
 * @typedef {object} Row
 * @property {'group' | 'crowd' | 'single'} kind @property {Space} space @property {number} depth
 * @property {Bar[]} bars its own bookings
 * @property {Bar[]} shadows bookings of other spaces that share its atoms
 * @property {Row[]} members the seats of a group
 */

/**
 * Minutes of the board's date that a moment falls on, 0 to 1440.
 * @param {string} date @param {string} moment
 */
export function minuteOn(date, moment) {
  const day = moment.slice(0, 10);
  if (day < date) return 0;
  if (day > date) return 1440;
  return Number(moment.slice(11, 13)) * 60 + Number(moment.slice(14, 16));
}

/** Whether the booking keeps its place from others. @param {{ state: State }} b */
export const holds = (b) => b.state !== 'cancelled' && b.state !== 'no_show';

/** @param {BoardDay} day @returns {Bar[]} */
export const barsOf = (day) => day.bookings.map((b) => ({
  ...b, from: minuteOn(day.date, b.start),
  to: Math.max(minuteOn(day.date, b.end), minuteOn(day.date, b.start) + 5),
}));

/**
 * Every space as a row, parts under their whole.
 * @param {BoardDay} day @param {Bar[]} bars @returns {Row[]}
 */
export function rowsOf(day, bars) {
  const known = new Set(day.spaces.map((s) => s.id));
  /** @type {Map<string, Space[]>} */
  const under = new Map();
  for (const s of day.spaces) {
    const parent = s.parent && known.has(s.parent) ? s.parent : '';
    under.set(parent, [...(under.get(parent) ?? []), s]);
  }
  /** @type {Map<string, Bar[]>} */
  const own = new Map();
  for (const b of bars) for (const id of b.assigned) own.set(id, [...(own.get(id) ?? []), b]);
  const atoms = new Map(day.spaces.map((s) => [s.id, new Set(s.atoms)]));

  /**
   * Bookings that occupy this space from outside: the whole hall for its half.
   * @param {Space} s @returns {Bar[]}
   */
  const shadows = (s) => bars.filter((b) => holds(b) && !b.assigned.includes(s.id)
    && b.assigned.some((id) => s.atoms.some((a) => atoms.get(id)?.has(a))));

  /** @param {Space} s @param {number} depth @returns {Row[]} */
  const rows = (s, depth) => {
    const parts = (under.get(s.id) ?? []).flatMap((p) => rows(p, depth + 1));
    const bars = own.get(s.id) ?? [];
    if (s.allocation === 'any_of') {
      const all = [...new Set([...bars, ...parts.flatMap((p) => p.bars)])];
      return [{ kind: 'group', space: s, depth, bars: all, shadows: [], members: parts }];
    }
    const kind = s.allocation === 'shared' ? 'crowd' : 'single';
    const row = { kind, space: s, depth, bars, shadows: kind === 'single' ? shadows(s) : [], members: [] };
    return [/** @type {Row} */ (row), ...parts];
  };
  return (under.get('') ?? []).flatMap((s) => rows(s, 0));
}

/**
 * How much of a row is taken at a minute: seats of a group, people of a crowd.
 * @param {Row} row @param {number} minute
 */
const takenAt = (row, minute) => row.bars.reduce((sum, b) => {
  if (!holds(b) || b.from > minute || b.to <= minute) return sum;
  return sum + (row.kind === 'group' ? b.assigned.length : b.party);
}, 0);

/**
 * The most that is taken at any moment of [from, to).
 * @param {Row} row @param {number} from @param {number} to
 */
export function peak(row, from, to) {
  const moments = [from, ...row.bars.map((b) => b.from).filter((m) => m > from && m < to)];
  return Math.max(...moments.map((m) => takenAt(row, m)));
}

/**
 * The bookings that touch [from, to), first come first.
 * @param {Bar[]} bars @param {number} from @param {number} to
 */
export const during = (bars, from, to) => bars.filter((b) => b.from < to && b.to > from)
  .sort((a, b) => a.from - b.from || a.number.localeCompare(b.number));

/** Puts bars that overlap into lanes, so that each is seen whole. @param {Bar[]} bars @returns {Bar[][]} */
export function lanes(bars) {
  /** @type {Bar[][]} */
  const all = [];
  for (const b of [...bars].sort((x, y) => Number(holds(y)) - Number(holds(x)) || x.from - y.from)) {
    const lane = all.find((l) => l.every((x) => x.to <= b.from || x.from >= b.to));
    if (lane) lane.push(b);
    else all.push([b]);
  }
  return all.length ? all.map((l) => l.sort((x, y) => x.from - y.from)) : [[]];
}

/**
 * The hours the table shows: what is open and what is booked, in whole hours.
 * @param {{ start: string, end: string }[]} open @param {Bar[]} bars
 * @returns {[number, number]} hours, first and last
 */
export function hoursShown(open, bars) {
  const minute = (/** @type {string} */ t) => Number(t.slice(0, 2)) * 60 + Number(t.slice(3, 5));
  // What goes on over midnight says nothing about which hours matter.
  const ends = bars.flatMap((b) => [b.from, b.to]).filter((m) => m > 0 && m < 1440);
  const all = [...open.flatMap((o) => [minute(o.start), minute(o.end)]), ...ends];
  if (!all.length) return [8, 20];
  return [Math.floor(Math.min(...all) / 60), Math.ceil(Math.max(...all) / 60)];
}

/** How the venue's own number is written for the eye: two groups of four. @param {string} number */
export const spaced = (number) => (number.length === 8 ? number.slice(0, 4) + ' ' + number.slice(4) : number);

/**
 * Bookings that match what somebody typed: number, name or space.
 * @param {Bar[]} bars @param {string} typed @param {Space[]} spaces
 */
export function search(bars, typed, spaces) {
  const plain = (/** @type {string} */ s) => s.toUpperCase().replace(/[\s-]/g, '');
  const wanted = plain(typed);
  if (!wanted) return bars;
  const names = new Map(spaces.map((s) => [s.id, plain(s.name['zh-CN'] + (s.name.en ?? ''))]));
  return bars.filter((b) => [b.number, b.holder_name, ...b.assigned,
    ...b.assigned.map((id) => names.get(id) ?? '')]
    .some((text) => plain(text).includes(wanted)));
}
