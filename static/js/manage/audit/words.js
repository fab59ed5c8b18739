// @ts-check
// What a record says, in words.
import { known, t } from '../../lib/i18n.js';

/** @typedef {{ id: string, name?: string }} AuditActor */
/**
 * @typedef {{ chain: string, number: number, at: string, action: string, subject: string, actor: AuditActor,
 *   means?: string, on_behalf?: AuditActor, request?: string, before?: Record<string, unknown>,
 *   after?: Record<string, unknown> }} AuditRecord
 */

/** What records are about: the words before the dots of their actions. */
const about = /** @type {const} */ (['booking', 'walk_in', 'strike', 'suspension', 'appeal', 'venue', 'codes',
  'holidays', 'account', 'session', 'credential', 'grant', 'device', 'organization', 'family', 'identity',
    'person',
  'privacy', 'pass_key', 'job']);

/** The choices of what to look for. @returns {[string, string][]} */
export const subjects = () => about.map((a) => [a, t(`audit.about.${a}`)]);

/** What happened. @param {AuditRecord} r */
export function actionText(r) {
  const key = `audit.did.${r.action}`;
  return known(key) ? t(key) : r.action;
}

/** Who did it. @param {AuditActor} who */
export function actorText(who) {
  if (who.id === 'system') return t('audit.system');
  if (who.id.startsWith('device/')) return t('audit.device');
  return who.name || t('audit.gone');
}

/**
 * The fields that changed, with what they were and are.
 * @param {AuditRecord} r
 * @returns {{ field: string, was: string, is: string }[]}
 */
export function changes(r) {
  const fields = [...new Set([...Object.keys(r.before ?? {}), ...Object.keys(r.after ?? {})])];
  return fields.map((field) => ({ field, was: value(r.before?.[field]), is: value(r.after?.[field]) }));
}

/** @param {unknown} v */
function value(v) {
  if (v === undefined || v === null || v === '') return '–';
  return typeof v === 'object' ? JSON.stringify(v) : String(v);
}
