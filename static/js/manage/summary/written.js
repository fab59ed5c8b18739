// @ts-check
// What the weekly or monthly job wrote down about exactly the stretch that is shown: the figures as they were
// reported then.
import { html } from '../../lib/ui.js';
import { lang, pick, t } from '../../lib/i18n.js';
import { api, query } from '../../lib/api.js';
import { addDays, format, monday } from '../../lib/dates.js';
import { useLoad } from '../../lib/load.js';
import { MeasureTable } from './tables.js';

/** @typedef {import('./measures.js').Measures} Measures */
/** @typedef {Measures & { venue?: string, name?: import('../../types').Text, written_at: string }} Item */

/**
 * The written period that a stretch is, '' for none.
 * @param {string} from @param {string} to @returns {'week' | 'month' | ''}
 */
export function periodOf(from, to) {
  if (monday(from) === from && addDays(from, 6) === to) return 'week';
  const wholeMonth = from.endsWith('-01') && from.slice(0, 7) === to.slice(0, 7)
    && addDays(to, 1).endsWith('-01');
  return wholeMonth ? 'month' : '';
}

/** @param {{ from: string, to: string }} props */
export const Written = ({ from, to }) => {
  const period = periodOf(from, to);
  const { data } = useLoad((signal) => (period
    ? /** @type {Promise<{ items: Item[] }>} */ (
      api('/summaries/written' + query({ period, of: from }), { signal }))
    : Promise.resolve(undefined)), [period, from]);
  if (!period || !data?.items.length) return null;
  const title = t(`summary.written.${period}`);
  const at = format(data.items[0].written_at.slice(0, 10), lang.value, { dateStyle: 'medium' });
  return html`<div class="part" id="written"><h2>${title}</h2>
    <p class="hint">${t('summary.written.hint', { date: at })}</p>
    <${MeasureTable} caption=${title} head=${t('manage.venue')} columns="full"
      lines=${data.items.map((m) => ({
        key: m.venue ?? '', name: m.venue ? pick(m.name) || m.venue : t('summary.written.district'), m,
      }))} /></div>`;
};
