// @ts-check
// Charts on a canvas. They are fetched only here, follow theme and text size, and never stand alone: a
// table is beside each of them.
import { html, useEffect, useRef } from '../../lib/ui.js';
import { lang, number, t } from '../../lib/i18n.js';

/** @typedef {import('../../../vendor/echarts.js').Chart} Chart */
/** @typedef {{ name: string, values: (number | null)[], tone: 'offered' | 'booked' | 'attended' }} Series */

/** A colour of the style sheet: a canvas cannot see it by itself. @param {string} name */
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/**
 * Offered, booked and attended differ in lightness and in outline, not in colour alone.
 * @type {Record<Series['tone'], () => object>}
 */
const looks = {
  offered: () => ({ color: token('--heat-1'), borderColor: token('--heat-4'), borderWidth: 1,
    borderType: 'dashed' }),
  booked: () => ({ color: token('--heat-3') }),
  attended: () => ({ color: token('--heat-5') }),
};

/** @param {{ labels: string[], series: Series[], percent: boolean }} data @param {number} width */
function option({ labels, series, percent }, width) {
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize) * (width < 560 ? 0.75 : 0.85);
  const font = { color: token('--text'), fontSize: size, fontFamily: token('--font') };
  const shown = (/** @type {number | null} */ v) => (v === null || v === undefined ? '–'
    : number(v, percent ? { style: 'percent', maximumFractionDigits: 0 } : { maximumFractionDigits: 1 }));
  const line = { lineStyle: { color: token('--line') } };
  return {
    animation: false,
    // 'richText' paints the tooltip on the canvas; the default one writes style attributes, which the policy
    // refuses.
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, valueFormatter: shown,
      axisPointer: { type: 'shadow' }, backgroundColor: token('--surface'), borderColor: token('--line'),
      textStyle: font },
    legend: { top: 0, textStyle: font, itemGap: 18, data: series.map((s) => s.name) },
    grid: { left: 8, right: 8, top: size * 3, bottom: 4, containLabel: true },
    xAxis: { type: 'category', data: labels, axisLabel: { ...font, hideOverlap: true },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: token('--field-line') } } },
    yAxis: { type: 'value', axisLabel: { ...font, formatter: shown }, splitLine: line,
      ...(percent ? { max: (/** @type {{ max: number }} */ v) =>
        Math.min(1, Math.max(0.1, Math.ceil(v.max * 10) / 10)) } : {}) },
    series: series.map((s) => ({ type: 'bar', name: s.name, data: s.values, barGap: '8%',
      barCategoryGap: '28%',
      itemStyle: { ...looks[s.tone](), borderRadius: [3, 3, 0, 0] } })),
  };
}

/**
 * Bars, one group for each label.
 * @param {{ title: string, labels: string[], series: Series[], percent?: boolean }} props percent: values are
 *   shares
 */
export const BarChart = ({ title, labels, series, percent = false }) => {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const key = JSON.stringify([labels, series, lang.value]);
  useEffect(() => {
    /** @type {Chart | undefined} */
    let chart;
    let gone = false;
    const el = /** @type {HTMLDivElement} */ (box.current);
    const draw = () => chart?.setOption(option({ labels, series, percent }, el.clientWidth), true);
    const resized = new ResizeObserver(() => { chart?.resize(); draw(); });
    const restyled = new MutationObserver(draw);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    import('../../../vendor/echarts.js').then(({ init }) => {
      if (gone) return;
      chart = init(el, null, { renderer: 'canvas', locale: lang.value });
      draw();
      resized.observe(el);
      restyled.observe(document.documentElement, { attributes: true,
        attributeFilter: ['data-theme', 'data-size'] });
      dark.addEventListener('change', draw);
    }, () => {}); // without a network the table is there
    return () => {
      gone = true;
      resized.disconnect();
      restyled.disconnect();
      dark.removeEventListener('change', draw);
      chart?.dispose();
    };
  }, [key]);
  return html`<div class="chart" ref=${box} role="img" aria-label=${t('summary.chart', { title })}></div>`;
};
