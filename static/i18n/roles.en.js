// @ts-check
/** @type {Record<keyof typeof import('./roles.zh-CN.js').default, string>} */
export default {
  'roles.title': 'People and roles',
};
