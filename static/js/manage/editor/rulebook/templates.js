// @ts-check
// Rule books to start from.
import { html } from '../../../lib/ui.js';
import { pick, t } from '../../../lib/i18n.js';
import { api } from '../../../lib/api.js';
import { Dialog } from '../../../lib/dialog.js';
import { ErrorNote } from '../../../lib/errors.js';
import { useLoad } from '../../../lib/load.js';

/** @typedef {import('../../../types').Rules} Rules */
/** @typedef {import('../../../types').RuleTemplate} RuleTemplate */

/** @param {{ onChoose: (book: Rules) => void, onClose: () => void }} props */
export const Templates = ({ onChoose, onClose }) => {
  const { data, error, reload } = useLoad((signal) =>
    /** @type {Promise<{ items: RuleTemplate[] }>} */ (api('/rule-templates', { signal })), []);
  return html`<${Dialog} title=${t('rulebook.templates')} wide onClose=${onClose}>
    <p>${t('rulebook.templates.about')}</p>
    <${ErrorNote} error=${error} retry=${reload} />
    ${!data && !error && html`<p class="loading">${t('loading')}</p>`}
    <ul class="templates">${data?.items.map((x) => html`<li key=${x.id}><button type="button"
      class="secondary"
      name=${x.id} onClick=${() => onChoose(x.book)}><strong>${pick(x.name)}</strong><span>${pick(x.about)}
        </span></button></li>`)}</ul>
  </${Dialog}>`;
};
