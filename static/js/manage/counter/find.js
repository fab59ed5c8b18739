// @ts-check
// Who is it? One field: the beginning of a name, a number, or its last four digits. Arrow keys choose, Enter
// takes; the last line makes somebody new.
import { cls, html, Icon, useEffect, useRef, useState, valueOf } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { aborted, api, query } from '../../lib/api.js';
import { ErrorNote } from '../../lib/errors.js';
import { signedOut } from '../../lib/session.js';
import { announce } from '../../lib/shell.js';
import { cardOf } from '../../lib/card.js';
import { CardAnswer, CardOffer, useCard } from './card.js';
import { Key } from './keys.js';

/** @typedef {import('../../types').FoundPerson} FoundPerson */
/** @typedef {{ items: FoundPerson[], more: boolean }} Answer */
/** @typedef {{ of: string, answer?: Answer, error?: unknown }} Told */

const pause = 180; // ms without a key until it is asked

/**
 * Digits that are neither the last four nor a whole number find nobody yet, and those that may become an identity
 * number are none to look for.
 * @param {string} text
 */
const asks = (text) => !!text && !/^(\d{1,3}|\d{5,10}|\d{13,17}[\dX]?)$/i.test(text.replace(/[\s-]/g, ''));

/**
 * The answer to what is typed, once there is one.
 * @param {string} venue @param {string} wanted
 */
function useSearch(venue, wanted) {
  const [state, setState] = useState(/** @type {Told} */ ({ of: '' }));
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!asks(wanted)) return undefined;
    const stop = new AbortController();
    const ask = () => api('/people' + query({ q: wanted, venue }), { signal: stop.signal }).then(
      (answer) => {
        setState({ of: wanted, answer });
        announce(t('counter.found', { n: answer.items.length }));
      },
      (error) => { if (!aborted(error) && !signedOut(error)) setState({ of: wanted, error }); },
    );
    const clock = setTimeout(ask, round ? 0 : pause);
    return () => {
      clearTimeout(clock);
      stop.abort();
    };
  }, [venue, wanted, round]);
  const here = state.of === wanted && asks(wanted);
  return {
    answer: here ? state.answer : undefined,
    error: here ? state.error : undefined,
    retry: () => setRound((n) => n + 1),
  };
}

/**
 * @typedef {object} Props
 * @property {string} venue
 * @property {string} typed
 * @property {(text: string) => void} onTyped
 * @property {(id: string) => void} onChoose
 * @property {() => void} onNew
 */

/** @param {Props} props */
export const Find = ({ venue, typed, onTyped, onChoose, onNew }) => {
  const wanted = typed.trim();
  const { answer, error, retry } = useSearch(venue, wanted);
  const [active, setActive] = useState(0);
  const { verdict, swipe } = useCard(venue);
  const card = cardOf(wanted);
  const [hurry, setHurry] = useState(false); // Enter came before the answer
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const items = answer?.items ?? [];
  const last = items.length; // the line that makes somebody new
  const take = (/** @type {number} */ i) => (i < last ? onChoose(items[i].id) : onNew());

  useEffect(() => { field.current?.focus(); field.current?.select(); }, []);
  useEffect(() => { setActive(0); }, [wanted]);
  useEffect(() => {
    if (!answer || !hurry) return;
    setHurry(false);
    if (items.length < 2) take(0);
  }, [answer, hurry]);

  const swiped = () => {
    onTyped('');
    swipe(card);
    field.current?.focus();
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ e) => {
    if (e.isComposing || e.altKey || e.ctrlKey || e.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key] ?? 0;
    if (e.key === 'Enter' && card) swiped();
    else if (step && answer) setActive((active + step + last + 1) % (last + 1));
    else if (e.key === 'Enter' && answer) take(active);
    else if (e.key === 'Enter' && asks(wanted)) setHurry(true);
    else return;
    e.preventDefault();
  };
  return html`<div class="counter-find">
    <label for="who">${t('counter.who')}</label>
    <div class="counter-search"><${Icon} name="search" />
      <input id="who" type="search" ref=${field} value=${typed} maxlength="100" autocomplete="off"
        spellcheck=${false} role="combobox" aria-autocomplete="list" aria-expanded=${!!answer}
        aria-controls=${answer ? 'people' : undefined} aria-describedby="who-hint"
        aria-activedescendant=${answer ? `person-${active}` : undefined}
        onInput=${(/** @type {Event} */ e) => { setHurry(false); onTyped(valueOf(e)); }}
        onKeyDown=${onKeyDown} /></div>
    <p class="hint" id="who-hint">${t('counter.who.hint')}
      <span class="by-keys">${t('counter.who.keys')}</span></p>
    ${card && html`<${CardOffer} onSwipe=${swiped} />`}
    ${verdict && !wanted && html`<${CardAnswer} verdict=${verdict} />`}
    <${ErrorNote} error=${error} retry=${retry} />
    ${answer && html`
      ${!last && html`<p class="counter-nobody">${t('counter.nobody', { typed: wanted })}</p>`}
      <ul id="people" role="listbox" aria-label=${t('counter.people')}>
        ${items.map((f, i) => html`<${Line} key=${f.id} id=${i} active=${i === active} onTake=${take}>
          <${Found} person=${f} /></${Line}>`)}
        <${Line} key="new" id=${last} active=${active === last} onTake=${take}>
          <${Icon} name="plus" /><strong>${t('counter.new')}</strong></${Line}>
      </ul>
      ${answer.more && html`<p class="hint">${t('counter.more')}</p>`}`}
  </div>`;
};

/**
 * A line that the keyboard reaches through the field and the mouse directly.
 * @param {{ id: number, active: boolean, onTake: (i: number) => void, children?: any }} props
 */
const Line = ({ id, active, onTake, children }) => {
  const ref = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { if (active) ref.current?.scrollIntoView({ block: 'nearest' }); }, [active]);
  return html`<li id=${`person-${id}`} role="option" ref=${ref} aria-selected=${active}
    class=${cls('counter-line', active && 'active')}
    onMouseDown=${(/** @type {Event} */ e) => e.preventDefault()} onClick=${() => onTake(id)}>
    ${children}${active && html`<${Key}>Enter ↵</${Key}>`}</li>`;
};

/** Somebody, masked, with what tells them apart. @param {{ person: FoundPerson }} props */
export const Found = ({ person: p }) => html`
  <span class="counter-name">${p.name || t('counter.unnamed')}</span>
  <span class="counter-apart">
    <span class="num">${p.last4 ? t('counter.last4', { last4: p.last4 }) : t('counter.nophone')}</span>
    ${p.birth_year && html`<span class="num">${t('counter.born', { year: String(p.birth_year) })}</span>`}
    ${p.guardian && html`<span>${t('counter.family', { name: p.guardian })}</span>`}
    ${p.kind === 'organization' && html`<span class="tag info">${t('counter.organization')}</span>`}
  </span>`;
