// @ts-check
// Where a registration stands: the steps on the way, and what an owner does next.
import { html, Icon, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { ErrorNote } from '../lib/errors.js';
import { dayText } from './words.js';

/** @typedef {import('../types').Organization} Organization */

/** Which of the four steps is the present one, 4 when all are done. @param {Organization} o */
function present(o) {
  if (o.state === 'submitted') return 3;
  if (o.state === 'verified') return 4;
  if (o.missing.includes('code')) return 0;
  return o.missing.includes('document') ? 1 : 2;
}

/** @param {{ organization: Organization }} props */
export const Steps = ({ organization: o }) => {
  const now = present(o);
  const names = /** @type {const} */ (['form', 'documents', 'submit', 'decision']);
  return html`<ol class="registration-steps"
    aria-label=${t('organization.steps')}>${names.map((name, i) => html`
    <li key=${name} class=${i < now ? 'done' : ''} aria-current=${i === now ? 'step' : undefined}>
      <span aria-hidden="true">${i < now ? html`<${Icon} name="check" />` : i + 1}</span>
      ${t(`organization.step.${name}`)}${i < now && html`
        <span class="visually-hidden">${t('organization.step.done')}</span>`}
    </li>`)}</ol>`;
};

/**
 * What is to be done now, as one sentence and, where there is something to do, one button.
 * @param {{ organization: Organization, onChange: (o: Organization) => void, onEdit: () => void }} props
 */
export const NextStep = ({ organization: o, onChange, onEdit }) => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const submit = async () => {
    setBusy(true);
    setError(null);
    await api(`/organizations/${o.id}/submission`, { method: 'POST' }).then(onChange, setError);
    setBusy(false);
  };
  const until = o.verified_until ? dayText(o.verified_until) : '';
  const { look, icon, text } = situation(o);
  return html`<section class=${'next-step notice ' + look} aria-labelledby="next-step">
    <${Icon} name=${icon} />
    <div><h2 id="next-step">${t(`organization.next.${text}`)}</h2>
      <p>${t(`organization.next.${text}.text`, { date: until || dayText(o.since) })}</p>
      ${o.reason && (o.state === 'refused') && html`
        <p class="reason"><strong>${t('organization.reason')}</strong> ${o.reason}</p>`}
      ${o.verified && o.state !== 'verified'
        && html`<p>${t('organization.still.text', { date: until, name: o.name })}</p>`}
      <${ErrorNote} error=${error} />
      ${o.can.submit && html`<div class="actions">
        ${text === 'code' && html`<button type="button" onClick=${onEdit}>
          <${Icon} name="pencil" />${t('organization.edit')}</button>`}
        ${text === 'document' && html`<a class="button" href="#documents">
          <${Icon} name="upload" />${t('organization.documents.add')}</a>`}
        ${!o.missing.length && html`
          <button type="button" id="submit-registration" class="large" disabled=${busy} onClick=${submit}>
            ${t(o.state === 'verified' || o.state === 'expired' ? 'organization.renew'
              : 'organization.submit')}</button>`}
      </div>`}
    </div></section>`;
};

/**
 * @typedef {'code' | 'document' | 'submit' | 'waiting' | 'verified' | 'renew' | 'refused' | 'expired'}
 *   Situation
 */

/** @param {Organization} o @returns {{ look: string, icon: string, text: Situation }} */
function situation(o) {
  if (o.state === 'submitted') return { look: '', icon: 'clock', text: 'waiting' };
  if (o.state === 'verified' && !o.can.submit) return { look: 'good', icon: 'circle-check',
    text: 'verified' };
  if (o.missing.includes('code')) return { look: 'warn', icon: 'pencil', text: 'code' };
  if (o.missing.includes('document')) return { look: 'warn', icon: 'upload', text: 'document' };
  if (o.state === 'verified') return { look: 'warn', icon: 'clock-alert', text: 'renew' };
  if (o.state === 'refused') return { look: 'bad', icon: 'triangle-alert', text: 'refused' };
  if (o.state === 'expired') return { look: 'warn', icon: 'clock-alert', text: 'expired' };
  return { look: '', icon: 'arrow-right', text: 'submit' };
}
