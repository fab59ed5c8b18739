// @ts-check
export default {
  'manage.app': '文馆工作台',
};
