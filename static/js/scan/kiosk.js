// @ts-check
// Where people check themselves in: their pass before the camera, their identity card on a reader that types,
// or the number of their booking. After each answer it waits for the next person.
import { html, Icon, useEffect } from '../lib/ui.js';
import { pick, t } from '../lib/i18n.js';
import { api } from '../lib/api.js';
import { Heading } from '../lib/router.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { may, session } from '../lib/session.js';
import { hasCamera, useCamera } from './camera.js';
import { useChecks, VerbChoice, Viewfinder } from './door.js';
import { NumberForm } from './number.js';
import { WalkIn } from '../lib/walk-in.js';
import { NoDevice } from './no-device.js';
import { trouble } from './verdict.js';

/** @typedef {import('../types').Venue} Venue */
/** @typedef {import('./number.js').Typed} Typed */

/** How long an answer stays, in milliseconds: read it, and the next one steps up. */
const shown = 8000;

export default function KioskPage() {
  const device = session.value?.device;
  const { data, error, reload } = useLoad(async (signal) => (device
    ? /** @type {Promise<Venue>} */ (api(`/venues/${device.venue}`, { signal })) : null), [device?.venue]);
  if (!device || !may('check_in')) return html`<${NoDevice} title=${t('kiosk.title')} />`;
  if (!data) {
    return error ? html`<${ErrorNote} error=${error} retry=${reload} />`
      : html`<p class="loading">${t('loading')}</p>`;
  }
  return html`<div class="door-head"><${Heading} text=${t('kiosk.title')} /><p><strong>${pick(data.name)}</strong></p></div>
    <${Kiosk} venue=${data} />`;
}

/** Whether anybody may come in without booking, on some day. @param {import('../types').Rules} rules */
const walkable = ({ walk_in: days, exempt_age: age, exempt_groups: groups }) => Boolean(days?.length || age || groups?.length);

/** @param {{ venue: Venue }} props */
const Kiosk = ({ venue }) => {
  const { verdict, busy, show, check, verb, setVerb, clear } = useChecks(venue, [venue], 'kiosk');
  const camera = useCamera((text) => check({ token: text }), 'user');
  const able = hasCamera();
  const scan = () => {
    clear();
    camera.start().catch(() => show(trouble('no_camera', 'kiosk')));
  };
  useEffect(() => {
    if (!verdict) return undefined;
    const next = setTimeout(() => {
      setVerb('check_in'); // for the next person
      if (camera.phase === 'ready') scan();
      else clear();
    }, shown);
    return () => clearTimeout(next);
  }, [verdict]);
  return html`<div class="door kiosk">
    <p class="kiosk-lead">${t('kiosk.lead')}</p>
    <${VerbChoice} verb=${verb} onChange=${setVerb} />
    <${Viewfinder} camera=${camera} verdict=${verdict} idle=${t(busy ? 'scan.checking' : 'kiosk.idle')} />
    ${able && camera.phase === 'off' && html`<div class="door-ways"><button type="button" class="large" id="camera"
      disabled=${busy} onClick=${scan}><${Icon} name="camera" />${t('kiosk.start')}</button></div>`}
    <${NumberForm} busy=${busy} verb=${verb}
      onCheck=${(/** @type {Typed} */ typed) => { camera.off(); return check(typed); }} />
    ${walkable(venue.rules) && html`<${WalkIn} venue=${venue.id} today=${0} />`}</div>`;
};
