// @ts-check
// The rule book as residents read it, in either language, beside the form; what is wrong with it comes first.
import { html, Icon, useState } from '../../../lib/ui.js';
import { lang, loadEnglish, speak, t } from '../../../lib/i18n.js';
import { ErrorNote } from '../../../lib/errors.js';
import { ruleText } from '../../../lib/rules.js';
import { say } from './fields.js';

/** @typedef {import('../../../types').Lang} Lang */
/** @typedef {import('../../../types').Explained} Explained */

/** A rule book in sentences of one language. @param {Explained[]} rules @param {Lang} language */
export function sentences(rules, language) {
  speak(language);
  try {
    return rules.map((r) => ruleText(r));
  } finally {
    speak();
  }
}

/**
 * @param {{ check: import('../../../types').RuleCheck | undefined, error: unknown,
 *   faults: [string, string][], book: string, children?: any }} props
 */
export const Words = ({ check, error, faults, book, children }) => {
  const [other, setOther] = useState(false);
  const second = lang.value === 'en' ? 'zh-CN' : 'en';
  const shown = other ? second : lang.value;
  const turn = () => loadEnglish().then(() => setOther(!other)); // one of the two is English
  return html`<aside class="card rule-words" aria-labelledby="rule-words"><h3 id="rule-words">
    ${t('edit.rules.words')}</h3>
    <div role="status">${faults.length > 0 && html`<div class="rule-faults"><p><${Icon}
      name="triangle-alert" />
      <strong>${t('rulebook.faults', { n: faults.length })}</strong></p>
      <ul>${faults.map(([path, text]) => html`<li key=${path}>
        ${faultName(path.slice(book.length + 1))}${text}</li>`)}</ul></div>`}</div>
    <button type="button" class="secondary small" id="other-language" aria-pressed=${other} onClick=${turn}>
      <${Icon} name="languages" />${t(shown === 'en' ? 'rulebook.in_chinese' : 'rulebook.in_english')}
        </button>
    ${check ? html`<ul class="rules" lang=${shown} id="rule-sentences">
      ${sentences(check.explained, shown).map((s, i) => html`
      <li key=${i}>${s}</li>`)}</ul>` : !error && html`<p class="loading">${t('loading')}</p>`}
    <${ErrorNote} error=${error} />
    <p class="hint">${t('edit.rules.words.hint')}</p>
    <div class="rule-tries">${children}</div></aside>`;
};

/** What a fault is about, in the words of the form. @param {string} path */
function faultName(path) {
  const name = path.replace(/[.[].*$/, '');
  const key = `rulebook.f.${name}`;
  const label = say(key);
  return label === key ? '' : `${label}${t('rulebook.colon')}`;
}
