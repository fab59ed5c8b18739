// @ts-check
// One registration before staff: what is claimed, the documents that should show it, and the decision.
import { html, Icon, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { Heading } from '../lib/router.js';
import { Dialog } from '../lib/dialog.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { Invite } from '../organization/invitations.js';
import { Facts, History } from '../organization/page.js';
import { dayText, sizeText, Standing } from '../organization/words.js';
import { Decide } from './organizations/decide.js';

/** @typedef {import('../types').Organization} Organization */
/** @typedef {import('../types').OrganizationDocument} Document */

/** @param {{ id: string }} props */
export default function RegistrationPage({ id }) {
  const { data: o, error, reload, set } = useLoad(/** @returns {Promise<Organization>} */
    (signal) => api('/organizations/' + id, { signal }), [id]);
  const [adopting, setAdopting] = useState(false);
  if (!o) {
    return html`<${Heading} text=${t('organization.manage.title')} /><${ErrorNote} error=${error}
      retry=${reload} />
      ${!error && html`<p class="loading">${t('loading')}</p>`}`;
  }
  return html`<div class="registration">
    <p class="back-line"><a href=${'/manage/organizations' + (o.state === 'submitted' ? ''
      : '?state=' + o.state)}>
      <${Icon} name="chevron-left" />${t('organization.manage.title')}</a></p>
    <${Heading} text=${o.proposed ?? o.name} />
    <p class="tags"><${Standing} organization=${o} /></p>
    <${Changed} organization=${o} />
    <div class="split"><div>
      <${Facts} organization=${o} />
      <${Hints} organization=${o} />
      <${Files} organization=${o} />
      ${o.history.length > 0 && html`<${History} organization=${o} />`}</div>
    <div class="registration-side">
      ${o.can.decide ? html`<${Decide} organization=${o} onDone=${set} onStale=${reload} />`
        : html`<p class="notice warn"><${Icon} name="info" /><span>${t('err.own_organization')}</span></p>`}
      ${o.can.adopt && html`<div class="card"><h2>${t('organization.manage.orphan')}</h2>
        <p>${t('organization.manage.orphan.text')}</p>
        <button type="button" class="secondary"
          onClick=${() => setAdopting(true)}>${t('organization.invite')}</button></div>`}
      <p class="hint">${t('organization.manage.seen')}</p></div></div>
    ${adopting && html`<${Invite} organization=${o} fixed="owner"
      onClose=${() => setAdopting(false)} />`}</div>`;
}

/** What differs from what was verified before. @param {{ organization: Organization }} props */
const Changed = ({ organization: o }) => {
  const was = o.verified_as;
  if (!was) return null;
  const parts = [
    was.name !== (o.proposed ?? o.name) && [t('organization.name'), was.name, o.proposed ?? o.name],
    was.code !== o.code && [t('organization.code'), was.code ?? '', o.code ?? ''],
    was.kind !== o.kind
      && [t('organization.kind'), t(`organization.kind.${was.kind}`), t(`organization.kind.${o.kind}`)],
  ].filter(Boolean);
  return html`<div class="notice warn">
    <${Icon} name="refresh-cw" /><div><p>${t('organization.manage.changed')}</p>
    <ul>${parts.map((p) => p && html`<li
      key=${p[0]}>${p[0]}${t('colon')}<del>${p[1]}</del> → <ins>${p[2]}</ins></li>`)}</ul></div></div>`;
};

/** What is worth a second look. @param {{ organization: Organization }} props */
const Hints = ({ organization: o }) => {
  const odd = o.suggests && o.suggests !== o.kind && o.code;
  return html`${odd && o.suggests && html`<p class="notice warn"><${Icon} name="triangle-alert" /><span>
    ${t('organization.manage.odd', { kind: t(`organization.kind.${o.suggests}`) })}</span></p>`}
    ${!o.code && html`<p class="notice">
      <${Icon} name="info" /><span>${t('organization.manage.nocode')}</span></p>`}`;
};

/** @param {{ organization: Organization }} props */
const Files = ({ organization: o }) => html`<section class="section" aria-labelledby="files-title">
  <h2 id="files-title">${t('organization.documents')}</h2>
  ${!o.files.length && html`<p class="muted">${t('organization.manage.bare')}</p>`}
  <ul class="files">${o.files.map((d) => html`<${File} key=${d.id} file=${d} />`)}</ul></section>`;

/**
 * A picture is shown here, where a phone would have to look for the download. @param {{ file: Document }}
 *   props
 */
const File = ({ file: d }) => {
  const [shown, setShown] = useState(false);
  const picture = d.type !== 'application/pdf';
  return html`<li class="file"><${Icon} name=${picture ? 'image' : 'list'} />
    <p class="file-name"><strong>${d.name}</strong> <span
      class="muted">${sizeText(d.size)} · ${dayText(d.at)}</span></p>
    <div class="file-tools">${picture && html`<button type="button" class="secondary"
      onClick=${() => setShown(true)}>
        ${t('organization.manage.look')}<span class="visually-hidden">${d.name}</span></button>`}
      <a class="button secondary" href=${d.url} download>
        <${Icon} name="download" />${t('organization.manage.open')}
        <span class="visually-hidden">${d.name}</span></a></div>
    ${shown && html`<${Dialog} title=${d.name} wide onClose=${() => setShown(false)}>
      <img class="document-picture" src=${d.url}
        alt=${t('organization.manage.picture', { name: d.name })} /></${Dialog}>`}</li>`;
};
