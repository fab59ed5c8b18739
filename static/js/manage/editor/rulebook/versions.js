// @ts-check
// Rule books that the venue had before, to go back to.
import { html } from '../../../lib/ui.js';
import { pick, t } from '../../../lib/i18n.js';
import { api } from '../../../lib/api.js';
import { Dialog } from '../../../lib/dialog.js';
import { ErrorNote } from '../../../lib/errors.js';
import { useLoad } from '../../../lib/load.js';
import { RuleGroups } from '../../../lib/rule-groups.js';
import { momentText } from '../../../lib/words.js';

/** @typedef {import('../../../types').Rules} Rules */
/** @typedef {import('../../../types').RuleVersion} RuleVersion */

/** @param {{ venue: string, now: number, onChoose: (book: Rules) => void, onClose: () => void }} props */
export const Versions = ({ venue, now, onChoose, onClose }) => {
  const { data, error, reload } = useLoad((signal) => /** @type {Promise<{ items: RuleVersion[] }>} */ (
    api(`/venues/${venue}/rule-versions`, { signal })), []);
  return html`<${Dialog} title=${t('rulebook.versions')} wide onClose=${onClose}>
    <p>${t('rulebook.versions.about')}</p>
    <${ErrorNote} error=${error} retry=${reload} />
    ${!data && !error && html`<p class="loading">${t('loading')}</p>`}
    <ul class="versions">${data?.items.map((x) => html`<${Version} key=${x.rules.version} version=${x}
      now=${x.rules.version === now} onChoose=${onChoose} />`)}</ul>
  </${Dialog}>`;
};

/** @param {{ version: RuleVersion, now: boolean, onChoose: (book: Rules) => void }} props */
const Version = ({ version: { rules, explained, saved_at: saved }, now, onChoose }) => html`<li>
  <details><summary>${t('rulebook.version', { n: rules.version, at: momentText(saved) })}
    ${rules.name && pick(rules.name)} ${now && html`<span class="tag info">${t('rulebook.version.now')}</span>`}
    </summary><${RuleGroups} rules=${explained} />
    ${!now && html`<button type="button" class="secondary" name=${'version-' + rules.version}
      onClick=${() => onChoose(rules)}>${t('rulebook.version.use')}</button>`}</details></li>`;
