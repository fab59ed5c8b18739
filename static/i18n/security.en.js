// @ts-check
/** @type {Record<keyof typeof import('./security.zh-CN.js').default, string>} */
export default {
  'security.title': 'Sign-in and security',
};
