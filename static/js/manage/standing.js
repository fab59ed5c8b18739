// @ts-check
// Appeals for staff to answer, and what somebody's strikes at a venue have come to.
import { html, Icon, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { Heading, place, setSearch } from '../lib/router.js';
import { keepVenue, startVenue, useOwnVenues, VenueSelect } from './own-venues.js';
import { AppealItem } from './standing/appeal.js';
import { Lookup, PersonRecord } from './standing/person.js';

/** @typedef {import('../types').Appeal} Appeal */
/** @typedef {{ items: Appeal[], next?: string }} Page */

const queues = /** @type {const} */ (['open', 'granted', 'refused']);

export default function StandingPage() {
  const own = useOwnVenues('edit_venue');
  const asked = new URLSearchParams(place.value.search);
  if (!own.data) {
    return html`<${Heading} text=${t('manage.standing.title')} />${own.error
      ? html`<${ErrorNote} error=${own.error} retry=${own.reload} />`
      : html`<p class="loading">${t('loading')}</p>`}`;
  }
  const venue = startVenue(own.data, asked.get('venue') ?? '');
  const person = asked.get('person') ?? '';
  const state = queues.find((q) => q === asked.get('state')) ?? 'open';
  const show = (/** @type {Record<string, string>} */ next) => setSearch(query({ venue, ...next }));
  const move = (/** @type {string} */ id) => {
    keepVenue(id);
    setSearch(query({ venue: id, person }));
  };
  return html`<div class="row"><${Heading} text=${t('manage.standing.title')} />
      <${VenueSelect} list=${own.data} value=${venue} onChange=${move} /></div>
    ${person ? html`<${PersonRecord} key=${venue + person} venue=${venue} person=${person} onBack=${() =>
      show({})} />`
      : html`<${Lookup} venue=${venue} onChoose=${(/** @type {string} */ id) => show({ person: id })} />
        <nav class="queue-tabs" aria-label=${t('manage.standing.queues')}>${queues.map((q) => html`<a key=${q}
          href=${'/manage/standing' + query({ venue, state: q === 'open' ? '' : q })}
          aria-current=${q === state ? 'page' : undefined}>${t(`manage.standing.queue.${q}`)}</a>`)}</nav>
        <${Queue} key=${venue + state} venue=${venue} state=${state}
          onPerson=${(/** @type {string} */ id) => show({ person: id })} />`}`;
}

/** @param {{ venue: string, state: string, onPerson: (id: string) => void }} props */
const Queue = ({ venue, state, onPerson }) => {
  const ask = (/** @type {string} */ after, /** @type {AbortSignal} */ signal) => (
    /** @type {Promise<Page>} */ (api(`/venues/${venue}/appeals` + query({ state, after }), { signal })));
  const { data, error, busy, reload, set } = useLoad((signal) => ask('', signal), [venue, state]);
  const [failed, setFailed] = useState(/** @type {unknown} */ (null));
  const more = () => ask(data?.next ?? '', new AbortController().signal)
    .then((page) => set({ items: [...(data?.items ?? []), ...page.items], next: page.next }), setFailed);
  const items = data?.items ?? [];
  return html`<${ErrorNote} error=${error ?? failed} retry=${reload} />
    ${busy && !data && html`<p class="loading">${t('loading')}</p>`}
    ${data && !items.length && html`<div class="empty"><${Icon} name="check" />
      <p>${t(state === 'open' ? 'manage.standing.none.open' : 'manage.standing.none')}</p></div>`}
    <ul class="strikes">${items.map((a) => html`<${AppealItem} key=${a.id} appeal=${a} onPerson=${onPerson}
      onDone=${reload} />`)}</ul>
    ${data?.next && html`<p class="more"><button type="button" class="secondary" onClick=${more}>
      ${t('standing.appeals.more')}</button></p>`}`;
};
