// @ts-check
// When, for the person at the counter: what is proposed, the soonest times, or any other.
import { html, useState } from '../../lib/ui.js';
import { pick, t } from '../../lib/i18n.js';
import { Chips } from '../../lib/forms.js';
import { ruleText } from '../../lib/rules.js';
import { nearDate, optionDate, timeRange } from '../../lib/words.js';
import { linesOf } from '../../resident/slots.js';
import { endOf, startOf } from '../../resident/span.js';
import { TimeFields } from '../../resident/time-fields.js';
import { shapeOf } from '../../resident/terms.js';
import { running } from './offers.js';

/** @typedef {import('../../types').Venue} Venue */
/** @typedef {import('../../types').Space} Space */
/** @typedef {import('../../types').Availability} Availability */
/** @typedef {import('../../resident/span.js').Span} Span */

/** A time as a chip says it. @param {Span} span */
const spanText = (span) => `${optionDate(span.date)} ${timeRange(startOf(span), endOf(span))}`;

/** What Enter books, in large type. @param {{ venue: Venue, space: Space, span: Span }} props */
export const Proposal = ({ venue, space, span }) => {
  if (!span.start) {
    // before the release there is nothing
    const opens = venue.rules_explained.find((r) => r.code.startsWith('opens'));
    return html`<p class="counter-proposal" aria-live="polite"><strong>${t('counter.full')}</strong>
      ${opens && html`<span>${ruleText(opens)}</span>`}</p>`;
  }
  const [from, to] = [startOf(span), endOf(span)];
  return html`<p class="counter-proposal" aria-live="polite">
    <strong>${nearDate(from)} <span class="num">${timeRange(from, to)}</span></strong>
    <span>${pick(space.name)}${running(span, venue.zone) && ` · ${t('counter.running')}`}</span></p>`;
};

/**
 * One of the soonest times, or any other.
 * @param {{ venue: Venue, availability: Availability, space: Space, offers: Span[], span: Span,
 *   error: unknown, onChange: (span: Span | null) => void }} props
 */
export const When = ({ venue, availability, space, offers, span, error, onChange }) => {
  const [other, setOther] = useState(false);
  if (!offers.length) return null;
  const at = offers.findIndex((o) => startOf(o) === startOf(span) && endOf(o) === endOf(span));
  const choose = (/** @type {string} */ i) => {
    setOther(i === 'other');
    onChange(i === 'other' ? span : offers[Number(i)]);
  };
  return html`<${Chips} legend=${t('counter.when')} name="when" value=${other ? 'other' : String(at)}
      onChange=${choose}
      options=${[...offers.map((o, i) => [String(i), spanText(o)]), ['other', t('counter.when.other')]]} />
    ${other && html`<${TimeFields} lines=${linesOf(availability, space.id)}
      shape=${shapeOf(availability, venue, space)} venue=${venue} span=${span} error=${error}
      onChange=${onChange} />`}`;
};
