// @ts-check
// Binding a real name: short, and plain about what is kept of it.
import { formValues, html, Icon, useRef, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { dateOf } from '../../lib/dates.js';
import { Field, focusFirstError } from '../../lib/forms.js';
import { ErrorNote, fieldError } from '../../lib/errors.js';
import { useLoad } from '../../lib/load.js';
import { account, loadSession } from '../../lib/session.js';
import { announce } from '../../lib/shell.js';
import { longDate } from '../../lib/words.js';

/**
 * @typedef {{ bound: boolean, last4?: string, at?: string, birth_year?: number, proved: boolean }} Identity
 */

export const RealName = () => {
  const { data, error, reload, set } = useLoad(
    (signal) => /** @type {Promise<Identity>} */ (api('/account/identity', { signal })), []);
  return html`<section class="card" id="real-name" aria-labelledby="real">
    <h2 id="real">${t('account.real')}
      ${data?.bound && html` <span class="tag good">${t('account.real.bound')}</span>`}</h2>
    <${ErrorNote} error=${error} retry=${reload} />
    ${data?.bound && html`<${Bound} identity=${data} />`}
    ${data && !data.birth_year && html`<${Bind} again=${data.bound} onDone=${set} />`}
  </section>`;
};

/** @param {{ identity: Identity }} props */
const Bound = ({ identity: i }) => html`<dl class="facts">
    <div><dt>${t('account.name')}</dt><dd>${account()?.name}</dd></div>
    <div><dt>${t('account.real.number')}</dt><dd class="num">**************${i.last4}</dd></div>
    ${i.birth_year && html`<div><dt>${t('account.year')}</dt><dd class="num">${i.birth_year}</dd></div>`}
    ${i.at && html`<div><dt>${t('account.real.at')}</dt><dd>${longDate(dateOf(i.at))}</dd></div>`}
  </dl><p class="hint">${t(i.proved ? 'account.real.proved' : 'account.real.word')}
    ${t('account.real.unbind')}</p>`;

/**
 * @param {{ again: boolean, onDone: (identity: Identity) => void }} props
 *   again: bound before years were kept; the same number adds the year
 */
const Bind = ({ again, onDone }) => {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const submit = async (/** @type {Event} */ e) => {
    const { name, number } = formValues(e);
    setBusy(true);
    setError(null);
    try {
      const bound = await api('/account/identity', { method: 'POST', body: { name, number } });
      await loadSession();
      announce(t('account.real.done'));
      onDone(bound);
    } catch (err) {
      setError(err);
      setBusy(false);
      focusFirstError(form.current);
    }
  };
  if (!open) {
    return html`<p>${t(again ? 'account.real.again' : 'account.real.why')}</p>
      <p class="hint">${t('account.real.kept')}</p>
      <p class="actions"><button type="button" class="secondary" onClick=${() => setOpen(true)}>
        <${Icon} name="user" />${t(again ? 'account.real.year' : 'account.real.start')}</button></p>`;
  }
  return html`<form class="form" ref=${form} onSubmit=${submit} noValidate>
    <p class="hint">${t('account.real.kept')}</p>
    <${Field} label=${t('account.real.name')} error=${fieldError(error, 'name')}>
      ${(/** @type {any} */ a) => html`<input name="name" autocomplete="name" maxlength="60"
        defaultValue=${account()?.name} readonly=${again} ...${a} />`}</${Field}>
    <${Field} label=${t('account.real.number')} hint=${t('account.real.number.hint')}
      error=${fieldError(error, 'number')}>${(/** @type {any} */ a) => html`
      <input name="number" class="num" autocomplete="off" autocapitalize="characters" spellcheck=${false}
        maxlength="24" ...${a} />`}</${Field}>
    <${ErrorNote} error=${error} skip=${['name', 'number']} />
    <div class="actions"><button type="button" class="secondary" onClick=${() => setOpen(false)}>
      ${t('back')}</button><button disabled=${busy}>${t('account.real.bind')}</button></div></form>`;
};
