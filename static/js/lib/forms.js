// @ts-check
// Fields whose label, hint and error belong to the input for eyes and screen readers alike.
import { html, useId, valueOf } from './ui.js';
import { t } from './i18n.js';

/**
 * A labelled field. Its child is a function that receives the attributes the input must carry:
 *   html`<${Field} label=${label} error=${text}>${(a) => html`<input name="party" ...${a} />`}</${Field}>`
 * @param {{ label: any, hint?: any, error?: string, optional?: boolean, class?: string,
 *   children: (attributes: Record<string, any>) => any }} props
 */
export const Field = ({ label, hint, error, optional, class: name = '', children }) => {
  const id = useId();
  const about = [hint && id + 'h', error && id + 'e'].filter(Boolean).join(' ') || undefined;
  const make = Array.isArray(children) ? children.find((c) => typeof c === 'function') : children;
  return html`<div class=${'field ' + name}>
    <label for=${id}>${label}${optional && html` <span class="optional">${t('optional')}</span>`}</label>
    ${make({ id, 'aria-describedby': about, 'aria-invalid': error ? 'true' : undefined })}
    ${hint && html`<p class="hint" id=${id + 'h'}>${hint}</p>`}
    ${error && html`<p class="field-error" id=${id + 'e'} role="alert">${error}</p>`}
  </div>`;
};

/**
 * Puts the cursor into the first input that was refused, after the form is drawn again.
 * @param {Element | null} form
 */
export function focusFirstError(form) {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const first = form?.querySelector('[aria-invalid="true"]');
    if (first instanceof HTMLElement) first.focus();
  }));
}

/**
 * One choice of few, as radio buttons that look like chips.
 * @param {{ legend: string, name: string, value: string, options: [string, any][], hideLegend?: boolean,
 *   onChange: (value: string) => void }} props
 */
export const Chips = ({ legend, name, value, options, hideLegend, onChange }) => html`<fieldset class="chips">
  <legend class=${hideLegend ? 'visually-hidden' : ''}>${legend}</legend>
  ${options.map(([id, label]) => html`<label class="chip" key=${id}>
    <input type="radio" name=${name} value=${id} checked=${id === value} onChange=${() => onChange(id)} />
    <span>${label}</span></label>`)}
</fieldset>`;

/**
 * A labelled select.
 * @param {{ label: any, name: string, value: string, options: [value: string, text: any][], error?: string,
 *   class?: string, onChange: (value: string) => void }} props
 */
export const Select = ({ label, name, value, options, error, class: look, onChange }) => html`
  <${Field} label=${label} error=${error} class=${look}>${(/** @type {any} */ a) => html`
    <select name=${name} ...${a} onChange=${(/** @type {Event} */ e) => onChange(valueOf(e))}>
      ${options.map(([v, text]) => html`
        <option key=${v} value=${v} selected=${v === value}>${text}</option>`)}
    </select>`}</${Field}>`;

/** Options that are their own text. @param {string[]} values @returns {[string, string][]} */
export const plainOptions = (values) => values.map((v) => [v, v]);
