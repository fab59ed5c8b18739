// @ts-check
// A venue: what it is, when it is open, its rules, and its free times to book.
import { html, Icon, useState } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { Heading, place } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { coverOf } from './venue-card.js';
import { Contact, Features, Hours } from './venue-info.js';
import { RuleBook } from './venue-rules.js';
import { FreeTimes } from './times.js';

/** @typedef {import('../types').Venue} Venue */

/** @param {{ id: string }} props */
export default function VenuePage({ id }) {
  const { data: venue, error, reload } = useLoad((signal) => api(`/venues/${id}`, { signal }), [id]);
  if (error) {
    return html`<${Back} /><${Heading} text=${t('venue.error')} />
      <${ErrorNote} error=${error} retry=${reload} />`;
  }
  return venue ? html`<${Shown} venue=${venue} />` : html`<p class="loading">${t('loading')}</p>`;
}

/** The list as it was asked for. */
function backAddress() {
  const { date, from, to, people } = Object.fromEntries(new URLSearchParams(place.peek().search));
  return '/' + query({ date, from, to, people });
}

const Back = () => html`<p class="back-line"><a href=${backAddress()} class="back">
  <${Icon} name="chevron-left" />${t('venue.back')}</a></p>`;

/** @param {{ venue: Venue }} props */
const Shown = ({ venue }) => {
  const [space, setSpace] = useState(''); // whose rules are shown
  return html`<${Back} />
  <header class="venue-head">
    <img class="cover" src=${venue.photos?.[0]?.url ?? coverOf(venue)} alt="" width="640" height="280" />
    <div><${Heading} text=${pick(venue.name)} />
      <p class="tags"><span class="tag info">${t(`kind.${venue.kind}`)}</span>
        <${OpenTag} today=${venue.today} /></p>
      <p>${pick(venue.about)}</p><${Contact} venue=${venue} /></div>
  </header>
  <div class="split">
    <${FreeTimes} venue=${venue} onSpace=${setSpace} />
    <div class="stack"><${RuleBook} venue=${venue} space=${space} /><${Hours} venue=${venue} />
      <${Features} features=${venue.features} /></div>
  </div>`;
};

/** @param {{ today?: import('../types').Today }} props */
const OpenTag = ({ today }) => today && html`<span class=${today.open_now ? 'tag good' : 'tag'}>
  ${t(today.open_now ? 'venue.now.open' : 'venue.now.closed')}</span>`;
