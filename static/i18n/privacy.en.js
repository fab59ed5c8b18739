// @ts-check
/** @type {Record<keyof typeof import('./privacy.zh-CN.js').default, string>} */
export default {
  'privacy.title': 'My personal data',
};
