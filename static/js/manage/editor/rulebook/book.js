// @ts-check
// One rule book: a search for the question somebody means, its answers by kind, and beside them what has
// changed and ways to try it.
import { html, Icon, useEffect, useRef, useState } from '../../../lib/ui.js';
import { lang, loadEnglish, t } from '../../../lib/i18n.js';
import { headingOf } from '../../../lib/rule-groups.js';
import { getAt, pathName } from '../draft.js';
import { editedDays, faultsAt, useCheck } from './check.js';
import { Changes } from './changes.js';
import { Find } from './find.js';
import { fieldsOf, Group } from './group.js';
import { Preview } from './preview.js';
import { Replay } from './replay.js';
import { groups } from './schema-after.js';
import { Templates } from './templates.js';
import { Versions } from './versions.js';
import { sentences } from './words.js';

/** @typedef {import('../inputs.js').Form} Form */
/** @typedef {import('../draft.js').Path} Path */
/** @typedef {import('../../../types').Rules} Rules */
/** @typedef {import('../../../types').RuleCheck} RuleCheck */

/**
 * The sentences of a rule book by the heading they stand under; none while the server has not answered.
 * @param {RuleCheck | undefined} check @param {import('../../../types').Lang} language
 */
function saidBy(check, language) {
  if (!check) return () => undefined;
  const rules = check.explained;
  const texts = sentences(rules, language);
  const said = rules.map((r, i) => ({ code: r.code, text: texts[i], under: headingOf(r) }));
  return (/** @type {import('./schema.js').RuleGroup} */ group) => said.filter((s) => s.under === group.says);
}

/**
 * Brings a question into view, with the cursor in it.
 * @param {HTMLElement | null} within @param {string} name
 */
function focusQuestion(within, name) {
  const input = within?.querySelector(`[name="${name}"], [name^="${name}."], [name^="${name}["]`);
  if (!(input instanceof HTMLElement)) return;
  input.scrollIntoView({ block: 'center' });
  input.focus({ preventScroll: true });
}

/**
 * In which language the sentences are read, whether every question is seen, and where else one can begin.
 * @param {{ other: boolean, language: string, all: boolean, onTurn: (other: boolean) => void,
 *   onAll: (all: boolean) => void, onBegin: (dialog: string) => void }} props
 */
const Ways = ({ other, language, all, onTurn, onAll, onBegin }) => html`<div class="rule-ways">
  <button type="button" class="secondary small" id="other-language" aria-pressed=${other}
    onClick=${() => loadEnglish().then(() => onTurn(!other))}><${Icon} name="languages" />
    ${t(language === 'en' ? 'rulebook.in_chinese' : 'rulebook.in_english')}</button>
  <button type="button" class="secondary small" id="open-all" aria-pressed=${all}
    onClick=${() => onAll(!all)}>
    <${Icon} name="list" />${t(all ? 'rulebook.close_all' : 'rulebook.open_all')}</button>
  <button type="button" class="secondary small" id="templates"
    onClick=${() => onBegin('templates')}><${Icon} name="library" />${t('rulebook.templates')}</button>
  <button type="button" class="secondary small" id="versions" onClick=${() => onBegin('versions')}>
    <${Icon} name="rotate-ccw" />${t('rulebook.versions')}</button></div>`;

/**
 * @param {{ form: Form, at: Path, space: string | undefined, base: Rules }} props
 *   base: the stored rule book this one grows from
 */
export const Book = ({ form, at, space, base }) => {
  const [dialog, setDialog] = useState('');
  const [open, setOpen] = useState(/** @type {string[]} */ ([]));
  const [asked, setAsked] = useState({ field: '', n: 0 });
  const [other, setOther] = useState(false);
  const body = useRef(/** @type {HTMLElement | null} */ (null));
  const { id } = form.draft;
  // not one that is only typed yet
  const known = form.stored.spaces.some((s) => s.id === space) ? space : undefined;
  const rules = /** @type {Rules} */ (getAt(form.draft, at));
  const name = pathName(at);
  const trial = { venue: id, space: known, rules, days: editedDays(form) };
  const { check, error } = useCheck(trial);
  const { check: before } = useCheck({ venue: id, space: known, rules: base });
  useEffect(() => { if (asked.field) focusQuestion(body.current, `${name}.${asked.field}`); }, [asked]);
  const faults = faultsAt(check, name);
  const told = { ...form, problems: new Map([...form.problems,
    ...faults.map(([path, text]) => /** @type {[string, string]} */ ([path, text]))]) };
  const show = (/** @type {string} */ group, /** @type {boolean} */ yes) => setOpen((was) =>
    (yes ? [...was, group] : was.filter((g) => g !== group)));
  const ask = (/** @type {string} */ field) => {
    const group = groups.find((g) => fieldsOf(g).some((f) => f.key === field));
    if (group) show(group.id, true);
    setAsked((was) => ({ field, n: was.n + 1 }));
  };
  const second = lang.value === 'en' ? 'zh-CN' : 'en';
  const language = other ? second : lang.value;
  const [said, was] = [saidBy(check, language), saidBy(before, language)];
  const close = () => setDialog('');
  const begin = (/** @type {Rules} */ book) => {
    form.set(at, { ...book, version: rules.version, starts: rules.starts });
    close();
  };
  const lay = { trial, onClose: close };
  return html`<div class="rule-form"><div class="form" ref=${body}>
      <${Find} groups=${groups} rules=${rules} onAsk=${ask} />
      <${Ways} other=${other} language=${language} all=${open.length >= groups.length} onTurn=${setOther}
        onAll=${(/** @type {boolean} */ yes) => setOpen(yes ? groups.map((g) => g.id) : [])}
        onBegin=${setDialog} />
      ${groups.map((g) => html`<${Group} key=${g.id} form=${told} at=${at} group=${g} base=${base}
        said=${said(g)} was=${was(g)} language=${language} open=${open.includes(g.id)} asked=${asked.field}
        onOpen=${(/** @type {boolean} */ yes) => show(g.id, yes)} onAsk=${ask} />`)}</div>
    <${Changes} form=${form} at=${at} base=${base} error=${error} faults=${faults} onAsk=${ask}
      onTry=${setDialog} />
    ${dialog === 'templates' && html`<${Templates} onClose=${close} onChoose=${begin} />`}
    ${dialog === 'versions' && html`<${Versions} venue=${id} now=${base.version} onClose=${close}
      onChoose=${begin} />`}
    ${dialog === 'preview' && html`<${Preview} ...${lay} />`}
    ${dialog === 'replay' && html`<${Replay} ...${lay} />`}
  </div>`;
};
