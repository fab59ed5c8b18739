// @ts-check
/** @type {Record<keyof typeof import('./account.zh-CN.js').default, string>} */
export default {
  'account.title': 'My account',
};
