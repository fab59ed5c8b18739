// @ts-check
// privacy.en.js has exactly these keys.
export default {
  'privacy.title': '我的个人信息',
};
