// @ts-check
/** @type {typeof import('./manage.zh-CN.js').default} */
export default {
  'manage.app': 'Wenguan staff',
};
