// @ts-check
// Recovery codes: made anew, shown once, to print or to save.
import { html, Icon, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../lib/api.js';
import { Confirm } from '../../lib/dialog.js';
import { ErrorNote } from '../../lib/errors.js';
import { account } from '../../lib/session.js';
import { steppedUp } from '../../lib/step-up.js';
import { useWork } from '../../lib/work.js';

/** @typedef {import('../../types').Credentials} Credentials */

/** @param {{ set: Credentials, onChange: (set: Credentials) => void }} props */
export const Recovery = ({ set, onChange }) => {
  const [codes, setCodes] = useState(/** @type {string[]} */ ([]));
  const [asking, setAsking] = useState(false);
  const { busy, error, run } = useWork();
  const make = () => run(async () => {
    setAsking(false);
    const made = await steppedUp(() => api('/account/recovery-codes', { method: 'POST' }));
    setCodes(made.codes);
    onChange({ ...set, recovery: made.codes.length });
  });
  const start = () => (set.recovery ? setAsking(true) : make());
  return html`<p>${set.recovery ? t('security.recovery.left', { n: set.recovery })
    : t('security.recovery.none')}</p>
    ${codes.length > 0 && html`<${Codes} codes=${codes} />`}
    <${ErrorNote} error=${error} />
    <button type="button" class="secondary" id="make-recovery" disabled=${busy} onClick=${start}>
      ${t(set.recovery ? 'security.recovery.renew' : 'security.recovery.make')}</button>
    ${asking && html`<${Confirm} title=${t('security.recovery.renew')} text=${t('security.recovery.ask')}
      yes=${t('security.recovery.renew')} onYes=${make} onClose=${() => setAsking(false)} />`}`;
};

/** @param {{ codes: string[] }} props */
const Codes = ({ codes }) => {
  const text = [`${t('app')} · ${t('security.recovery')} · ${account()?.name ?? ''}`, '', ...codes,
    ''].join('\n');
  return html`<div class="recovery print-alone">
    <p class="notice warn" role="status">${t('security.recovery.once')}</p>
    <ol class="codes" translate="no">${codes.map((code) => html`<li
      key=${code}><code>${code}</code></li>`)}</ol>
    <div class="actions no-print">
      <a class="button secondary" download="wenguan-recovery-codes.txt"
        href=${'data:text/plain;charset=utf-8,' + encodeURIComponent(text)}>
        <${Icon} name="download" />${t('security.recovery.save')}</a>
      <button type="button" class="secondary" onClick=${() => print()}>
        <${Icon} name="printer" />${t('security.recovery.print')}</button></div></div>`;
};
