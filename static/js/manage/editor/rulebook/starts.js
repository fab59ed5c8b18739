// @ts-check
// Whether a change of the rules holds at once or from a date on.
import { html, Icon } from '../../../lib/ui.js';
import { t } from '../../../lib/i18n.js';
import { addDays, today } from '../../../lib/dates.js';
import { fullDate } from '../../../lib/full-date.js';
import { longDate } from '../../../lib/words.js';
import { getAt } from '../draft.js';
import { TextInput } from '../inputs.js';

/** @typedef {import('../draft.js').Path} Path */
/** @typedef {import('../../../types').Rules} Rules */

/**
 * @param {{ form: import('../inputs.js').Form, home: Path, later: boolean,
 *   onLater: (later: boolean) => void }} props
 *   home: the venue or the space whose rules these are
 */
export const Starts = ({ form, home, later, onLater }) => {
  const path = [...home, 'next_rules'];
  const next = /** @type {Rules | undefined} */ (getAt(form.draft, path));
  if (!next) {
    const begin = () => {
      const now = /** @type {Rules} */ (getAt(form.draft, [...home, 'rules']));
      form.set(path, { ...now, starts: addDays(today(), 7) });
      onLater(true);
    };
    return html`<p class="rule-starts"><span>${t('rulebook.at_once')}</span>
      <button type="button" class="secondary small" id="from-a-date" onClick=${begin}><${Icon}
        name="calendar-days" />
        ${t('rulebook.from_a_date')}</button></p>`;
  }
  const drop = () => {
    onLater(false);
    form.set(path, undefined);
  };
  return html`<div class="rule-starts"><div class="rule-tabs" role="group" aria-label=${t('rulebook.which')}>
      <button type="button" class=${later ? 'secondary' : ''} aria-pressed=${!later}
        onClick=${() => onLater(false)}>
        ${t('rulebook.now')}</button>
      <button type="button" class=${later ? '' : 'secondary'} aria-pressed=${later}
        onClick=${() => onLater(true)}>
        ${t('rulebook.from', { date: longDate(next.starts ?? today()) })}</button></div>
    ${later && html`<${TextInput} form=${form} path=${[...path, 'starts']} label=${t('rulebook.starts')}
      type="date" class="short" hint=${fullDate(next.starts ?? '')} />
      <button type="button" class="ghost remove" onClick=${drop}><${Icon} name="trash-2" />
        ${t('rulebook.drop')}</button>`}</div>`;
};
