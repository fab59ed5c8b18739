// @ts-check
// Appealing a strike. What is written stays on this device until it has arrived; the photo follows it.
import { html, remember, remembered, useRef, useState, valueOf } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api, ApiError, query } from '../lib/api.js';
import { Dialog } from '../lib/dialog.js';
import { ErrorNote, fieldError } from '../lib/errors.js';
import { Field, focusFirstError } from '../lib/forms.js';
import { useWork } from '../lib/work.js';
import { momentText } from '../lib/words.js';
import { placeText } from '../standing/words.js';
import { PickPhoto, sendPhoto } from '../standing/photo.js';

/** @typedef {import('../types').Strike} Strike */
/** @typedef {import('../types').Appeal} Appeal */

/** @param {string} whose @param {Strike} strike @param {string} text @returns {Promise<string>} its id */
async function make(whose, strike, text) {
  try {
    /** @type {Appeal} */
    const made = await api('/account/appeals', {
      method: 'POST', body: { violation: strike.violation, text, ...(whose ? { for: whose } : {}) },
    });
    return made.id;
  } catch (err) {
    if (!(err instanceof ApiError) || err.code !== 'appeal_open') throw err;
    /** @type {{ items: Appeal[] }} The answer to an earlier attempt was lost. */
    const kept = await api('/account/appeals' + query({ for: whose }));
    const mine = kept.items.find((a) => a.violation === strike.violation && a.state === 'open' &&
      a.text === text);
    if (!mine) throw err;
    return mine.id;
  }
}

/** @param {{ strike: Strike, whose: string, onDone: () => void, onClose: () => void }} props */
export const AppealDialog = ({ strike: s, whose, onDone, onClose }) => {
  const draft = 'appeal-' + s.violation;
  const [text, setText] = useState(remembered(draft));
  const [photo, setPhoto] = useState(/** @type {File | null} */ (null));
  const [made, setMade] = useState('');
  const [share, setShare] = useState(-1);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const { busy, error, run } = useWork();
  const write = (/** @type {string} */ next) => {
    setText(next);
    remember(draft, next);
  };
  const submit = (/** @type {Event} */ e) => {
    e.preventDefault();
    run(async () => {
      if (!text.trim()) throw new ApiError(422, { code: 'text_needed', field: 'text' });
      const id = made || await make(whose, s, text.trim());
      setMade(id);
      remember(draft, '');
      if (photo) await sendPhoto(id, photo, setShare);
      onDone();
    }).then(() => focusFirstError(form.current));
  };
  return html`<${Dialog} title=${t('standing.appeal.title')} onClose=${made ? onDone : onClose}>
    <p><strong>${t(`rule.value.violation.${s.kind}`)}</strong><br />
      <span class="muted">${placeText(s.venue, s.space)} · ${momentText(s.at)}</span></p>
    <form class="form" ref=${form} onSubmit=${submit} noValidate>
      <${Field} label=${t('standing.appeal.text')} hint=${t('standing.appeal.hint')} error=${fieldError(error,
        'text')}>
        ${(/** @type {any} */ a) => html`<textarea name="text" rows="5" maxlength="1000" ...${a}
          readonly=${made !== ''}
          value=${text} onInput=${(/** @type {Event} */ e) => write(valueOf(e))}></textarea>`}</${Field}>
      <div class="appeal-photo"><p><strong>${t('standing.appeal.photo')}</strong></p>
        <p>${photo && html`<span>${photo.name}</span> `}<${PickPhoto} busy=${busy} onPick=${setPhoto}
          text=${t(photo ? 'standing.appeal.photo.again' : 'standing.appeal.photo.pick')} /></p>
        <p class="hint">${t('standing.appeal.photo.hint')}</p></div>
      ${busy && share >= 0 && html`<p role="status">${t('standing.appeal.sending',
        { n: Math.round(share * 100) })}</p>`}
      ${Boolean(error) && made && html`<p class="notice warn">${t('standing.appeal.half')}</p>`}
      <${ErrorNote} error=${error} skip=${['text']} />
      <button class="large" disabled=${busy}>${t(made ? 'retry' : 'standing.appeal.send')}</button>
    </form></${Dialog}>`;
};
