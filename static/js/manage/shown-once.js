// @ts-check
// A link that is shown once: to be scanned, or copied and passed on.
import { html, Icon, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { Dialog } from '../lib/dialog.js';
import { announce } from '../lib/shell.js';

/**
 * @param {{ title: string, text: string, link: import('../types').SecretLink, onClose: () => void }} props
 */
export const ShownOnce = ({ title, text, link, onClose }) => {
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard?.writeText(link.link).then(() => {
    setCopied(true);
    announce(t('roles.copied'));
  }, () => {});
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <div class="shown-once"><p>${text}</p>
      <img class="qr" src=${'data:image/svg+xml,' + encodeURIComponent(link.qr)} alt=${t('roles.qr')} />
      <textarea readonly rows="3" aria-label=${t('roles.link.here')} value=${link.link}
        onFocus=${(/** @type {any} */ e) => e.target.select()}></textarea>
      <p class="notice warn">${t('roles.once')}</p>
      <div class="actions">${navigator.clipboard && html`<button type="button" class="secondary"
        onClick=${copy}>
          <${Icon} name=${copied ? 'check' : 'save'} />${t(copied ? 'roles.copied' : 'roles.copy')}</button>`}
        <button type="button" id="seen"
          onClick=${onClose}>${t('roles.seen')}</button></div></div></${Dialog}>`;
};
