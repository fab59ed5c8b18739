// @ts-check
// Name, year of birth, group and language.
import { formValues, html, Icon, useRef, useState } from '../../lib/ui.js';
import { lang, setLang, t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { Field, focusFirstError } from '../../lib/forms.js';
import { ErrorNote, fieldError } from '../../lib/errors.js';
import { account, loadSession, session } from '../../lib/session.js';
import { announce } from '../../lib/shell.js';

/** Whom utilization is broken down by. */
const groups = /** @type {const} */ (['residents', 'families', 'elders']);

export const Profile = () => {
  const me = /** @type {import('../../types').Account} */ (account());
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {unknown} */ (null));
  const [saved, setSaved] = useState(false);
  const bound = session.value?.real_name;
  const submit = async (/** @type {Event} */ e) => {
    const { name, year, group, language } = formValues(e);
    setBusy(true);
    setError(null);
    setSaved(false);
    try {
      const said = Number(year) || 0;
      const body = { ...(bound || !name ? {} : { name }), ...(group ? { group } : {}), language,
        ...(said === (me.birth_year ?? 0) ? {} : { birth_year: said }) };
      await api('/account', { method: 'PATCH', body });
      await loadSession();
      if (language !== lang.value) await setLang(/** @type {import('../../types').Lang} */ (language));
      setSaved(true);
      announce(t('account.saved'));
    } catch (err) {
      setError(err);
      focusFirstError(form.current);
    }
    setBusy(false);
  };
  return html`<section class="card" aria-labelledby="profile"><h2 id="profile">${t('account.profile')}</h2>
    <form class="form" ref=${form} onSubmit=${submit} noValidate>
      <${Field} label=${t('account.name')} hint=${bound ? t('account.name.bound') : t('account.name.hint')}
        error=${fieldError(error, 'name')}>${(/** @type {any} */ a) => html`
        <input name="name" autocomplete="name" maxlength="60" defaultValue=${me.name} readonly=${bound}
          ...${a} />`}</${Field}>
      <${Field} label=${t('account.year')} optional=${!me.birth_year_attested}
        hint=${t(me.birth_year_attested ? 'account.year.bound' : 'account.year.hint')}
        error=${fieldError(error, 'birth_year')}>${(/** @type {any} */ a) => html`
        <input name="year" class="short" inputmode="numeric" maxlength="4" autocomplete="bday-year"
          key=${me.birth_year} defaultValue=${me.birth_year ?? ''} readonly=${me.birth_year_attested}
          ...${a} />`}</${Field}>
      <${Field} label=${t('account.group')} hint=${t('account.group.hint')}>${(/** @type {any} */ a) => html`
        <select name="group" ...${a}>${groups.map((g) => html`<option key=${g} value=${g}
          selected=${g === (me.group || 'residents')}>${t(`account.group.${g}`)}</option>`)}</select>`}
      </${Field}>
      <${Field} label=${t('account.language')} hint=${t('account.language.hint')}>
        ${(/** @type {any} */ a) => html`<select name="language" ...${a}>
          <option value="zh-CN" lang="zh-CN" selected=${(me.language || lang.value) !== 'en'}>中文</option>
          <option value="en" lang="en" selected=${(me.language || lang.value) === 'en'}>English</option>
        </select>`}</${Field}>
      <${ErrorNote} error=${error} skip=${['name', 'birth_year']} />
      ${saved && html`<p class="notice good"><${Icon} name="circle-check" />
        <span>${t('account.saved')}</span></p>`}
      <button disabled=${busy}>${t('account.save')}</button>
    </form></section>`;
};
