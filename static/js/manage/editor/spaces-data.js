// @ts-check
// Spaces and the atoms they are made of, changed together so that they always fit: people name rooms and
// seats, ids and atoms follow. Pure functions of the venue.

/** @typedef {import('../../types').Venue} Venue */
/** @typedef {import('../../types').Space} Space */
/** @typedef {import('../../types').Text} Text */
/**
 * A space with its place in Venue.spaces and what is shown under it.
 * @typedef {{ space: Space, index: number, parts: Node[] }} Node
 */

/** Spaces as people see them: parts under their whole. @param {Space[]} spaces @returns {Node[]} */
export function treeOf(spaces) {
  const ids = new Set(spaces.map((s) => s.id));
  const parentOf = (/** @type {Space} */ s) => (s.parent && ids.has(s.parent) ? s.parent : '');
  /** @param {string} parent @returns {Node[]} */
  const under = (parent) => spaces.flatMap((space, index) => (parentOf(space) === parent
    ? [{ space, index, parts: under(space.id) }] : []));
  return under('');
}

/**
 * An id nobody has yet: the wanted one, or with a number.
 * @param {Set<string>} taken @param {string} wanted
 */
export function freshId(taken, wanted) {
  const plain = wanted.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 50) || 'space';
  let id = plain;
  for (let n = 2; taken.has(id); n++) id = `${plain}-${n}`;
  taken.add(id);
  return id;
}

/** @param {Venue} v */
const takenIds = (v) => new Set([...v.spaces.map((s) => s.id), ...v.atoms.map((a) => a.id)]);

/** @param {Partial<Space> & Pick<Space, 'id' | 'name' | 'atoms'>} space @returns {Space} */
const made = (space) => ({ type: 'room', allocation: 'exclusive', seats: 1, bookable: true, features: [],
  ...space });

/**
 * One room, hall or area.
 * @param {Venue} v @param {{ name: Text, type: Space['type'], seats: number, allocation: Space['allocation'],
 *   floor?: string }} wish
 * @returns {Venue}
 */
export function addRoom(v, { name, type, seats, allocation, floor }) {
  const id = freshId(takenIds(v), name.en?.toLowerCase() || type.replace('_', '-'));
  const capacity = allocation === 'shared' ? seats : 1;
  return {
    ...v, atoms: [...v.atoms, { id, capacity }],
    spaces: [...v.spaces, made({ id, name, type, seats, allocation, floor, atoms: [id] })],
  };
}

/** "A-07" for 7 of 24 with the prefix "A-". @param {string} prefix @param {number} n @param {number} of */
export const numbered = (prefix, n, of) => prefix + String(n).padStart(Math.max(2, String(of).length), '0');

/**
 * A room of seats, one of which is given to each person.
 * @param {Venue} v @param {{ name: Text, prefix: string, count: number, floor?: string }} wish
 * @returns {Venue}
 */
export function addSeats(v, { name, prefix, count, floor }) {
  const taken = takenIds(v);
  const id = freshId(taken, name.en?.toLowerCase() || 'seats');
  const seats = Array.from({ length: count }, (_, i) =>
    seat(taken, id, numbered(prefix, i + 1, count), floor));
  const room = made({ id, name, type: 'room', allocation: 'any_of', seats: count, floor,
    atoms: seats.map((s) => s.id) });
  return {
    ...v, atoms: [...v.atoms, ...seats.map((s) => ({ id: s.id, capacity: 1 }))],
    spaces: [...v.spaces, room, ...seats],
  };
}

/**
 * @param {Set<string>} taken @param {string} parent @param {string} label @param {string} [floor]
 * @returns {Space}
 */
function seat(taken, parent, label, floor) {
  const id = freshId(taken, label);
  return made({ id, parent, name: { 'zh-CN': label, en: label }, type: 'seat', floor, atoms: [id] });
}

/**
 * More seats for a room: they are named on from its last one.
 * @param {Venue} v @param {string} group @param {number} count @returns {Venue}
 */
export function addMembers(v, group, count) {
  const taken = takenIds(v);
  const members = v.spaces.filter((s) => s.parent === group);
  const [last] = members.slice(-1);
  const [, before = '', digits = '0', after = ''] = /^(.*?)(\d+)(\D*)$/.exec(last?.name['zh-CN'] ?? '') ?? [];
  const more = Array.from({ length: count }, (_, i) => {
    const label = before + String(Number(digits) + i + 1).padStart(digits.length, '0') + after;
    return seat(taken, group, label, last?.floor);
  });
  const at = last ? v.spaces.indexOf(last) + 1 : v.spaces.length;
  return settle({
    ...v, atoms: [...v.atoms, ...more.map((s) => ({ id: s.id, capacity: 1 }))],
    spaces: [...v.spaces.slice(0, at), ...more, ...v.spaces.slice(at)],
  });
}

/**
 * A whole and its parts, each to be booked by itself: a hall with a movable wall, a row of panels.
 * @param {Venue} v @param {{ whole: Text | null, type: Space['type'], partType: Space['type'],
 *   floor?: string,
 *   parts: { name: Text, seats: number }[] }} wish whole: null makes the parts only
 * @returns {Venue}
 */
export function addParts(v, { whole, type, partType, floor, parts }) {
  const taken = takenIds(v);
  const id = whole ? freshId(taken, whole.en?.toLowerCase() || type) : '';
  const pieces = parts.map((p) => {
    const part = freshId(taken, p.name.en?.toLowerCase() || (id || partType) + '-1');
    return made({ id: part, parent: id || undefined, name: p.name, type: partType, seats: p.seats, floor,
      atoms: [part] });
  });
  const all = whole ? [made({
    id, name: whole, type, floor, seats: pieces.reduce((n, p) => n + p.seats, 0),
    atoms: pieces.map((p) => p.id),
  })] : [];
  return {
    ...v, atoms: [...v.atoms, ...pieces.map((p) => ({ id: p.id, capacity: 1 }))],
    spaces: [...v.spaces, ...all, ...pieces],
  };
}

/**
 * The spaces that disappear with this one: the seats of a room, at any depth.
 * @param {Venue} v @param {string} id @returns {string[]}
 */
export function goesWith(v, id) {
  const space = v.spaces.find((s) => s.id === id);
  const members = space?.allocation === 'any_of' ? v.spaces.filter((s) => s.parent === id) : [];
  return [id, ...members.flatMap((m) => goesWith(v, m.id))];
}

/**
 * Removes a space with its seats. Parts of a removed whole stand alone; a room without seats goes too.
 * @param {Venue} v @param {string} id @returns {Venue}
 */
export function removeSpace(v, id) {
  const gone = new Set(goesWith(v, id));
  const parent = v.spaces.find((s) => s.id === id)?.parent;
  const rest = v.spaces.filter((s) => !gone.has(s.id))
    .map((s) => (s.parent && gone.has(s.parent) ? { ...s, parent: undefined } : s));
  const group = rest.find((s) => s.id === parent && s.allocation === 'any_of');
  if (group && !rest.some((s) => s.parent === group.id)) return removeSpace({ ...v, spaces: rest }, group.id);
  const closures = v.closures?.flatMap((c) => {
    if (!c.spaces?.some((s) => gone.has(s))) return [c];
    const left = c.spaces.filter((s) => !gone.has(s));
    return left.length ? [{ ...c, spaces: left }] : []; // without names it would close the whole venue
  });
  return settle({ ...v, spaces: rest, closures });
}

/**
 * Groups have exactly the atoms of their members and a place for each; atoms that nothing uses go.
 * @param {Venue} v @returns {Venue}
 */
export function settle(v) {
  const spaces = v.spaces.map((s) => {
    if (s.allocation !== 'any_of') return s;
    const members = v.spaces.filter((m) => m.parent === s.id);
    return { ...s, atoms: members.flatMap((m) => m.atoms), seats: members.length };
  });
  const used = new Set(spaces.flatMap((s) => s.atoms));
  return { ...v, spaces, atoms: v.atoms.filter((a) => used.has(a.id)) };
}

/**
 * How many people a space takes and whether they share it; its own atom follows.
 * @param {Venue} v @param {number} index @param {Partial<Pick<Space, 'seats' | 'allocation'>>} change
 * @returns {Venue}
 */
export function resize(v, index, change) {
  const space = { ...v.spaces[index], ...change };
  const spaces = v.spaces.map((s, i) => (i === index ? space : s));
  const [own, more] = space.atoms;
  const sharers = spaces.filter((s) => s.allocation === 'shared' && s.atoms.includes(own));
  if (more || space.allocation === 'any_of') return { ...v, spaces };
  const capacity = sharers.length ? Math.max(...sharers.map((s) => s.seats || 1)) : 1;
  return { ...v, spaces, atoms: v.atoms.map((a) => (a.id === own ? { ...a, capacity } : a)) };
}

/** The named spaces this one is a whole of. @param {Venue} v @param {Space} space @returns {Space[]} */
export const madeOf = (v, space) => v.spaces.filter((s) => s.id !== space.id && s.type !== 'seat'
  && s.atoms.length < space.atoms.length && s.atoms.every((a) => space.atoms.includes(a)));
