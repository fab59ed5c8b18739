// @ts-check
// What a rule book can say, as the questions a manager is asked. Every field of a rule book is in one of the
// groups; fields.js draws them. Labels are rulebook.f.<name>, hints rulebook.h.<name>.

/** @typedef {import('../../../types').Rules} Rules */
/**
 * @typedef {object} RuleField
 * @property {string} key its name in the rule book
 * @property {'choice' | 'length' | 'count' | 'yes' | 'time' | 'set' | 'hours' | 'text' | 'group'
 *   | 'list'} kind
 * @property {string} [label] of the texts, where several fields share one
 * @property {readonly string[]} [values] of a choice or a set; the first of a choice is the plain case
 * @property {string} [words] where the values have their words: rule.value.day of 'rule.value.day'
 * @property {string} [unit] of a count
 * @property {number} [usual] minutes in the unit that an empty length offers; without it, minutes
 * @property {number} [min] @property {number} [lines] of a text
 * @property {(r: any) => boolean} [zeroWhen] a count of which nothing is 0, and shown as that, then
 * @property {(r: any) => string | undefined} [labelWhen] other texts for it then
 * @property {RuleField[]} [fields] of a group or an entry of a list
 * @property {boolean} [root] the fields of the group have the names they have in the rule book itself
 * @property {boolean} [always] the group is always there
 * @property {boolean} [need] the plain case of the choice is written, too
 * @property {() => any} [fresh] a new group or entry
 * @property {(r: any) => boolean} [when] asked of what holds the field; else it is not shown unless it is set
 * @property {(r: any) => boolean} [lengthWhen] a count that is a length then
 * @property {Record<string, (r: Rules) => Partial<Rules>>} [brings] what a choice begins with
 */
/**
 * @typedef {{ id: string, says?: import('../../../lib/i18n.js').Key, plain: RuleField[], more: RuleField[] }}
 *   RuleGroup says: the heading under which residents read its answers
 */

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'holiday'];
const week = days.slice(0, 7);
const scopes = ['venue', 'space', 'type', 'kind', 'area', 'district'];
export const periods = ['day', 'week', 'month', 'year', 'days'];

/** @param {string} key @param {Partial<RuleField>} [more] @returns {RuleField} */
export const length = (key, more) => ({ key, kind: 'length', ...more });
/** A length that people say in hours. @param {string} key @param {Partial<RuleField>} [more] */
export const hours = (key, more) => length(key, { usual: 60, ...more });
/** @param {string} key @param {string} unit @param {Partial<RuleField>} [more] @returns {RuleField} */
export const count = (key, unit, more) => ({ key, kind: 'count', unit, ...more });
/** @param {string} key @param {Partial<RuleField>} [more] @returns {RuleField} */
export const yes = (key, more) => ({ key, kind: 'yes', ...more });
/**
 * @param {string} key @param {readonly string[]} values @param {Partial<RuleField>} [more]
 * @returns {RuleField}
 */
export const choice = (key, values, more) => ({ key, kind: 'choice', values, ...more });
/**
 * @param {string} key @param {readonly string[]} values @param {string} words
 * @param {Partial<RuleField>} [more] @returns {RuleField}
 */
export const set = (key, values, words, more) => ({ key, kind: 'set', values, words, ...more });
/** @param {string} key @param {Partial<RuleField>} [more] @returns {RuleField} */
export const time = (key, more) => ({ key, kind: 'time', ...more });
/** @param {string} key @param {string} [label] @returns {RuleField} */
export const scope = (key, label = key) => choice(key, scopes, { label, words: 'rule.value.scope' });

/**
 * In which period something is counted.
 * @param {boolean} ever whether it may be without one @returns {RuleField[]}
 */
export const within = (ever) => [
  choice('per', ever ? ['ever', ...periods] : periods, { need: !ever, label: 'per', words: 'rulebook.v.per',
    when: (r) => r.count !== 'active' }),
  count('days', 'days', { label: 'per_days', min: 1, when: (r) => r.per === 'days' }),
];

/** A time of a day, so many days before. @param {string} key @returns {RuleField} */
export const dayTime = (key) => ({
  key, kind: 'group', fresh: () => ({ days: 1, at: '18:00' }),
  fields: [count('days', 'days', { label: 'days_before' }), time('at', { label: 'at_time' })],
});

/** @type {RuleGroup} */
const opening = {
  id: 'opening', says: 'rules.when',
  plain: [
    choice('opens', ['daily', 'always', 'weekly', 'monthly'], { brings: {
      daily: () => ({}), always: () => ({}),
      weekly: () => ({ weekly: { from: 'wed', at: '00:00', until: 'fri', till: '24:00' } }),
      monthly: () => ({ monthly: { from: 25, at: '09:00' } }),
    } }),
    count('horizon_days', 'days', { when: (r) => !['weekly', 'monthly'].includes(r.opens),
      zeroWhen: (r) => r.opens !== 'always',
      labelWhen: (r) => (r.opens === 'always' ? 'horizon_days.always' : undefined) }),
    time('release_at', { when: (r) => (r.opens ?? 'daily') === 'daily' }),
    { key: 'weekly', kind: 'group', always: true, when: (r) => r.opens === 'weekly', fields: [
      choice('from', week, { need: true, words: 'rule.value.day' }), time('at', { label: 'weekly.at' }),
      choice('until', week, { need: true, words: 'rule.value.day' }), time('till', { label: 'weekly.till' }),
      count('ahead', 'weeks')] },
    { key: 'monthly', kind: 'group', always: true, when: (r) => r.opens === 'monthly', fields: [
      count('from', 'day_of_month', { min: 1 }), time('at', { label: 'weekly.at' }),
      count('until', 'day_of_month', { min: 1 }), time('till', { label: 'weekly.till',
        when: (m) => m.until }), count('ahead', 'months')] },
    hours('notice'),
  ],
  more: [
    hours('horizon_minutes', { when: (r) => r.opens === 'always' }),
    yes('horizon_to_end'),
    { key: 'booking_hours', kind: 'hours' },
    dayTime('book_by'),
    length('late_booking'),
    length('stop_before_closing'),
  ],
};

/** @type {RuleGroup} */
const walkIn = {
  id: 'walk_in', says: 'rules.walk_in',
  plain: [set('walk_in', days, 'rule.value.day'), set('booking_days', days, 'rule.value.day'),
    yes('walk_in_if_free')],
  more: [count('exempt_age', 'years'), set('exempt_groups', ['elders', 'families', 'disabled'],
    'rule.value.group')],
};

const sessions = () => [{ start: '09:00', end: '12:00' }, { start: '14:00', end: '17:00' }];

/** @type {RuleGroup} */
const shape = {
  id: 'shape', says: 'rules.shape',
  plain: [
    choice('times', ['free', 'sessions', 'days'], { brings: {
      free: () => ({ slot_step: 30, shortest: 30, longest: 240 }), days: () => ({}),
      sessions: (r) => ({ sessions: r.sessions?.length ? r.sessions : sessions() }),
    } }),
    length('slot_step', { when: (r) => (r.times ?? 'free') === 'free' }),
    length('shortest', { when: (r) => r.times !== 'sessions' }),
    hours('longest', { when: (r) => r.times !== 'sessions' }),
    { key: 'sessions', kind: 'list', when: (r) => r.times === 'sessions', fresh: () => ({ start: '18:00',
      end: '21:00' }), fields: [
      time('start', { label: 'start' }), time('end', { label: 'end' }),
      count('quota', 'people'), { key: 'name', kind: 'text' }, set('days', days, 'rule.value.day')] },
    count('party_min', 'people', { min: 1 }),
    count('party_max', 'people', { min: 1 }),
  ],
  more: [
    { key: 'use_hours', kind: 'list', when: (r) => r.times !== 'sessions',
      fresh: () => ({ start: '09:30', end: '16:30' }), fields: [
        time('start', { label: 'start' }), time('end', { label: 'end' }),
        set('days', days, 'rule.value.day')] },
    length('buffer_before'), length('buffer_after'), count('spaces_max', 'spaces'),
    choice('assignment', ['either', 'automatic', 'chosen']),
  ],
};

/** @type {RuleGroup} */
const who = {
  id: 'who', says: 'rules.who',
  plain: [
    choice('audience', ['everybody', 'residents', 'organizations']),
    yes('verified_only'), yes('real_name_only'), count('child_under', 'years'),
    count('children_per_guardian', 'people', { when: (r) => r.child_under > 0 }), yes('purpose_required'),
    { key: 'letter', kind: 'group', fresh: () => ({ version: 1, title: { 'zh-CN': '' },
      body: { 'zh-CN': '' } }), fields: [
      { key: 'title', kind: 'text' }, { key: 'body', kind: 'text', lines: 4 },
      count('version', 'version', { min: 1 })] },
  ],
  more: [
    { key: 'organizations', kind: 'group', fresh: () => ({ opening: { horizon_days: 30 } }),
      when: (r) => (r.audience ?? 'everybody') === 'everybody' && !r.verified_only, fields: [
        { key: 'opening', kind: 'group', root: true, fresh: () => ({ horizon_days: 30 }),
          fields: [...opening.plain, ...opening.more] },
        hours('longest'), count('spaces_max', 'spaces')] },
    count('min_age', 'years'), count('max_age', 'years'), count('group_min', 'people'), count('group_max',
      'people'),
  ],
};

/** @type {RuleGroup} */
const amount = {
  id: 'amount', says: 'rules.much',
  plain: [
    yes('one_at_a_time'), count('per_day', 'bookings'),
    { key: 'limits', kind: 'list', fresh: () => ({ count: 'bookings', max: 2, per: 'week' }), fields: [
      count('max', 'bookings', { label: 'at_most', min: 1, usual: 60,
        lengthWhen: (l) => l.count === 'minutes' }),
      choice('count', ['bookings', 'active', 'minutes'], { need: true }),
      ...within(false), scope('scope'), choice('of', ['anybody', 'person', 'organization'],
        { words: 'rule.value.of' })] },
  ],
  more: [
    choice('next_after', ['any_time', 'check_in', 'check_out']), hours('cooling_off'),
  ],
};

export const firstGroups = [opening, shape, walkIn, who, amount];
