// @ts-check
// Fixed sessions: each is one button with when it is, its name and how many places are left.
import { cls, html } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { longDate } from '../lib/words.js';
import { sessionOf } from './terms.js';
import { DayTabs, emptyText, hasFree } from './week.js';

/** @typedef {import('./slots.js').Line} Line */
/** @typedef {import('../types').Rules} Rules */
/** @typedef {import('./span.js').Span} Span */

/** The sessions of a day. @param {Line} line @param {Rules} book */
const sessionsOf = (line, book) => line.slots.map((start, i) => {
  const end = line.ends?.[i] ?? '';
  return { start, end, left: line.left[i] ?? -1, name: pick(sessionOf(book, line.day, start, end)?.name) };
});

/** How much is left. @param {number} left @param {boolean} counted whether the number says anything */
function leftText(left, counted) {
  if (left < 0) return t('week.not');
  if (!left) return t('week.full');
  return counted ? t('session.left', { n: left }) : t('week.free');
}

/**
 * @param {{ lines: Line[], book: Rules, counted: boolean, selected: string,
 *   onSelect: (date: string) => void, onPick: (date: string, time: string) => void }} props
 */
export const Sessions = ({ lines, book, counted, selected, onSelect, onPick }) => {
  const line = lines.find((l) => l.date === selected) ?? lines[0];
  const sessions = sessionsOf(line, book);
  return html`
    ${lines.length > 1 && html`<${DayTabs} lines=${lines} selected=${line.date} onSelect=${onSelect} />`}
    ${!hasFree(line) && html`<p class="notice">${emptyText(line, book)}</p>`}
    ${sessions.length > 0 && html`<ul class="sessions" aria-label=${longDate(line.date)}>
      ${sessions.map((s) => html`
      <li key=${s.start}>${s.left > 0
        ? html`<button type="button" class=${cls('session', counted && s.left <= 5 && 'few')}
          onClick=${() => onPick(line.date, s.start)}><${Words} ...${s} counted=${counted} /></button>`
        : html`<span class="session off"><${Words} ...${s} counted=${counted} /></span>`}</li>`)}</ul>`}`;
};

/** @param {{ start: string, end: string, name: string, left: number, counted: boolean }} props */
const Words = ({ start, end, name, left, counted }) => html`
  <span class="session-when"><strong class="num">${start}–${end}</strong> ${name}</span>
  <span>${leftText(left, counted)}</span>`;

/**
 * The same in a form, for a day that was chosen.
 * @param {{ line: Line | undefined, book: Rules, span: Span, error: string,
 *   onChange: (span: Span) => void }} props
 */
export const SessionChoice = ({ line, book, span, error, onChange }) => {
  const free = line ? sessionsOf(line, book).filter((s) => s.left > 0) : [];
  return html`<fieldset class="chips" aria-invalid=${error ? 'true' : undefined} tabindex="-1"
      aria-describedby=${error ? 'session-error' : undefined}>
    <legend>${t('session.choose')}</legend>
    ${free.map((s) => html`<label class="chip" key=${s.start}>
      <input type="radio" name="session" value=${s.start} checked=${s.start === span.start}
        onChange=${() => onChange({ ...span, start: s.start, end: s.end })} />
      <span><span class="num">${s.start}–${s.end}</span> ${s.name}</span></label>`)}
    ${error && html`<p class="field-error" id="session-error" role="alert">${error}</p>`}</fieldset>`;
};
