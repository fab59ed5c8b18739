// @ts-check
// A booking's state as an icon and a tag; the word is always beside it.
import { html, Icon } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';

/** @typedef {import('../../types').State} State */

/** @type {Record<State, [icon: string, tone: string]>} */
const looks = {
  confirmed: ['clock', 'info'],
  checked_in: ['circle-check', 'good'],
  away: ['door-open', 'warn'],
  reported: ['clock-alert', 'warn'],
  completed: ['check', ''],
  cancelled: ['calendar-x', ''],
  no_show: ['triangle-alert', 'warn'],
};

/** @param {State} state */
export const stateIcon = (state) => looks[state][0];

/** @param {{ state: State }} props */
export const StateTag = ({ state }) => html`<span class=${'tag ' + looks[state][1]}>
  <${Icon} name=${looks[state][0]} />${t(`state.${state}`)}</span>`;
