// @ts-check
// Signing in with the account one has elsewhere, where the service is connected to such a provider.
import { html, signal, useEffect, useState } from './ui.js';
import { t, texts } from './i18n.js';
import { api, ApiError, query } from './api.js';
import { ErrorNote } from './errors.js';

/** @typedef {{ provider: { name: string } | null }} Ways */
/** How one can sign in here; null until asked. */
const ways = signal(/** @type {Ways | null} */ (null));

/** Asks once. Who cannot be told is shown what every service has. */
async function ask() {
  if (ways.value) return;
  try {
    const told = /** @type {Ways} */ (await api('/session/ways'));
    if (told.provider) await texts('security');
    ways.value = told;
  } catch {
    ways.value = null;
  }
}

/**
 * The button that leads to the provider; nothing where there is none.
 * @param {{ next?: string, again?: boolean }} props next: the page to come back to, this one unless said;
 *   again:
 *   the provider asks once more who it is
 */
export const ProviderButton = ({ next = location.pathname + location.search, again }) => {
  useEffect(() => { ask(); }, []);
  const name = ways.value?.provider?.name;
  if (!name) return null;
  const to = '/api/v1/provider/start' + query({ next, again });
  return html`<div class="elsewhere"><p class="divider"><span>${t('security.or')}</span></p>
    <a class="button secondary large" href=${to}>${t('security.provider', { name })}</a></div>`;
};

/** The refusals that come back in the address of the page. */
const problems = ['provider_unavailable', 'provider_flow_ended', 'provider_refused',
  'provider_answer_invalid', 'provider_none', 'too_many_requests'];

/** Why somebody came back without being signed in, by the address of the page; nothing if they did not. */
export const ProviderProblem = () => {
  const told = new URLSearchParams(location.search).get('problem') ?? '';
  const [ready, setReady] = useState(false);
  useEffect(() => { if (told) texts('security').then(() => setReady(true)); }, [told]);
  if (!told || !ready) return null;
  const code = problems.includes(told) ? told : 'provider_answer_invalid';
  return html`<${ErrorNote} error=${new ApiError(400, { code, params: { retry_after: 60 } })} />`;
};
