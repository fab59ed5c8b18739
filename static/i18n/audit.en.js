// @ts-check
/** @type {Record<keyof typeof import('./audit.zh-CN.js').default, string>} */
export default {
  'audit.title': 'Audit log',
};
