// @ts-check
// The venues somebody looks after, and a way to begin a new one.
import { formValues, html, Icon, useState } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { go, Heading } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { Chips, Field } from '../lib/forms.js';
import { Dialog } from '../lib/dialog.js';
import { may } from '../lib/session.js';
import { hoursText } from '../lib/words.js';
import { useOwnVenues } from './own-venues.js';
import { kinds } from './editor/basics.js';
import { problemsOf } from './editor/problems.js';

/** @typedef {import('../types').VenueItem} VenueItem */
/** @typedef {import('../types').Venue} Venue */

export default function VenuesPage() {
  const { data, error, reload } = useOwnVenues('edit_venue');
  const [making, setMaking] = useState(false);
  return html`<div class="row"><${Heading} text=${t('venues.title')} />
      ${may('create_venue') && html`<button type="button" id="new-venue" onClick=${() => setMaking(true)}>
        <${Icon} name="plus" />${t('venues.new')}</button>`}</div>
    <p class="lead">${t('venues.hint')}</p>
    <${ErrorNote} error=${error} retry=${reload} />
    ${!data ? !error && html`<p class="loading">${t('loading')}</p>`
      : data.length ? html`<ul class="cards venue-cards">${data.map((v) => html`<${VenueCard} key=${v.id}
        venue=${v} />`)}</ul>`
        : html`<p class="empty card">${t('manage.venue.none')}</p>`}
    ${making && html`<${NewVenue} onClose=${() => setMaking(false)} />`}`;
}

/** @param {{ venue: VenueItem }} props */
const VenueCard = ({ venue: v }) => html`<li class="card"><h2><a href=${'/manage/venues/' + v.id}>
  ${pick(v.name)}</a></h2>
  <p class="meta"><span>${t(`kind.${v.kind}`)}</span><span>${v.area}</span><span>
    ${t('venue.people', { n: v.seats })}</span></p>
  <p class="tags">${v.retired ? html`<span class="tag warn"><${Icon} name="ban" />${t('venues.hidden')}
  </span>`
    : html`<span class=${'tag ' + (v.open_now ? 'good' : '')}>
      ${t(v.open_now ? 'venue.now.open' : 'venue.now.closed')}</span>`}</p>
  <p class="muted num"><${Icon} name="clock" /> ${t('venue.today')} ${hoursText(v.hours_today)}</p>
  <div class="actions"><a class="button" href=${'/manage/venues/' + v.id}><${Icon} name="pencil" />
    ${t('venues.edit')}</a>
    <a class="button secondary" href=${`/manage/venues/${v.id}?section=rules`}><${Icon} name="list" />
      ${t('edit.section.rules')}</a>
    <a class="button secondary" href=${'/manage/board?venue=' + v.id}>
      <${Icon} name="layout-dashboard" />${t('manage.nav.board')}</a></div></li>`;

/**
 * A new venue begins closed to residents: only what must be known is asked, the rest is for the editor.
 * @param {{ onClose: () => void }} props
 */
const NewVenue = ({ onClose }) => {
  const [kind, setKind] = useState('reading_room');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const problems = problemsOf(error);
  const submit = async (/** @type {Event} */ e) => {
    const f = formValues(e);
    const day = [{ start: '09:00', end: '17:00' }];
    const body = {
      kind, retired: true, area: f.area, name: { 'zh-CN': f.zh, en: f.en || undefined },
      address: { 'zh-CN': f.address },
      zone: 'Asia/Shanghai', atoms: [], spaces: [], hours: [day, [], day, day, day, day, day],
      on_holiday: { holiday: 'same', make_up: 'workday' },
    };
    setBusy(true);
    try {
      const made = /** @type {Venue} */ (await api('/venues', { method: 'POST', body }));
      go('/manage/venues/' + made.id);
    } catch (err) {
      setError(err);
      setBusy(false);
    }
  };
  /** @param {string} name @param {string} path @param {string} label @param {boolean} [optional] */
  const input = (name, path, label, optional) => html`<${Field} label=${label} optional=${optional}
    error=${problems.get(path)}>${(/** @type {any} */ a) => html`<input ...${a} name=${name}
      required=${!optional}
      autocomplete="off" maxlength="160" />`}</${Field}>`;
  return html`<${Dialog} title=${t('venues.new')} onClose=${onClose}><form class="form" onSubmit=${submit}>
    <p class="hint">${t('venues.new.hint')}</p>
    <${Chips} legend=${t('edit.kind')} name="new-kind" value=${kind} onChange=${setKind}
      options=${kinds.map((k) => [k, t(`kind.${k}`)])} />
    ${input('zh', 'name.zh-CN', t('edit.zh', { label: t('edit.name') }))}
    ${input('en', 'name.en', t('edit.en', { label: t('edit.name') }), true)}
    ${input('area', 'area', t('edit.area'))}
    ${input('address', 'address.zh-CN', t('edit.address'))}
    ${!problems.size && html`<${ErrorNote} error=${error} />`}
    <div class="actions"><button type="button" class="secondary" onClick=${onClose}>${t('edit.cancel')}
    </button>
      <button disabled=${busy}>${t('venues.make')}</button></div></form></${Dialog}>`;
};
