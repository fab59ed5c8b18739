// @ts-check
// roles.en.js has exactly these keys.
export default {
  'roles.title': '人员与权限',
};
