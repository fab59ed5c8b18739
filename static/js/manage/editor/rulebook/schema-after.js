// @ts-check
// The questions about what follows a booking: coming and going, cancelling, and what a miss costs.
import { choice, count, dayTime, firstGroups, hours, length, scope, set, time, within,
  yes } from './schema.js';

/** @typedef {import('./schema.js').RuleField} RuleField */
/** @typedef {import('./schema.js').RuleGroup} RuleGroup */

const means = ['pass', 'slip', 'number', 'card', 'seat_code', 'staff', 'phone'];
export const violations = ['no_show', 'late_cancel', 'not_back', 'reported', 'no_check_out', 'overstay',
  'misconduct'];
const checksIn = (/** @type {any} */ r) => !r.no_check_in;

/** @type {RuleGroup} */
const attendance = {
  id: 'attendance', says: 'rules.come',
  plain: [
    yes('no_check_in'),
    length('check_in_before', { when: checksIn }),
    length('check_in_after', { when: checksIn }),
    set('check_in_by', means, 'rule.value.means', { when: checksIn }),
    length('leave', { when: checksIn }),
    length('report', { when: checksIn }),
    yes('check_out_required', { when: checksIn }),
  ],
  more: [
    length('check_in_same_day', { when: checksIn }),
    length('check_in_inside', { when: checksIn }),
    { key: 'meal_leaves', kind: 'list', when: checksIn, fresh: () => ({ start: '11:30', end: '13:00',
      minutes: 60 }), fields: [
      time('start', { label: 'start' }), time('end', { label: 'end' }), length('minutes')] },
    count('leaves_per_day', 'times', { when: (r) => r.leave > 0 || r.meal_leaves?.length > 0 }),
    choice('report_by', ['anybody', 'staff'], { when: (r) => r.report > 0 }),
    length('check_out_grace', { when: (r) => r.check_out_required }),
    length('overstay_until', { when: (r) => r.check_out_required }),
  ],
};

/** @type {RuleGroup} */
const change = {
  id: 'change', says: 'rules.change',
  plain: [
    hours('cancel_before'),
    choice('late_cancel', ['refused', 'miss', 'allowed'], { when: (r) => r.cancel_before > 0
      || !!r.cancel_by }),
    yes('no_moves'),
  ],
  more: [
    dayTime('cancel_by'),
    { key: 'cancel_limits', kind: 'list', fresh: () => ({ max: 4, per: 'week' }), fields: [
      count('max', 'times', { label: 'at_most', min: 1 }), ...within(false)] },
    hours('move_before', { when: (r) => !r.no_moves }),
    count('moves_max', 'times', { when: (r) => !r.no_moves }),
    hours('cancel_cooling_off'),
  ],
};

const penalties = ['days', 'months', 'rest_of_week', 'rest_of_month', 'until_lifted', 'warning'];

/** What a suspension is. @type {RuleField} */
const penalty = {
  key: 'penalty', kind: 'group', always: true, fields: [
    choice('kind', penalties, { need: true, label: 'penalty.kind', words: 'rulebook.v.penalty' }),
    count('n', 'long', { label: 'penalty.n', min: 1, when: (p) => p.kind === 'days'
      || p.kind === 'months' })],
};

/** @type {RuleGroup} */
const misses = {
  id: 'misses', says: 'rules.strikes',
  plain: [
    { key: 'strikes', kind: 'list',
      fresh: () => ({ id: 'rule-' + Date.now().toString(36), counts: ['no_show'], max: 3, per: 'month',
        penalty: { kind: 'days', n: 7 } }),
      fields: [
        set('counts', violations, 'rule.value.violation'), yes('each', { when: (s) => s.counts?.length > 1 }),
        count('max', 'times', { label: 'strikes.max', min: 1 }), ...within(true), penalty,
        scope('covers'), scope('across'), yes('first_warns'),
        { key: 'escalation', kind: 'list', fresh: () => ({ nth: 2, days: 365, penalty: { kind: 'days',
          n: 30 } }), fields: [
          count('nth', 'nth', { min: 2 }), count('days', 'days', { label: 'escalation.days' }), penalty] }] },
    set('waives', ['closure', 'outage'], 'rule.value.fault', { when: (r) => r.strikes?.length > 0 }),
  ],
  more: [
    { key: 'earn_back', kind: 'group', when: (r) => r.strikes?.length > 0, fresh: () =>
      ({ how: { 'zh-CN': '' } }), fields: [
      { key: 'how', kind: 'text' }, count('max', 'times', { label: 'at_most' }),
      ...within(true).map((f) => (f.key === 'per' ? { ...f, when: (/** @type {any} */ e) => e.max > 0 }
        : f))] },
  ],
};

/** @type {RuleGroup} */
const name = { id: 'name', plain: [], more: [{ key: 'name', kind: 'text' }] };

export const groups = [...firstGroups, attendance, change, misses, name];
