// @ts-check
// account.en.js has exactly these keys.
export default {
  'account.title': '我的账号',
};
