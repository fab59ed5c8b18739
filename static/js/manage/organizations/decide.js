// @ts-check
// The decision about a registration: verify until a day, refuse or withdraw with a reason the owners are
// told.
import { html, Icon, useState, valueOf } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api, ApiError } from '../../lib/api.js';
import { addDays, today } from '../../lib/dates.js';
import { Chips, Field } from '../../lib/forms.js';
import { ErrorNote } from '../../lib/errors.js';
import { announce } from '../../lib/shell.js';
import { fullDate } from '../../lib/full-date.js';
import { problemOf } from '../../organization/words.js';

/** @typedef {import('../../types').Organization} Organization */
/** @typedef {'verify' | 'refuse' | 'withdraw'} Verdict */

/** A year from today, as the server would say without being told. */
const yearAhead = () => `${Number(today().slice(0, 4)) + 1}${today().slice(4)}`.replace('-02-29', '-03-01');

/** @param {Organization} o @returns {Verdict[]} */
const choices = (o) => [
  .../** @type {Verdict[]} */ (o.state === 'submitted' ? ['verify', 'refuse'] : []),
  .../** @type {Verdict[]} */ (o.state === 'verified' ? ['verify'] : []),
  .../** @type {Verdict[]} */ (o.verified ? ['withdraw'] : []),
];

/** Reasons that come often; they are written into the field, where they can be changed. */
const usual = /** @type {const} */ (['unreadable', 'mismatch', 'outdated', 'incomplete']);

/** @param {{ organization: Organization, onDone: (o: Organization) => void, onStale: () => void }} props */
export const Decide = ({ organization: o, onDone, onStale }) => {
  const possible = choices(o);
  const [picked, setPicked] = useState(/** @type {Verdict} */ ('verify'));
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(yearAhead());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const decision = possible.includes(picked) ? picked : possible[0];
  const submit = async (/** @type {Event} */ e) => {
    e.preventDefault();
    setBusy(true);
    setError(null);
    const body = { revision: o.revision, decision, ...(decision === 'verify' ? { until } : { reason }) };
    try {
      onDone(await api(`/organizations/${o.id}/verification`, { method: 'POST', body }));
      announce(t('organization.decide.done'));
      setReason('');
    } catch (err) {
      setError(err);
      if (err instanceof ApiError && err.code === 'revision_changed') onStale();
    }
    setBusy(false);
  };
  if (!possible.length) {
    return html`<p class="notice">
      <${Icon} name="info" /><span>${t('organization.decide.nothing')}</span></p>`;
  }
  return html`<form class="card form decide" onSubmit=${submit}><h2>${t('organization.decide')}</h2>
    ${possible.length > 1 && html`<${Chips} legend=${t('organization.decide')} hideLegend name="decision"
      value=${decision}
      options=${possible.map((c) => [c, t(`organization.decide.${c}`)])} onChange=${setPicked} />`}
    ${decision === 'verify' ? html`<${Field} label=${t('organization.decide.until')}
      hint=${html`${fullDate(until)} · ${t('organization.decide.until.hint')}`}
        error=${problemOf(error, 'until')}>${(/** @type {any} */ a) => html`<input name="until"
          type="date" required ...${a}
        min=${addDays(today(), 1)} value=${until}
          onChange=${(/** @type {Event} */ e) => setUntil(valueOf(e))} />`}</${Field}>`
      : html`<${Reason} reason=${reason} error=${problemOf(error, 'reason')} onChange=${setReason} />`}
    <${ErrorNote} error=${error} skip=${['until', 'reason']} />
    <button class=${'large ' + (decision === 'verify' ? '' : 'danger')} id="decide" disabled=${busy}>
      ${t(`organization.decide.${decision}.yes`)}</button></form>`;
};

/** @param {{ reason: string, error: string, onChange: (reason: string) => void }} props */
const Reason = ({ reason, error, onChange }) => html`<${Field} label=${t('organization.decide.reason')}
  error=${error}
    hint=${t('organization.decide.reason.hint')}>${(/** @type {any} */ a) => html`<textarea name="reason"
      rows="3" maxlength="300"
    required value=${reason} ...${a}
      onInput=${(/** @type {Event} */ e) => onChange(valueOf(e).replace(/\n/g, ' '))}></textarea>`}
  </${Field}>
  <div class="usual">${usual.map((u) => html`<button type="button" class="secondary" key=${u}
    onClick=${() => onChange(t(`organization.why.${u}`))}>
    ${t(`organization.why.${u}.short`)}</button>`)}</div>`;
