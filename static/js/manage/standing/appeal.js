// @ts-check
// One appeal before staff: what happened, what is said, the photo, the answer.
import { html, Icon, useRef, useState, valueOf } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { Dialog } from '../../lib/dialog.js';
import { ErrorNote, fieldError } from '../../lib/errors.js';
import { Field, focusFirstError } from '../../lib/forms.js';
import { announce } from '../../lib/shell.js';
import { useWork } from '../../lib/work.js';
import { nearTime } from '../../lib/full-date.js';
import { momentText, shortDate, whenText } from '../../lib/words.js';
import { AppealTag, placeText } from '../../standing/words.js';

/** @typedef {import('../../types').Appeal} Appeal */

/** @param {{ appeal: Appeal, onPerson: (id: string) => void, onDone: () => void }} props */
export const AppealItem = ({ appeal: a, onPerson, onDone }) => html`<li class="card strike">
  <p class="strike-head"><strong>${a.person.name} · ${t(`rule.value.violation.${a.kind}`)}</strong>
    <${AppealTag} state=${a.state} /></p>
  <p class="muted">${placeText(a.venue, a.space)} · ${momentText(a.happened)}</p>
  <${Visit} appeal=${a} />
  ${a.reason && html`<p>${t('standing.said', { text: a.reason })}</p>`}
  <p class="said"><span class="muted">${t('standing.at', { date: momentText(a.at) })}</span><br
    />${a.text}</p>
  ${a.photo && html`<${Photo} url=${a.photo} />`}
  ${a.answer && html`<p class="said answer"><span class="muted">
    ${t('standing.answered', { date: shortDate(a.answer.at) })}</span><br />${a.answer.text}</p>`}
  <p class="actions"><button type="button" class="ghost" onClick=${() => onPerson(a.person.id ?? '')}>
    ${t('manage.standing.person')}</button></p>
  ${a.state === 'open' && html`<${AnswerForm} appeal=${a} onDone=${onDone} />`}</li>`;

/** The booking it is about. @param {{ appeal: Appeal }} props */
const Visit = ({ appeal: { visit: v } }) => (v ? html`<p>${t('manage.standing.visit', {
  number: v.number, when: whenText(v.start, v.end), by: nearTime(v.check_in_by),
})}${v.checked_in ? t('manage.standing.visit.in', { at: nearTime(v.checked_in) })
  : t('manage.standing.visit.out')}</p>` : null);

/** @param {{ url: string }} props */
const Photo = ({ url }) => {
  const [shown, setShown] = useState(false);
  return html`<p><button type="button" class="secondary" onClick=${() => setShown(true)}>
      <${Icon} name="image" />${t('manage.standing.photo')}</button>
    <span class="hint"> ${t('manage.standing.photo.seen')}</span></p>
    ${shown && html`<${Dialog} title=${t('standing.appeal.photo.of')} wide onClose=${() => setShown(false)}>
      <img class="document-picture" src=${url} alt=${t('standing.appeal.photo.of')} /></${Dialog}>`}`;
};

/** @param {{ appeal: Appeal, onDone: () => void }} props */
const AnswerForm = ({ appeal, onDone }) => {
  const [text, setText] = useState('');
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const { busy, error, run } = useWork();
  const send = (/** @type {boolean} */ grant) => run(async () => {
    await api(`/appeals/${appeal.id}/answer`, { method: 'POST', body: { grant, text: text.trim() || ' ' } });
    announce(t('manage.standing.answered'));
    onDone();
  }).then(() => focusFirstError(form.current));
  return html`<form class="form" ref=${form} onSubmit=${(/** @type {Event} */ e) => e.preventDefault()}
    noValidate>
    <${Field} label=${t('manage.standing.answer')} error=${fieldError(error, 'text')}>
      ${(/** @type {any} */ a) => html`<textarea name="answer" rows="3" maxlength="1000" ...${a} value=${text}
        onInput=${(/** @type {Event} */ e) => setText(valueOf(e))}></textarea>`}</${Field}>
    <${ErrorNote} error=${error} skip=${['text']} />
    <div class="actions"><button type="button" class="secondary refuse" disabled=${busy}
        onClick=${() => send(false)}>${t('manage.standing.refuse')}</button>
      <button type="button" class="grant" disabled=${busy} onClick=${() => send(true)}>
        ${t('manage.standing.grant')}</button></div></form>`;
};
