// @ts-check
/** @type {Record<keyof typeof import('./organization.zh-CN.js').default, string>} */
export default {
  'organization.title': 'Organizations',
};
