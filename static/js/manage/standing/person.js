// @ts-check
// Somebody's strikes at a venue, and what a manager decides about them: each with a reason that the person
// reads.
import { html, useRef, useState, valueOf } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api, newKey, query } from '../../lib/api.js';
import { Dialog } from '../../lib/dialog.js';
import { ErrorNote, fieldError } from '../../lib/errors.js';
import { Field, focusFirstError } from '../../lib/forms.js';
import { useLoad } from '../../lib/load.js';
import { announce } from '../../lib/shell.js';
import { useWork } from '../../lib/work.js';
import { Held, Past, StrikeCard, violations } from '../../standing/words.js';

/** @typedef {import('../../types').Standing} Standing */
/** @typedef {import('../../types').Strike} Strike */
/** @typedef {import('../../types').FoundPerson} FoundPerson */
/**
 * A decision that waits for its reason.
 * @typedef {{ title: string, hint: string, path: string, body: Record<string, unknown>, key?: string }}
 *   Decision
 */

/** @param {{ venue: string, onChoose: (id: string) => void }} props */
export const Lookup = ({ venue, onChoose }) => {
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState(/** @type {{ items: FoundPerson[], more: boolean } | null} */ (null));
  const { busy, error, run } = useWork();
  const submit = (/** @type {Event} */ e) => {
    e.preventDefault();
    if (typed.trim()) run(async () => setFound(await api('/people' + query({ q: typed.trim(), venue }))));
  };
  return html`<form class="card standing-find" role="search" onSubmit=${submit}>
    <${Field} label=${t('manage.standing.find')} hint=${t('manage.standing.find.hint')}>
      ${(/** @type {any} */ a) => html`<input name="who" autocomplete="off" maxlength="100" ...${a}
        value=${typed}
        onInput=${(/** @type {Event} */ e) => setTyped(valueOf(e))} />`}</${Field}>
    <button class="secondary" disabled=${busy}>${t('manage.standing.find.go')}</button>
    <${ErrorNote} error=${error} />
    ${found && html`<div role="status">${!found.items.length &&
      html`<p>${t('manage.standing.find.none')}</p>`}
      <ul class="plain-list">${found.items.map((p) => html`<li key=${p.id}><button type="button" class="ghost"
        onClick=${() => onChoose(p.id)}>${p.name}${p.last4 && ` · ${p.last4}`}${p.birth_year &&
          ` · ${p.birth_year}`}
        </button></li>`)}</ul>
      ${found.more && html`<p class="hint">${t('manage.standing.find.more')}</p>`}</div>`}</form>`;
};

/** @param {{ venue: string, person: string, onBack: () => void }} props */
export const PersonRecord = ({ venue, person, onBack }) => {
  const { data, error, reload } = useLoad((signal) => (
    /** @type {Promise<Standing>} */ (api(`/venues/${venue}/strikes` + query({ person }), { signal }))),
      [venue, person]);
  const [decision, setDecision] = useState(/** @type {Decision | null} */ (null));
  const list = violations(data?.strikes ?? []);
  const warned = new Set(data?.warnings.map((w) => w.violation));
  const done = () => {
    setDecision(null);
    announce(t('manage.standing.done'));
    reload();
  };
  const lift = (/** @type {string} */ suspension) => setDecision({
    title: t('manage.standing.lift'), hint: t('manage.standing.lift.hint'), path: '/suspensions/lift',
      body: { person, suspension },
  });
  const write = () => setDecision({
    title: t('manage.standing.write'), hint: t('manage.standing.write.hint'),
      path: `/venues/${venue}/strikes`, body: { person },
    key: newKey(),
  });
  return html`<p class="back-line"><button type="button" class="link" onClick=${onBack}>
      ${t('manage.standing.back')}</button></p>
    <div class="row"><h2>${data?.name
      ? t('manage.standing.of', { name: data.name }) : t('manage.standing.of.somebody')}</h2>
      <button type="button" class="secondary" onClick=${write}>${t('manage.standing.write')}</button></div>
    <${ErrorNote} error=${error} retry=${reload} />
    ${data?.suspensions.filter((s) => s.in_force).map((s) => html`<${Held} key=${s.id} suspension=${s}>
      <p><button type="button" class="secondary" onClick=${() =>
        lift(s.id)}>${t('manage.standing.lift')}</button></p>
      </${Held}>`)}
    ${data && !list.length && html`<p class="muted">${t('standing.strikes.none')}</p>`}
    <ul class="strikes">${list.map((v) => html`<${StrikeCard} key=${v.first.violation} violation=${v}
      warned=${warned.has(v.first.violation)}>
      <${Ways} strike=${v.first} person=${person} onDecide=${setDecision} /></${StrikeCard}>`)}</ul>
    ${data && html`<${Past} list=${data.suspensions.filter((s) => !s.in_force)} />`}
    ${decision && html`<${Reason} decision=${decision} onDone=${done} onClose=${() => setDecision(null)}
      />`}`;
};

/** @param {{ strike: Strike, person: string, onDecide: (d: Decision) => void }} props */
const Ways = ({ strike: s, person, onDecide }) => {
  const pardon = (/** @type {'waived' | 'earned_back'} */ kind) => onDecide({
    title: t(kind === 'waived' ? 'manage.standing.waive' : 'manage.standing.earned_back'),
    hint: t(kind === 'waived' ? 'manage.standing.waive.hint' : 'manage.standing.earned_back.hint'),
    path: `/strikes/${encodeURIComponent(s.violation)}/pardon`, body: { person, kind },
  });
  return html`${s.appealed && html`<p><span class="tag info">${t('standing.appeal.waits')}</span></p>`}
    ${(s.state === 'active' || s.state === 'used') && html`<p class="actions">
      <button type="button" class="secondary" onClick=${() =>
        pardon('waived')}>${t('manage.standing.waive')}</button>
      ${s.earn_back?.can && html`<button type="button" class="secondary" onClick=${() =>
        pardon('earned_back')}>
        ${t('manage.standing.earned_back')}</button>`}</p>`}`;
};

/** @param {{ decision: Decision, onDone: () => void, onClose: () => void }} props */
const Reason = ({ decision: d, onDone, onClose }) => {
  const [reason, setReason] = useState('');
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const { busy, error, run } = useWork();
  const submit = (/** @type {Event} */ e) => {
    e.preventDefault();
    run(async () => {
      await api(d.path, { method: 'POST', body: { ...d.body, reason: reason.trim() || ' ' }, key: d.key });
      onDone();
    }).then(() => focusFirstError(form.current));
  };
  return html`<${Dialog} title=${d.title} onClose=${onClose}><p>${d.hint}</p>
    <form class="form" ref=${form} onSubmit=${submit} noValidate>
      <${Field} label=${t('manage.standing.reason')} error=${fieldError(error, 'reason')}>
        ${(/** @type {any} */ a) => html`<textarea name="reason" rows="3" maxlength="200" ...${a}
          value=${reason}
          onInput=${(/** @type {Event} */ e) => setReason(valueOf(e))}></textarea>`}</${Field}>
      <${ErrorNote} error=${error} skip=${['reason']} />
      <button class="large" disabled=${busy}>${d.title}</button></form></${Dialog}>`;
};
