// @ts-check
// The editor of one venue: sections to step through, one save for all of them.
import { cls, html, Icon, useEffect, useMemo, useRef, useState } from '../lib/ui.js';
import { list as inWords, pick, t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { Heading, place, setSearch } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { may } from '../lib/session.js';
import { sections } from './editor/draft.js';
import { problemsIn } from './editor/problems.js';
import { useVenue } from './editor/venue.js';
import { Guard } from './editor/guard.js';
import { Basics } from './editor/basics.js';
import { Photos } from './editor/photos.js';
import { Spaces } from './editor/spaces.js';
import { Hours } from './editor/hours.js';
import { Days } from './editor/days.js';
import { RuleBookForm } from './editor/rules.js';
import { ConfirmRules } from './editor/rulebook/confirm.js';

/** @typedef {import('../types').Venue} Venue */
/** @typedef {import('./editor/draft.js').Section} Section */

const order = /** @type {Section[]} */ (Object.keys(sections));
/** @type {Record<Section, string>} */
const icons = {
  basics: 'info', photos: 'image', spaces: 'armchair', hours: 'clock', days: 'calendar-days', rules: 'list',
};

/** @param {{ id: string }} props */
export default function EditorPage({ id }) {
  const { data, error, reload } = useLoad(
    (signal) => /** @type {Promise<Venue>} */ (api('/venues/' + id, { signal })), [id]);
  if (!data) {
    return error ? html`<${Heading} text=${t('manage.nav.venues')} /><${ErrorNote} error=${error}
      retry=${reload} />`
      : html`<p class="loading">${t('loading')}</p>`;
  }
  if (!may('edit_venue', id)) {
    return html`<${Heading} text=${pick(data.name)} /><p class="notice warn">${t('err.not_permitted')}</p>`;
  }
  return html`<${Editor} key=${id} stored=${data} />`;
}

/** @param {{ stored: Venue }} props */
const Editor = ({ stored }) => {
  const editor = useVenue(stored);
  const body = useRef(/** @type {HTMLElement | null} */ (null));
  const asked = new URLSearchParams(place.value.search).get('section');
  const section = order.find((s) => s === asked) ?? 'basics';
  const show = (/** @type {Section} */ s) => {
    setSearch(s === 'basics' ? '' : '?section=' + s);
    scrollTo(0, 0);
  };
  useEffect(() => {
    document.getElementById('section-' + section)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [section]);
  const [asking, setAsking] = useState(false);
  const save = async () => {
    setAsking(false);
    const refused = await editor.save();
    const first = refused && order.find((s) => problemsIn(refused, s) > 0);
    if (!first) return;
    show(first);
    focusProblem(body.current);
  };
  return html`<div class="row"><${Heading} text=${pick(editor.draft.name) || t('edit.unnamed')} />
      <div class="chips"><a href=${`/manage/venues/${stored.id}/codes`} class="button secondary">
        <${Icon} name="qr-code" />${t('edit.codes')}</a>
      <a href=${'/venues/' + stored.id} target="_blank" class="button secondary">
        <${Icon} name="external-link" />${t('edit.see')}</a></div></div>
    ${editor.draft.retired && html`<p class="notice warn"><${Icon} name="ban" /><span>${t('edit.hidden')}
    </span></p>`}
    <${Notes} editor=${editor} />
    <div class="editor">
      <nav class="sections" aria-label=${t('edit.sections')}><ul>${order.map((s) => html`<li key=${s}>
        <${SectionLink} section=${s} current=${s === section} problems=${problemsIn(editor.problems, s)}
          changed=${editor.changed.includes(s)} onClick=${() => show(s)} /></li>`)}</ul></nav>
      <div class="section-body" ref=${body}>
        <h2 id="section-title" tabindex="-1">${t(`edit.section.${section}`)}</h2>
        <${Body} section=${section} editor=${editor} /></div>
    </div>
    <${SaveBar} editor=${editor} onSave=${() => (editor.changed.includes('rules') ? setAsking(true)
      : save())} />
    ${asking && html`<${ConfirmRules} base=${editor.base} draft=${editor.draft} busy=${editor.busy}
      onYes=${save} onClose=${() => setAsking(false)} />`}
    <${Guard} id=${stored.id} dirty=${editor.changed.length > 0} what=${editor.keep} />`;
};

/** Brings the first refused input into view, once it is drawn. @param {HTMLElement | null} body */
function focusProblem(body) {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const first = body?.querySelector('[aria-invalid="true"], [data-invalid]');
    if (first instanceof HTMLElement) first.focus();
  }));
}

/**
 * @param {{ section: Section, current: boolean, problems: number, changed: boolean, onClick: () => void }}
 *   props
 */
const SectionLink = ({ section, current, problems, changed, onClick }) => html`<button type="button"
  class=${cls('section-link', current && 'current')} aria-current=${current ? 'true' : undefined}
  onClick=${onClick}
  id=${'section-' + section}><${Icon} name=${icons[section]} /><span>${t(`edit.section.${section}`)}</span>
  ${problems > 0 ? html`<span class="tag bad">${t('edit.problems', { n: problems })}</span>`
    : changed && html`<span class="tag info">${t('edit.changed')}</span>`}</button>`;

/** @param {{ section: Section, editor: import('./editor/venue.js').VenueEditor }} props */
const Body = ({ section, editor }) => {
  const { base, draft, problems, set, edit } = editor;
  const form = useMemo(() => ({ draft, stored: base, problems, set, edit }), [base, draft, problems]);
  if (section === 'photos') {
    return html`<${Photos} venue=${draft.id} photos=${draft.photos ?? []} onStored=${editor.storedPhotos}
      onOrder=${(/** @type {any} */ p) => set(['photos'], p)} />`;
  }
  const Section = { basics: Basics, spaces: Spaces, hours: Hours, days: Days, rules: RuleBookForm }[section];
  return html`<${Section} form=${form} />`;
};

/**
 * What happened: restored typing, somebody else's save, a refusal.
 * @param {{ editor: import('./editor/venue.js').VenueEditor }} props
 */
const Notes = ({ editor }) => {
  const { error, restored, clash, merged, problems } = editor;
  const names = (/** @type {Section[]} */ list) => inWords(list.map((s) => t(`edit.section.${s}`)));
  return html`
    ${restored && html`<div class="notice" role="status"><${Icon} name="undo-2" /><p>${t('edit.restored')}</p>
      <button type="button" class="secondary small" onClick=${editor.discard}>${t('edit.discard')}</button>
      </div>`}
    ${clash && html`<div class="notice warn" role="alert" id="clash"><${Icon} name="users" />
      <p><strong>${t('edit.clash')}</strong> ${clash.length ? t('edit.clash.both', { sections: names(clash) })
        : t('edit.clash.none')}</p>
      <button type="button" class="secondary small" onClick=${editor.merge}>${t('edit.clash.merge')}</button>
      <button type="button" class="secondary small" onClick=${editor.takeTheirs}>${t('edit.clash.theirs')}
      </button></div>`}
    ${merged && html`<div class="notice" role="status"><${Icon} name="check" /><p>${t('edit.merged')}</p>
    </div>`}
    ${problems.size > 0 ? html`<div class="notice bad" role="alert"><${Icon} name="triangle-alert" />
      <p>${t('edit.refused', { n: problems.size })}</p></div>` : html`<${ErrorNote} error=${error}
        retry=${editor.retry} />`}`;
};

/** @param {{ editor: import('./editor/venue.js').VenueEditor, onSave: () => void }} props */
const SaveBar = ({ editor, onSave }) => {
  const dirty = editor.changed.length > 0;
  const told = dirty ? 'edit.unsaved' : editor.saved ? 'edit.saved' : editor.dropped ? 'edit.dropped'
    : 'edit.nothing';
  return html`<div class=${cls('save-bar', dirty && 'dirty')}>
    <p role="status">${t(told)}</p>
    ${!dirty && editor.saved && editor.before && html`<button type="button" class="ghost" id="go-back"
      onClick=${editor.goBack}><${Icon} name="undo-2" />${t('edit.go_back')}</button>`}
    ${!dirty && editor.dropped ? html`<button type="button" class="ghost" id="take-up"
      onClick=${editor.takeUp}><${Icon} name="undo-2" />${t('edit.take_up')}</button>`
    : html`<button type="button" class="ghost" id="discard" disabled=${!dirty || editor.busy}
      onClick=${editor.discard}>${t('edit.discard')}</button>`}
    <button type="button" class="large" id="save" disabled=${!dirty || editor.busy} onClick=${onSave}>
      <${Icon} name="save" />${t(editor.busy ? 'edit.saving' : 'edit.save')}</button></div>`;
};
