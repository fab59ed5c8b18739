// @ts-check
/** @type {Record<keyof typeof import('./counter.zh-CN.js').default, string>} */
export default {
  'counter.title': 'Counter',
};
