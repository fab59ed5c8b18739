// @ts-check
// One's appeals and what was answered.
import { html, Icon, useState } from '../lib/ui.js';
import { t } from '../lib/i18n.js';
import { api, query } from '../lib/api.js';
import { ErrorNote } from '../lib/errors.js';
import { useLoad } from '../lib/load.js';
import { useWork } from '../lib/work.js';
import { momentText, shortDate } from '../lib/words.js';
import { AppealTag, placeText } from '../standing/words.js';
import { PickPhoto, sendPhoto } from '../standing/photo.js';

/** @typedef {import('../types').Appeal} Appeal */
/** @typedef {{ items: Appeal[], next?: string }} Page */

/** @param {{ whose: string, round: number }} props round: changes when there may be another one */
export const Appeals = ({ whose, round }) => {
  const ask = (/** @type {string} */ after, /** @type {AbortSignal} */ signal) => (
    /** @type {Promise<Page>} */ (api('/account/appeals' + query({ for: whose, after }), { signal })));
  const { data, error, reload, set } = useLoad((signal) => ask('', signal), [whose, round]);
  const more = async () => {
    const page = await ask(data?.next ?? '', new AbortController().signal);
    set({ items: [...(data?.items ?? []), ...page.items], next: page.next });
  };
  return html`<section class="section" aria-labelledby="appeals"><h2
    id="appeals">${t('standing.appeals')}</h2>
    <${ErrorNote} error=${error} retry=${reload} />
    ${data && !data.items.length && html`<p class="muted">${t('standing.appeals.none')}</p>`}
    <ul class="strikes">${data?.items.map((a) => html`<${One} key=${a.id} appeal=${a} onChange=${reload}
      />`)}</ul>
    ${data?.next && html`<p><button type="button" class="secondary" onClick=${more}>
      ${t('standing.appeals.more')}</button></p>`}
  </section>`;
};

/** @param {{ appeal: Appeal, onChange: () => void }} props */
const One = ({ appeal: a, onChange }) => {
  const [share, setShare] = useState(0);
  const { busy, error, run } = useWork();
  const send = (/** @type {File} */ file) => run(async () => {
    await sendPhoto(a.id, file, setShare);
    onChange();
  });
  return html`<li class="card strike">
    <p class="strike-head"><strong>${t(`rule.value.violation.${a.kind}`)}</strong><${AppealTag}
      state=${a.state} /></p>
    <p class="muted">${placeText(a.venue, a.space)} · ${momentText(a.happened)}</p>
    <p class="said"><span class="muted">${t('standing.appeal.mine')} · ${shortDate(a.at)}</span><br
      />${a.text}</p>
    ${a.photo && html`<p><a href=${a.photo} download><${Icon} name="image"
      />${t('standing.appeal.photo.of')}</a></p>`}
    ${a.answer && html`<p class="said answer"><span
      class="muted">${t('standing.answer')} · ${shortDate(a.answer.at)}
      </span><br />${a.answer.text}</p>`}
    ${a.state === 'open' && html`<p><${PickPhoto} busy=${busy} onPick=${send}
      text=${t(a.photo ? 'standing.appeal.photo.again' : 'standing.appeal.photo.pick')} /></p>`}
    ${busy && html`<p role="status">${t('standing.appeal.sending', { n: Math.round(share * 100) })}</p>`}
    <${ErrorNote} error=${error} /></li>`;
};
