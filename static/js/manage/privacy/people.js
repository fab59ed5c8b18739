// @ts-check
// For somebody who asks at the desk and has no phone: a copy of what is kept about them, or erasing.
import { formValues, html, Icon, useState } from '../../lib/ui.js';
import { lang, t } from '../../lib/i18n.js';
import { api, query } from '../../lib/api.js';
import { Dialog } from '../../lib/dialog.js';
import { Field } from '../../lib/forms.js';
import { ErrorNote } from '../../lib/errors.js';
import { signedOut } from '../../lib/session.js';
import { announce } from '../../lib/shell.js';
import { steppedUp } from '../../lib/step-up.js';
import { TypedConfirm } from '../../resident/erase.js';
import { useOwnVenues } from '../own-venues.js';

/** @typedef {import('../../types').FoundPerson} Person */

export const People = () => {
  const venues = useOwnVenues('find_people'); // a search belongs to a venue; any of the district's will do
  const [found, setFound] = useState(/** @type {Person[] | null} */ (null));
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const [ready, setReady] = useState(/** @type {Person | null} */ (null));
  const [erasing, setErasing] = useState(/** @type {Person | null} */ (null));
  const venue = venues.data?.[0]?.id;
  const attempt = (/** @type {() => Promise<void>} */ work) => {
    setError(null);
    work().catch((err) => { signedOut(err); setError(err); });
  };
  const search = (/** @type {Event} */ e) => {
    const { q } = formValues(e);
    attempt(async () => setFound((await api('/people' + query({ q, venue }))).items));
  };
  const copy = (/** @type {Person} */ p) => attempt(async () => {
    const data = await steppedUp(() => api(`/people/${p.id}/export.json`));
    download(data, `wenguan-${p.id}.json`);
    setReady(p);
  });
  const erased = async (/** @type {Person} */ p) => {
    await steppedUp(() => api(`/people/${p.id}/erasure`, { method: 'POST' }));
    announce(t('privacy.person.erased'));
    setFound((found ?? []).filter((one) => one.id !== p.id));
    setErasing(null);
  };
  return html`<section class="card" id="people"><h2>${t('privacy.person.title')}</h2>
    <p>${t('privacy.person.lead')}</p>
    <form class="form" onSubmit=${search}>
      <${Field} label=${t('privacy.person.find')}>${(/** @type {any} */ a) => html`
        <input name="q" required maxlength="100" autocomplete="off" ...${a} />`}</${Field}>
      <div class="actions"><button class="secondary" disabled=${!venue}>
        <${Icon} name="search" />${t('privacy.person.search')}</button></div></form>
    <${ErrorNote} error=${error} />
    ${found?.length === 0 && html`<p role="status">${t('privacy.person.none')}</p>`}
    ${found && found.length > 0 && html`<ul class="found-people">${found.map((p) => html`
      <${Row} key=${p.id} person=${p} onCopy=${copy} onErase=${setErasing} />`)}</ul>`}
    ${ready && html`<${Ready} person=${ready} onClose=${() => setReady(null)} />`}
    ${erasing && html`<${TypedConfirm} title=${t('privacy.person.erase.title', { name: erasing.name })}
      text=${t('privacy.person.erase.text', { word: t('privacy.erase.word') })} yes=${t('privacy.erase.yes')}
      onYes=${() => erased(erasing)} onClose=${() => setErasing(null)} />`}</section>`;
};

/** @param {{ person: Person, onCopy: (p: Person) => void, onErase: (p: Person) => void }} props */
const Row = ({ person: p, onCopy, onErase }) => {
  const about = [p.last4 ? t('privacy.person.last4', { n: p.last4 }) : t('privacy.person.nophone'),
    p.birth_year && t('privacy.person.born',
      { year: String(p.birth_year) })].filter(Boolean).join(t('comma'));
  return html`<li><span><strong>${p.name}</strong> <span class="muted">${about}</span></span>
    <span class="actions"><button type="button" class="secondary"
        aria-label=${t('privacy.person.export.of', { name: p.name })} onClick=${() => onCopy(p)}>
        <${Icon} name="download" />${t('privacy.person.json')}</button>
      <button type="button" class="secondary danger-text"
        aria-label=${t('privacy.person.erase.of', { name: p.name })} onClick=${() => onErase(p)}>
        <${Icon} name="trash-2" />${t('privacy.person.erase')}</button></span></li>`;
};

/** The file is there; the page to print opens while the second factor still counts. @param {any} props */
const Ready = ({ person, onClose }) => html`
  <${Dialog} title=${t('privacy.person.ready', { name: person.name })} onClose=${onClose}>
    <div class="actions"><a class="button" target="_blank" rel="noopener"
      href=${`/api/v1/people/${person.id}/export.html?language=${lang.value}`}>
      <${Icon} name="printer" />${t('privacy.person.openit')}</a></div></${Dialog}>`;

/** @param {unknown} data @param {string} name */
function download(data, name) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  const a = document.createElement('a');
  a.href = url;
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
