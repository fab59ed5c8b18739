// What static/vendor is made of. A change here or in package.json is followed by `npm run build`.

/** ES modules to bundle: file -> the packages whose licences it carries, and what it exports. */
export const bundles = {
  'preact.js': {
    packages: ['preact', 'htm', '@preact/signals', '@preact/signals-core'],
    source: `
      export { h, render, Fragment } from 'preact';
      export { useState, useEffect, useLayoutEffect, useMemo, useRef, useCallback,
        useId } from 'preact/hooks';
      export { html } from 'htm/preact';
      export { signal, computed, effect, batch } from '@preact/signals';`,
  },
  'echarts.js': {
    packages: ['echarts', 'zrender', 'tslib'],
    source: `
      import * as echarts from 'echarts/core';
      import { BarChart, LineChart, HeatmapChart } from 'echarts/charts';
      import { GridComponent, TooltipComponent, LegendComponent, VisualMapPiecewiseComponent, AriaComponent }
        from 'echarts/components';
      import { CanvasRenderer } from 'echarts/renderers';
      echarts.use([BarChart, LineChart, HeatmapChart, GridComponent, TooltipComponent, LegendComponent,
        VisualMapPiecewiseComponent, AriaComponent, CanvasRenderer]);
      export const init = echarts.init;`,
  },
  'qr.js': {
    packages: ['uqr'],
    source: `export { encode } from 'uqr';`,
  },
  'zxing-reader.js': {
    packages: ['zxing-wasm'],
    source: `export { readBarcodes, prepareZXingModule } from 'zxing-wasm/reader';`,
  },
};

/** Files copied as they are: [package path, file under static/vendor]. */
export const copies = [['zxing-wasm/dist/reader/zxing_reader.wasm', 'zxing_reader.wasm']];

/** Icons of lucide-static that go into icons.svg, by their own names. */
export const icons = `
  accessibility arrow-right armchair baby ban building-2 calendar-check calendar-days calendar-x camera
  car chart-column check chevron-down chevron-left chevron-right circle-check circle-user circle-x clock
  clock-alert cloud-off door-open download droplets ear external-link fence flashlight image info keyboard
  languages layout-dashboard library list log-in log-out map-pin menu move-vertical pencil phone piano
  plug plus presentation printer projector qr-code rectangle-vertical refresh-cw rotate-ccw save search
  settings speaker sun-moon ticket toilet trash-2 triangle-alert undo-2 upload user users wifi wifi-off
  wind x`.trim().split(/\s+/);

/** Only for the tests in a browser; never served. */
export const testCopies = [
  ['axe-core/axe.min.js', 'axe.min.js'],
  ['axe-core/LICENSE', 'axe.LICENSE.txt'],
  ['axe-core/LICENSE-3RD-PARTY.txt', 'axe.LICENSE-3RD-PARTY.txt'],
];
