// @ts-check
// Records as a list that a phone can show: when, who, what, and what changed on demand.
import { html } from '../../lib/ui.js';
import { lang, t } from '../../lib/i18n.js';
import { format } from '../../lib/dates.js';
import { actionText, actorText, changes } from './words.js';

/** @typedef {import('./words.js').AuditRecord} AuditRecord */

/** @param {{ list: AuditRecord[], onAsk: (more: object) => void }} props */
export const Records = ({ list, onAsk }) => html`<ol class="audit-list">
  ${list.map((r) => html`<${One} key=${r.chain + r.number} r=${r} onAsk=${onAsk} />`)}</ol>`;

/** @param {{ r: AuditRecord, onAsk: (more: object) => void }} props */
const One = ({ r, onAsk }) => {
  const when = format(r.at, lang.value, { year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit',
    minute: '2-digit', second: '2-digit' });
  const rows = changes(r);
  return html`<li class="card audit-record">
    <p class="audit-head"><strong>${actionText(r)}</strong>
      <time class="muted num" datetime=${r.at}>${when}</time></p>
    <p>${who(r.actor, onAsk)}${r.on_behalf && html` <span class="muted">${t('audit.behalf')}</span> ${
      who(r.on_behalf, onAsk)}`}</p>
    <details><summary>${t('audit.details')}</summary>
      <dl class="facts">
        <div><dt>${t('audit.subject')}</dt><dd><code>${r.subject}</code>
          <button type="button" class="secondary small" onClick=${() => onAsk({ subject: r.subject })}>
            ${t('audit.same.subject')}</button></dd></div>
        ${r.means && html`<div><dt>${t('audit.means')}</dt><dd>${t(means(r.means))}</dd></div>`}
        ${r.request && html`<div><dt>${t('audit.request')}</dt><dd><code>${r.request}</code></dd></div>`}
        <div><dt>${t('audit.place')}</dt><dd><code>${r.chain} ${r.number}</code></dd></div>
      </dl>
      ${rows.length > 0 && html`<div class="audit-scroll" tabindex="0" role="group"
        aria-label=${t('audit.changed')}>
        <table class="audit-changes"><caption class="visually-hidden">${t('audit.changed')}</caption>
        <thead><tr><th scope="col">${t('audit.field')}</th><th scope="col">${t('audit.was')}</th>
          <th scope="col">${t('audit.is')}</th></tr></thead>
        <tbody>${rows.map((c) => html`<tr key=${c.field}><th scope="row"><code>${c.field}</code></th>
          <td>${c.was}</td><td>${c.is}</td></tr>`)}</tbody></table></div>`}
    </details></li>`;
};

/** @param {import('./words.js').AuditActor} actor @param {(more: object) => void} onAsk */
const who = (actor, onAsk) => html`<button type="button" class="link" title=${t('audit.same.actor')}
  onClick=${() => onAsk({ actor: actor.id })}>${actorText(actor)}</button>`;

/** @param {string} value @returns {import('../../lib/i18n.js').Key} */
const means = (value) => /** @type {import('../../lib/i18n.js').Key} */ (`audit.means.${value}`);
