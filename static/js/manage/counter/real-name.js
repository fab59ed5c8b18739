// @ts-check
// The real name bound to the account of whoever is served, and taking it off for who shows the document.
import { html, useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api, query } from '../../lib/api.js';
import { Confirm } from '../../lib/dialog.js';
import { ErrorNote } from '../../lib/errors.js';
import { announce } from '../../lib/shell.js';
import { useWork } from '../../lib/work.js';

/** @param {{ person: import('../../types').Person, venue: string }} props */
export const BoundName = ({ person: p, venue }) => {
  const [gone, setGone] = useState('');
  const [asking, setAsking] = useState(false);
  const { busy, error, run } = useWork();
  const unbind = () => run(async () => {
    await api(`/people/${p.id}/identity` + query({ venue }), { method: 'DELETE' });
    setAsking(false);
    setGone(p.id);
    announce(t('counter.unbound'));
  });
  if (!p.identity_last4 || gone === p.id) return null;
  return html`<p class="counter-apart"><span class="tag good">
    ${t('counter.bound', { last4: p.identity_last4 })}</span>
    <button type="button" class="link" onClick=${() => setAsking(true)}>${t('counter.unbind')}</button></p>
    ${asking && html`<${Confirm} title=${t('counter.unbind')} text=${t('counter.unbind.ask')} danger
      busy=${busy}
      yes=${t('counter.unbind')} onYes=${unbind} onClose=${() => setAsking(false)}>
      <${ErrorNote} error=${error} /></${Confirm}>`}`;
};
