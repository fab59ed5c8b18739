// @ts-check
// The staff: who has which role, for what and how long. Administrators give and take them here.
import { html, Icon, useState, valueOf } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { Heading } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { useOwnVenues } from './own-venues.js';
import { Member } from './people/member.js';
import { Make } from './people/make.js';
import { Permits } from './people/permits.js';
import { ShownOnce } from './shown-once.js';

/** @typedef {import('../types').StaffMember} StaffMember */
/** @typedef {import('../types').SecretLink} SecretLink */

/** @param {AbortSignal} signal @returns {Promise<StaffMember[]>} */
async function everybody(signal) {
  /** @type {StaffMember[]} */
  const all = [];
  for (let after = ''; ;) {
    const page = /** @type {{ items: StaffMember[], next?: string }} */ (
      await api('/staff' + query({ limit: 200, after }), { signal }));
    all.push(...page.items);
    if (!page.next) return all;
    after = page.next;
  }
}

/** From how many on there is a box to find one in. */
const many = 8;

export default function PeoplePage() {
  const staff = useLoad(everybody, []);
  const venues = useOwnVenues('manage_accounts');
  const [making, setMaking] = useState(false);
  const [link, setLink] = useState(/** @type {{ of: StaffMember, link: SecretLink } | null} */ (null));
  const show = (/** @type {StaffMember} */ of, /** @type {SecretLink} */ made) => {
    setMaking(false);
    setLink({ of, link: made });
    staff.reload();
  };
  const ready = staff.data && venues.data;
  const [typed, setTyped] = useState('');
  const fits = (/** @type {StaffMember} */ one) =>
    [one.name, ...one.grants.map((g) => t(`role.${g.role}`))].some((text) => text.includes(typed.trim()));
  return html`<div class="row people-head"><${Heading} text=${t('roles.title')} />
      ${ready && html`<button type="button" id="make" onClick=${() => setMaking(true)}>
        <${Icon} name="plus" />${t('roles.make')}</button>`}</div>
    <p class="lead">${t('roles.lead')}</p>
    <${ErrorNote} error=${staff.error ?? venues.error} retry=${staff.error ? staff.reload : venues.reload} />
    ${!ready ? !staff.error && !venues.error && html`<p class="loading">${t('loading')}</p>`
      : html`${(staff.data?.length ?? 0) > many && html`<input type="search" class="staff-find"
          aria-label=${t('roles.find')} placeholder=${t('roles.find')} value=${typed}
          onInput=${(/** @type {Event} */ e) => setTyped(valueOf(e))} />`}
        <ul class="staff">${staff.data?.filter(fits).map((one) => html`<${Member} key=${one.id} member=${one}
          venues=${venues.data} onChange=${staff.reload}
          onLink=${(/** @type {SecretLink} */ made) => show(one, made)} />`)}</ul>`}
    <${Permits} />
    ${making && html`<${Make} venues=${venues.data} onDone=${show} onFound=${staff.reload}
      onClose=${() => setMaking(false)} />`}
    ${link && html`<${ShownOnce} title=${t('roles.link.title', { name: link.of.name })} link=${link.link}
      text=${t('roles.link.text')} onClose=${() => setLink(null)} />`}`;
}
